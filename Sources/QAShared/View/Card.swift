// One question as a screen shows it.

/// A question as a role sees it.
public struct Card: Equatable, Sendable {
    public typealias Flag = DuplicateFlag

    public var id: QuestionID
    public var number: Int
    public var talk: TalkID
    public var venue: VenueID
    /// The word of the status.
    public var status: String
    public var text: String
    public var votes: Int
    public var asked: Timestamp
    public var name: String?
    public var edited = false
    /// Whether its words were erased; the text is empty then.
    public var erased = false
    public var into: QuestionID?
    /// For a group, the venues that asked in the order of first asking; empty when there is none but its own.
    public var venues: [VenueID] = []
    /// How often it was asked, by the questions of the group; 0 for one that stands alone. People are in the tally.
    public var askers = 0
    /// Whether the hub has not decided yet what is shown here; its number may still change.
    public var unconfirmed = false
    /// Whether it goes before all that are not.
    public var pinned = false
    /// Whether it is a floor request.
    public var spoken = false
    // Moderators and speakers only
    /// Whether it is among the first of the queue.
    public var near = false
    /// Whether the microphone is with its asker.
    public var ready = false
    // Moderators only
    public var original: String?
    public var reason: String?
    /// The same for all questions of one device.
    public var by: String?
    public var blocked = false
    /// The first of those merged into it, in order of arrival.
    public var variants: [QuestionID] = []
    /// Whether it was merged by the strict rule and not by a person.
    public var automatic = false
    /// Questions that may ask the same, most probable first.
    public var flags: [Flag] = []
    /// What moderators wrote beside it, the newest of it, oldest first.
    public var notes: [NoteInfo] = []
    /// How many notes there are.
    public var noted = 0
    /// The venue whose moderator it was handed to.
    public var desk: VenueID?
    /// Whether a moderator entered it for somebody in the room.
    public var heard = false
    /// The organiser's word because of which it waits, or would have.
    public var held: String?
    /// Moderators and speakers.
    public var labels: [String] = []

    /// The card of a question as the given view shows it.
    public init(_ question: Question, in state: State, for kind: ViewKind) {
        id = question.id
        number = question.number
        talk = question.talk
        venue = question.venue
        status = question.status.word
        text = question.text
        votes = question.votes
        asked = question.asked
        name = question.name
        edited = question.original != nil
        erased = question.isTextErased
        unconfirmed = state.unconfirmed.contains(question.number)
        pinned = question.isPinned
        spoken = question.spoken
        if spoken, kind == .moderator || kind == .speaker {
            near = state.near.contains(question.number)
            ready = question.isReady
        }
        if case .merged(let founder) = question.status { into = founder }
        if !question.variants.isEmpty {
            askers = question.variants.count + 1
            let asking = state.venues(asking: question)
            if asking != [venue] { venues = asking }
        }
        if kind == .moderator || kind == .speaker { labels = question.labels }
        guard kind == .moderator else { return }
        notes = question.notes.suffix(Limits.notesShown).map(NoteInfo.init)
        noted = question.notes.count
        desk = question.desk
        heard = question.heard
        held = question.held
        original = question.original
        if case .dismissed(let why) = question.status { reason = why.rawValue }
        by = question.asker.tag
        blocked = state.blocked.contains(question.asker)
        variants = question.variants.prefix(Limits.variantsShown).map { state.question(number: $0).id }
        automatic = question.union?.automatic ?? false
        flags = state.flagsShown(of: question)
    }

    public init(
        id: QuestionID, number: Int, talk: TalkID, venue: VenueID, status: String, text: String,
        votes: Int, asked: Timestamp
    ) {
        self.id = id
        self.number = number
        self.talk = talk
        self.venue = venue
        self.status = status
        self.text = text
        self.votes = votes
        self.asked = asked
    }
}

extension State {
    /// The venues of a founder's group in the order of first asking; its own for a question that stands alone.
    public func venues(asking founder: Question) -> [VenueID] {
        var venues: [VenueID] = []
        var isFounderDue = true
        func add(_ venue: VenueID) {
            if !venues.contains(venue) { venues.append(venue) }
        }
        for number in founder.variants {
            if isFounderDue, number > founder.number {
                add(founder.venue)
                isFounderDue = false
            }
            add(questions[number - 1].venue)
        }
        if isFounderDue { add(founder.venue) }
        return venues
    }

    /// What a moderator is shown beside a question: its own flags and those of others that point to it.
    func flagsShown(of question: Question) -> [DuplicateFlag] {
        var flags = question.flags
        for number in question.flaggedBy.suffix(Limits.flagsAtStart) {
            let other = self.question(number: number)
            guard !question.flags.contains(where: { $0.other == other.id }) else { continue }
            flags += other.flags.filter { $0.other == question.id }.prefix(1).map { $0.turned(to: other.id) }
        }
        guard !flags.isEmpty, question.status != .dismissed(.withdrawn) else { return [] }
        let own = question.founderID
        let apart = foundersApart(from: own)
        let shown = flags.filter { flag in
            guard let other = self.question(flag.other) else { return false }
            return other.status != .dismissed(.withdrawn) && other.founderID != own
                && !apart.contains(other.founderID)
        }
        let byLevel = shown.filter { $0.level == .strong } + shown.filter { $0.level != .strong }
        return Array(byLevel.prefix(Limits.flagsMaximum))
    }

    /// The groups from which people told some question of this one apart: what was undone once is not proposed again by way
    /// of another variant.
    private func foundersApart(from founder: QuestionID) -> Set<QuestionID> {
        var apart: Set<QuestionID> = []
        for pair in distinguished {
            guard let one = question(pair.first)?.founderID, let other = question(pair.second)?.founderID else {
                continue
            }
            if one == founder { apart.insert(other) }
            if other == founder { apart.insert(one) }
        }
        return apart
    }
}
