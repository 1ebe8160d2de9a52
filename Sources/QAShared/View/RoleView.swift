// What a role may see of the state: the cards, and the few things around them.

/// The four views there are; an organiser sees the moderators' one.
public enum ViewKind: Int, CaseIterable, Sendable {
    case audience
    case display
    case speaker
    case moderator

    /// The view of a role; relays follow the entries instead.
    public init?(_ role: Role) {
        switch role {
        case .audience: self = .audience
        case .display: self = .display
        case .speaker: self = .speaker
        case .moderator, .organiser: self = .moderator
        case .relay: return nil
        }
    }

    public var seesQueue: Bool { self == .speaker || self == .moderator }
    public var seesActions: Bool { self == .moderator }
    public var seesChannel: Bool { self == .moderator }
    public var seesStage: Bool { self == .speaker || self == .moderator }

    /// Whether every entry moves the view's position, also one that changes nothing in it: whoever acts waits for it.
    public var followsEveryEntry: Bool { self == .speaker || self == .moderator }

    /// Milliseconds between two ticks.
    public var tick: Int {
        switch self {
        case .audience, .display: Limits.crowdTick
        case .speaker, .moderator: Limits.promptTick
        }
    }
}

/// The event as every role sees it.
public struct EventInfo: Equatable, Sendable {
    public struct VenueInfo: Equatable, Sendable {
        public var id: VenueID
        public var name: String
        public var place: String
        /// Since when its line is cut; nil for one that holds.
        public var cut: Timestamp?

        public init(id: VenueID, name: String, place: String, cut: Timestamp? = nil) {
            self.id = id
            self.name = name
            self.place = place
            self.cut = cut
        }
    }
    public struct TalkInfo: Equatable, Sendable {
        public var id: TalkID
        public var title: String
        public var speaker: String
        public var phase: TalkPhase

        public init(id: TalkID, title: String, speaker: String, phase: TalkPhase) {
            self.id = id
            self.title = title
            self.speaker = speaker
            self.phase = phase
        }
    }
    public var id: String
    public var title: String
    public var languages: [String]
    public var venues: [VenueInfo]
    public var talks: [TalkInfo]
    public var talk: TalkID?
    public var phase: EventPhase
    public var intake: Bool
    public var moderated: Bool
    public var order: QueueOrder
    /// Whether people may ask to speak.
    public var floor: Bool
    /// Labels to choose from, for moderators alone.
    public var labels: [String]
    /// Whether votes count for those alone who have redeemed a code.
    public var votes: VoteRule

    /// Nil before the event was set up.
    public init?(_ state: State, for kind: ViewKind) {
        guard let setup = state.setup else { return nil }
        id = setup.id
        title = setup.title
        languages = setup.languages
        venues = setup.venues.map { VenueInfo(id: $0.id, name: $0.name, place: $0.place, cut: state.lines[$0.id]) }
        talks = setup.talks.map {
            TalkInfo(id: $0.id, title: $0.title, speaker: $0.speaker, phase: state.talkPhase($0.id))
        }
        talk = state.currentTalk
        phase = state.phase
        intake = state.intake
        moderated = setup.moderated
        order = state.order
        floor = setup.floor
        labels = kind == .moderator ? setup.labels : []
        votes = setup.votes
    }

    public init(
        id: String, title: String, languages: [String], venues: [VenueInfo], talks: [TalkInfo],
        talk: TalkID?, phase: EventPhase, intake: Bool, moderated: Bool, order: QueueOrder,
        floor: Bool = true, labels: [String] = [], votes: VoteRule = .open
    ) {
        self.id = id
        self.title = title
        self.languages = languages
        self.venues = venues
        self.talks = talks
        self.talk = talk
        self.phase = phase
        self.intake = intake
        self.moderated = moderated
        self.order = order
        self.floor = floor
        self.labels = labels
        self.votes = votes
    }
}

/// One thing done by a moderator or speaker, as moderators see it.
public struct ActionInfo: Equatable, Sendable {
    public var sequence: Int
    public var time: Timestamp
    public var role: Role
    public var venue: VenueID?
    /// The tag of whoever did it.
    public var by: String
    /// The word of a command, or `undo`.
    public var what: String
    public var number: Int?
    public var talk: TalkID?
    public var undone: Bool

    public init(
        sequence: Int, time: Timestamp, role: Role, venue: VenueID?, by: String, what: String,
        number: Int?, talk: TalkID?, undone: Bool
    ) {
        self.sequence = sequence
        self.time = time
        self.role = role
        self.venue = venue
        self.by = by
        self.what = what
        self.number = number
        self.talk = talk
        self.undone = undone
    }

    init(_ action: Action, in state: State) {
        sequence = action.sequence
        time = action.time
        role = action.actor.role
        venue = action.actor.venue
        by = action.actor.participant.tag
        undone = action.undone
        what = Self.word(for: action.changes)
        defer {
            // Of many questions none stands for all.
            if what == Command.Kind.bulk.rawValue { number = nil }
        }
        // The last one tells it best: taking a question live answers the one before first.
        for change in action.changes {
            switch change {
            case .statusChanged(let id, _, _), .textEdited(let id, _, _): number = state.numbers[id]
            case .pinChanged(let id, _, _), .placed(let id, _, _), .floorReady(let id, _, _): number = state.numbers[id]
            // Who follows another one keeps the question it was joined with.
            case .unionChanged(let id, let from, let to) where from?.with != to?.with:
                number = state.numbers[id]
            case .pairDistinguished(let one, let other, _, _):
                if number == nil { number = max(state.numbers[one] ?? 0, state.numbers[other] ?? 0) }
            case .participantBlocked(let participant, _, _):
                number = state.questions.first { $0.asker == participant }?.number
            case .talkChanged(let id, _, _): talk = id
            case .questionAsked(let asked): number = asked.number
            case .noteAdded(let id, _), .noteRemoved(let id, _), .handed(let id, _, _), .labelled(let id, _, _):
                number = state.numbers[id]
            case .talkMoved(let id, _, let to):
                number = number ?? state.numbers[id]
                talk = to
            case .said(let message), .unsaid(let message): number = message.about.flatMap { state.numbers[$0] }
            default: break
            }
        }
    }

    private static func word(for changes: [Change]) -> String {
        var kind = Command.Kind.undo
        if let together = togetherKind(of: changes) { return together.rawValue }
        for change in changes {
            switch change {
            case .actionUndone: return Command.Kind.undo.rawValue
            case .statusChanged(_, let from, let to): kind = word(from, to)
            case .textEdited: kind = .edit
            case .unionChanged(_, let from, let to) where from?.with != to?.with: kind = to == nil ? .separate : .unite
            case .pairDistinguished where kind == .undo: kind = .distinguish
            case .participantBlocked(_, _, let to): kind = to ? .block : .unblock
            case .talkChanged(_, _, let to): kind = to == .running ? .startTalk : .endTalk
            case .intakeChanged(_, let to): kind = to ? .resumeIntake : .pauseIntake
            case .phaseChanged(_, let to): kind = to == .closed ? .closeEvent : .openEvent
            case .orderChanged: kind = .setOrder
            case .pinChanged(_, _, let to): kind = to == nil ? .unpin : .pin
            case .placed: kind = .place
            case .floorReady: kind = .ready
            default: break
            }
        }
        return kind.rawValue
    }

    private static func word(_ from: Status, _ to: Status) -> Command.Kind {
        switch (from, to) {
        case (_, .live): .takeLive
        case (_, .answered): .answer
        case (_, .dismissed): .dismiss
        case (.live, .approved): .putBack
        case (.pending, .approved): .approve
        default: .restore
        }
    }
}

/// All that a role sees at one position.
public struct RoleView: Equatable, Sendable {
    public var event: EventInfo?
    public var counts: [VenueCounts] = []
    /// Of the current talk, one a venue in the event's order.
    public var turns: [VenueTurns] = []
    public var live: QuestionID?
    public var queue: [QuestionID] = []
    public var actions: [ActionInfo] = []
    /// What moderators said to each other, oldest first.
    public var channel: [ChannelInfo] = []
    /// What covers the speaker's console, or did before it was read.
    public var stage: StageInfo?
    public var cards: [QuestionID: Card] = [:]

    public init() {}

    /// The view of a state, worked out from nothing; the ledger's deltas must always come to the same.
    public init(_ state: State, for kind: ViewKind) {
        event = EventInfo(state, for: kind)
        counts = state.counts
        turns = state.turnsShown
        live = state.liveQuestion?.id
        if kind.seesQueue { queue = state.queueShown.map { state.question(number: $0).id } }
        if kind.seesActions { actions = state.actionsShown }
        if kind.seesChannel { channel = state.channelShown }
        if kind.seesStage { stage = state.stage.map(StageInfo.init) }
        for number in Self.members(state, kind) {
            let question = state.question(number: number)
            cards[question.id] = Card(question, in: state, for: kind)
        }
    }

    /// Numbers of the questions that the view holds.
    static func members(_ state: State, _ kind: ViewKind) -> Set<Int> {
        var members = Set(state.live.map { [$0] } ?? [])
        switch kind {
        case .display: break
        case .speaker: members.formUnion(state.queueShown)
        case .audience:
            members.formUnion(state.queueShown)
            let talk = state.currentTalk
            let visible = state.questions.filter { $0.talk == talk && $0.status.isPublic }
            members.formUnion(visible.suffix(Limits.audienceNewest).map(\.number))
        case .moderator:
            let open = state.questions.filter { $0.status.isOpen }.map(\.number)
            let closed = state.questions.filter { !$0.status.isOpen }.map(\.number)
            members.formUnion(open.suffix(Limits.moderatorOpen))
            members.formUnion(closed.suffix(Limits.moderatorClosed))
            members.formUnion(state.queueShown)
        }
        return members
    }
}

extension State {
    /// Numbers of the first questions in the current talk's queue.
    public var queueShown: [Int] {
        guard let talk = currentTalk, let queue = queues[talk] else { return [] }
        return queue.first(Limits.queueShown)
    }

    /// What the venues have had of the current talk.
    public var turnsShown: [VenueTurns] {
        let queue = currentTalk.flatMap { queues[$0] }
        return (setup?.venues ?? []).map { VenueTurns(venue: $0.id, turns: queue?.turns(of: $0.id) ?? 0) }
    }

    /// The latest actions, oldest first.
    public var actionsShown: [ActionInfo] {
        actions.suffix(Limits.actionsShown).map { ActionInfo($0, in: self) }
    }
}
