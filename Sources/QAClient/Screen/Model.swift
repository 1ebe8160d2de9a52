import QAShared

/// Something that is being asked of or typed by the moderator; plain keys are for it alone.
enum Mode: Equatable, Sendable {
    case normal
    /// Text may be on its way from the keyboard that was meant for an editor which did not open;
    /// the last key came at that monotonic time.
    case deaf(since: Int)
    case editing(Edit)
    case dismissing(QuestionID)
    case blocking(QuestionID, on: Bool)
    case talks(TalkID)
    /// The action of that entry is chosen.
    case history(sequence: Int)
    case searching(LineEditor)
    case goTo(String)
    case uniting(Uniting)
    case detail(scroll: Int)
    case help(scroll: Int)
    case quitting

    /// A text being changed, and what it was when that began.
    struct Edit: Equatable, Sendable {
        var id: QuestionID
        var base: String
        var line: LineEditor
        var refusal: Rejection?
    }

    /// A question that is to be united with another one, and what was typed to find that.
    struct Uniting: Equatable, Sendable {
        var id: QuestionID
        var line = LineEditor()
        var hits: [QuestionID] = []
        /// The hit that the moderator went to; nil means the first.
        var chosen: QuestionID?
    }
}

/// The one of the questions beside the selected one that keys are for; it stays when others come before it.
struct Choice: Equatable, Sendable {
    var question: QuestionID
    var partner: QuestionID
    var isVariant = false
    /// It is not proposed any more by other hands, and the moderator may not have seen that yet.
    var isGone = false
}

/// A sentence for the status line.
struct Notice: Equatable, Sendable {
    var text: String
    var isWarning: Bool
    /// Monotonic time when it was said.
    var since: Int
}

/// All that the screen shows and remembers; changed by `update` alone.
struct Model: Sendable {
    // How it was started
    var size: Size
    var words: any Words
    /// False until somebody said which language: then the event's first one decides.
    var languageIsChosen: Bool
    var glyphs: Glyphs
    /// The hub's address, shown until the event is known.
    let hub: String

    // What the link said
    var clock = Clock()
    var link = LinkState.connecting
    var identity: Identity?
    var view = RoleView()
    var presence = Presence()
    /// Present at a venue's own server.
    var line: LineInfo?
    var refusals: [RefusalInfo] = []
    var outgoing: [Outgoing] = []
    /// False until the first whole view is there.
    var hasView = false

    // Worked out from it
    private(set) var expected = Expectation(RoleView(), [])
    private(set) var shelf = Shelf()

    // Where the moderator is
    var tab = Tab.all
    var section = Section.pending
    var cursors: [Place: Cursor] = [:]
    /// A question that others took out of the list under the cursor: it stays until the cursor
    /// leaves it.
    var held: Held?
    /// What is searched for, folded; nil when nothing is.
    var query: String? {
        didSet { if query != oldValue { find() } }
    }
    private var found: [QuestionID] = []
    /// Folded texts of the cards, made once for a search: names of letters are slow to look up.
    private var folded: [QuestionID: FoldedCard] = [:]
    var searchCursor: Cursor?
    /// Where the moderator was before the doubtful ones.
    var returning: Section?
    var choice: Choice?
    var mode = Mode.normal
    var info: Notice?
    var warning: Notice?
    /// Changed texts that were left without saving.
    var drafts: [QuestionID: String] = [:]

    // What is new
    var known: Set<QuestionID> = []
    var unseen: Set<QuestionID> = []

    init(
        size: Size, words: any Words, languageIsChosen: Bool = true, glyphs: Glyphs = .unicode,
        hub: String
    ) {
        self.size = size
        self.words = words
        self.languageIsChosen = languageIsChosen
        self.glyphs = glyphs
        self.hub = hub
    }

    var place: Place { Place(tab: tab, section: section) }

    /// The cursor of the list that is shown.
    var cursor: Cursor? {
        get { query == nil ? cursors[place] : searchCursor }
        set {
            if query == nil { cursors[place] = newValue } else { searchCursor = newValue }
        }
    }

    /// The question that actions are for.
    var selected: Card? { cursor.flatMap { expected.cards[$0.id] } }

    /// The questions of the list that is shown, in order.
    var rows: [QuestionID] { query == nil ? rows(of: place) : found }

    /// The questions of any list, with the held one where it was.
    func rows(of place: Place) -> [QuestionID] {
        let list = shelf[place]
        guard place == self.place, let held, !list.contains(held.id),
            expected.cards[held.id] != nil
        else { return list }
        return list[..<min(held.index, list.count)] + [held.id]
            + list[min(held.index, list.count)...]
    }

    /// Works out what the search finds.
    private mutating func find() {
        guard let query else {
            found = []
            folded = [:]
            return
        }
        var hits: [Card] = []
        for card in expected.cards.values where matches(card, query) { hits.append(card) }
        hits.sort { ($0.section.rawValue, $0.number) < ($1.section.rawValue, $1.number) }
        found = hits.map(\.id)
    }

    /// A number alone, with or without a sign before it, finds that question; words are found in
    /// text and name.
    mutating func matches(_ card: Card, _ query: String) -> Bool {
        if query.isEmpty { return true }
        let digits = query.hasPrefix("#") ? String(query.dropFirst()) : query
        if let number = Int(digits), number == card.number { return true }
        let source = card.text + " " + (card.name ?? "")
        if folded[card.id]?.source != source {
            folded[card.id] = FoldedCard(source: source, text: Folded.text(source))
        }
        return Folded.matches(query, in: folded[card.id]?.text ?? "")
    }

    /// Works out again what follows from the view and the outbox, and keeps the cursors where they
    /// belong.
    mutating func refresh() {
        let before = rows
        expected = Expectation(view, outgoing)
        shelf = Shelf(expected.cards, queue: view.queue, doubtful: expected.doubtful())
        if query != nil { find() }
        if case .uniting(let uniting) = mode { mode = .uniting(found(uniting)) }
        settleCursors(before: before)
    }

    /// The tabs in the order of their keys: all, then the event's venues.
    var tabs: [Tab] { [.all] + (view.event?.venues ?? []).map { .venue($0.id) } }

    func venueName(_ id: VenueID) -> String {
        view.event?.venues.first { $0.id == id }?.name ?? id.text
    }

    func talk(_ id: TalkID?) -> EventInfo.TalkInfo? {
        view.event?.talks.first { $0.id == id }
    }

    /// Where a question that was just asked is found.
    var arrivals: Section { view.event?.moderated == false ? .approved : .pending }

    /// New questions of a tab that are still where they arrived.
    func unseenCount(_ tab: Tab) -> Int {
        unseen.count { id in
            guard let card = expected.cards[id], card.section == arrivals else { return false }
            return tab == .all || tab == .venue(card.venue)
        }
    }

    /// Questions waiting to be read; the hub's own count, moved by what is on its way.
    func pendingCount(_ tab: Tab) -> Int { shelf[Place(tab: tab, section: .pending)].count }

    /// Commands without an answer.
    var unanswered: Int {
        outgoing.count { if case .acked = $0.stage { false } else { true } }
    }

    /// Whether this terminal may triage that question.
    func triages(_ card: Card) -> Bool {
        identity?.venue == nil || identity?.venue == card.desk ?? card.venue
    }

    // MARK: Others who moderate

    /// What moderators said to each other, oldest first.
    var channel: [ChannelInfo] { view.channel }

    /// What covers the speaker's console, or did before it was read.
    var stage: StageInfo? { view.stage }

    /// Who else is at that question now.
    func others(at question: QuestionID) -> [Presence.Person] {
        presence.people.filter { $0.claims == question && $0.by != identity?.by }
    }
}

private struct FoldedCard: Sendable {
    var source: String
    var text: String
}

extension Card {
    var section: Section { Section(status: status) }
}
