// Questions, votes, and the roles of those who deal with them.

/// What becomes of a question.
public enum Status: Hashable, Sendable {
    case pending
    case approved
    case live
    case answered
    case dismissed(DismissReason)
    case merged(into: QuestionID)

    /// The word used in frames and in the log.
    public var word: String {
        switch self {
        case .pending: "pending"
        case .approved: "approved"
        case .live: "live"
        case .answered: "answered"
        case .dismissed: "dismissed"
        case .merged: "merged"
        }
    }

    /// Whether the audience may read the question.
    public var isPublic: Bool {
        switch self {
        case .approved, .live, .answered: true
        case .pending, .dismissed, .merged: false
        }
    }

    /// Whether something is still to be done with the question.
    public var isOpen: Bool {
        switch self {
        case .pending, .approved, .live: true
        case .answered, .dismissed, .merged: false
        }
    }
}

/// Why a question was dismissed; its asker is told.
public enum DismissReason: String, CaseIterable, Sendable {
    case offTopic = "off_topic"
    case unclear
    case alreadyAnswered = "already_answered"
    case duplicate
    case personal
    case offensive
    case noTime = "no_time"
    case other
    /// Given by the asker alone.
    case withdrawn
}

/// One participant's latest word on one question.
public struct Vote: Equatable, Sendable {
    public var counter: Int
    public var on: Bool

    public init(counter: Int, on: Bool) {
        self.counter = counter
        self.on = on
    }
}

/// One asked thing, with its venue and its supporters.
public struct Question: Equatable, Sendable {
    public let id: QuestionID
    /// 1, 2, 3 … in the order of arrival; what people see.
    public let number: Int
    public internal(set) var talk: TalkID
    public let venue: VenueID
    public let asker: ParticipantID
    public internal(set) var name: String?
    public var text: String
    /// The text as asked, once it was edited.
    public var original: String?
    public var status: Status
    public let asked: Timestamp
    /// The latest vote of everybody who ever voted, so that an old one that arrives late is known as old.
    public var voters: [ParticipantID: Vote] = [:]
    /// How many support it: those of `voters` that are on, and for a founder everybody behind its variants too.
    public var votes = 0
    /// Present exactly when the question is merged.
    public var union: Union?
    /// Numbers of the questions whose founder it is, ascending.
    public var variants: [Int] = []
    /// For a founder with variants, who supports the group by how many of its votes and questions.
    var backers: [ParticipantID: Int] = [:]
    /// Earlier questions that it may repeat, as the engine sees it.
    public var flags: [DuplicateFlag] = []
    /// Numbers of the questions with a flag that points here, ascending.
    var flaggedBy: [Int] = []
    /// What moderators wrote beside it, oldest first.
    public var notes: [Note] = []
    /// The venue whose moderator it was handed to; nil is its own.
    public var desk: VenueID?
    /// Whether a moderator entered it for somebody in the room.
    public var heard = false
    /// The organiser's word because of which it waits, or would have.
    public var held: String?
    /// Sorted, each once.
    public var labels: [String] = []
    /// Whether its words, or the name of its asker, were erased for good.
    public internal(set) var isTextErased = false
    public internal(set) var isNameErased = false
    // The queue
    /// Whether it is live, or was and has not been put back since: its answer is a turn of its venue.
    public var wasLive = false
    /// The sequence at which it was pinned; it matters while the question waits.
    public var pinned: Int?
    // The floor
    /// Whether its asker wants to say it: the text is the subject.
    public var spoken = false
    /// Whether the microphone was brought to its asker.
    public var ready = false
}

extension Question {
    /// Whether its venue has had a turn by it.
    public var isTurn: Bool { status == .live || status == .answered && wasLive }

    /// Whether it is shown as one that goes before all others.
    public var isPinned: Bool { pinned != nil && (status == .pending || status == .approved) }

    /// Whether its asker has the microphone and waits for the floor, or has it.
    public var isReady: Bool { ready && (status == .approved || status == .live) }

    /// As the queue of its talk knows it.
    var queued: Queue.Item { Queue.Item(number: number, venue: venue, votes: votes, pinned: pinned) }
}

/// Who a participant is in an event, and so what it may see and do.
public enum Role: String, CaseIterable, Sendable {
    case audience
    case moderator
    case speaker
    case display
    case organiser
    case relay
}

/// Who did something, as the log knows it.
public struct Actor: Hashable, Sendable {
    public var role: Role
    public var venue: VenueID?
    public var participant: ParticipantID

    public init(role: Role, venue: VenueID?, participant: ParticipantID) {
        self.role = role
        self.venue = venue
        self.participant = participant
    }

    /// The server itself: what it does comes from nobody's hand.
    public static let house = Actor(role: .organiser, venue: nil, participant: ParticipantID(high: 0, low: 1))
}

/// A key to a role, kept as its hash alone.
public struct AccessToken: Equatable, Sendable {
    /// The first half of the SHA-256 of the token: it names the token.
    public let id: TokenID
    /// The second half: with `id` all 256 bits are compared.
    public let check: TokenID
    public let role: Role
    public let venue: VenueID?
    /// What the administrator calls it.
    public let label: String
    public var revoked: Bool

    public init(
        id: TokenID, check: TokenID, role: Role, venue: VenueID?, label: String,
        revoked: Bool = false
    ) {
        self.id = id
        self.check = check
        self.role = role
        self.venue = venue
        self.label = label
        self.revoked = revoked
    }

    /// How the log knows whoever holds this token.
    public var participant: ParticipantID { id.of() }
}

public enum TalkPhase: String, Sendable {
    case planned
    case running
    case ended
}

public enum EventPhase: String, Sendable {
    case open
    case closed
    /// As open, but all of it goes when the rehearsal ends.
    case rehearsal
}
