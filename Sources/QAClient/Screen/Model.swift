import QAShared

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
    /// Other texts that were left without sending.
    var unsent: [Writing.Purpose: String] = [:]
    /// Questions that the next of some keys is for, all at once.
    var marked: Set<QuestionID> = []

    // Others who moderate
    var confirming: Confirmation?
    /// How that was asked.
    var askedWith: Notice?
    /// The question that the others know this terminal to be at, and when they were last told.
    var claimed: QuestionID?
    var claimedAt = 0
    /// Messages of the channel that nobody here has read, oldest first.
    var unread: [MessageID] = []
    var knownMessages: Set<MessageID> = []
    /// Floor requests that the bell has rung for.
    var called: Set<QuestionID> = []
    /// Questions whose number is certain: the hub has decided on them.
    var numbered: Set<QuestionID> = []
    /// Nil until the organiser asked for them.
    var tokens: [TokenInfo]?
    /// New tokens to be shown as soon as nothing is being typed.
    var secrets: [MintedToken] = []

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
        let (labels, query) = Labels.wanted(query)
        guard labels.allSatisfy(card.has) else { return false }
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
        expected = Expectation(view, outgoing, erased: words.erasedText)
        shelf = Shelf(expected.cards, queue: expected.queue, doubtful: expected.doubtful())
        marked = marked.filter { expected.cards[$0] != nil }
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
            return tab == .all || tab == .venue(card.venue) || tab == card.desk.map(Tab.venue)
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
}

private struct FoldedCard: Sendable {
    var source: String
    var text: String
}

extension Card {
    var section: Section { Section(status: status) }
}
