// The state of one event: the fold of its log. A value; whoever holds it decides on which thread.

/// Everything that the entries so far have made of one event.
public struct State: Equatable, Sendable {
    /// The sequence of the last entry applied; 0 before the first.
    public internal(set) var head = 0
    public internal(set) var time = Timestamp(milliseconds: 0)
    /// When the first entry was made, and when the last one that somebody and not the house itself gave cause for.
    public internal(set) var began: Timestamp?
    public internal(set) var lastDone: Timestamp?
    /// Nil until the first entry.
    public internal(set) var setup: EventSetup?
    /// The setup as the event file last said it; an organiser may have amended it since.
    public internal(set) var fileSetup: EventSetup?
    public internal(set) var phase = EventPhase.open
    /// Whether a rehearsal is on, even while the event is closed.
    public internal(set) var isRehearsing = false
    /// How many rehearsals have ended, and when the last one did.
    public internal(set) var rehearsals = 0
    public internal(set) var rehearsedUntil: Timestamp?
    /// Whether new questions are taken.
    public internal(set) var intake = true
    public internal(set) var order = QueueOrder.byTurns
    /// In the setup's order.
    public internal(set) var talkPhases: [TalkID: TalkPhase] = [:]
    /// At index number − 1.
    public internal(set) var questions: [Question] = []
    public internal(set) var numbers: [QuestionID: Int] = [:]
    /// Number of the one question that is live.
    public internal(set) var live: Int?
    /// Where each command ended, for good.
    public internal(set) var receipts: [CommandID: Receipt] = [:]
    public internal(set) var blocked: Set<ParticipantID> = []
    /// Questions that are known not to ask the same: nothing proposes or joins them any more.
    public internal(set) var distinguished: Set<QuestionPair> = []
    /// The highest number of a question that was flagged or merged as it came: up to there the engine was heard.
    public internal(set) var flaggedUpTo = 0
    /// What moderators said to each other, oldest first, at most `Limits.channelKept`.
    public internal(set) var channel: [ChannelMessage] = []
    /// What covers the speaker's console, or did before it was read.
    public internal(set) var stage: StageMessage?
    /// In the order in which they were made.
    public internal(set) var tokens: [AccessToken] = []
    /// One-time codes, in an event whose votes count by them.
    public internal(set) var codes = VoteCodes()
    /// The latest actions of moderators and speakers, oldest first, at most `Limits.actionsKept`.
    public internal(set) var actions: [Action] = []
    /// One a venue of the setup, in its order.
    public internal(set) var counts: [VenueCounts] = []
    /// The approved questions of each talk in the order in which they would be taken.
    public internal(set) var queues: [TalkID: Queue] = [:]
    /// Numbers of the questions that a venue's own guesses touched; empty at the hub, and no part of what the log says.
    public internal(set) var unconfirmed: Set<Int> = []
    /// Venues whose line is cut, and since when.
    public internal(set) var lines: [VenueID: Timestamp] = [:]
    /// Numbers of all floor requests, ascending.
    public internal(set) var floor: [Int] = []
    /// Those of them that are among the first in the current talk's queue, as they would be taken.
    public internal(set) var near: [Int] = []
    /// The setup's words and the names that nobody may go by, made ready to be looked up.
    var screening = Screening()

    public init() {}

    /// The question with this id.
    public func question(_ id: QuestionID) -> Question? {
        numbers[id].map { questions[$0 - 1] }
    }

    /// The question with this number; the number must exist.
    public func question(number: Int) -> Question { questions[number - 1] }

    /// Whether the two are known not to ask the same.
    public func areDistinguished(_ one: QuestionID, _ other: QuestionID) -> Bool {
        distinguished.contains(QuestionPair(one, other))
    }

    public var liveQuestion: Question? { live.map(question(number:)) }

    public func talkPhase(_ id: TalkID) -> TalkPhase { talkPhases[id] ?? .planned }

    /// The running talk, else the next planned one, else the last.
    public var currentTalk: TalkID? {
        let talks = setup?.talks ?? []
        let current =
            talks.first { talkPhase($0.id) == .running }
            ?? talks.first { talkPhase($0.id) == .planned }
            ?? talks.last
        return current?.id
    }

    /// The command that made the entry at a sequence; nil for votes, which have none.
    public func commandID(at sequence: Int) -> CommandID? { receipts.first { $0.value.sequence == sequence }?.key }

    /// The token with this id, revoked or not.
    public func token(_ id: TokenID) -> AccessToken? { tokens.first { $0.id == id } }

    /// The tokens that lists show: those that are not revoked, and of the others the newest.
    public var listedTokens: [AccessToken] {
        let old = max(0, tokens.count(where: \.revoked) - Limits.tokensMaximum)
        var passed = 0
        return tokens.filter { token in
            guard token.revoked, passed < old else { return true }
            passed += 1
            return false
        }
    }
}

/// How an accepted command is known when it comes again.
public struct Receipt: Equatable, Sendable {
    public var sequence: Int
    public var participant: ParticipantID
}

/// Something that a moderator, speaker or organiser did, kept so that it can be taken back.
public struct Action: Equatable, Sendable {
    public var sequence: Int
    public var time: Timestamp
    public var actor: Actor
    public var changes: [Change]
    public var undone = false
}

/// What became of the questions of one venue.
public struct VenueCounts: Equatable, Sendable {
    public var venue: VenueID
    public var received = 0
    public var pending = 0
    public var shown = 0
    public var answered = 0
    public var dismissed = 0

    public init(venue: VenueID) { self.venue = venue }

    /// Adds or takes away one question of the given status.
    mutating func count(_ status: Status, by step: Int) {
        switch status {
        case .pending: pending += step
        case .approved, .live: shown += step
        case .answered:
            shown += step
            answered += step
        case .dismissed: dismissed += step
        case .merged: break
        }
    }
}
