// Commands ask, entries tell: what may be requested, and what was decided.

/// A request to change something, in the imperative.
public enum Command: Equatable, Sendable {
    case ask(text: String, name: String?, talk: TalkID?)
    case withdraw(QuestionID)
    case vote(QuestionID, on: Bool, counter: Int)
    case approve(QuestionID)
    case edit(QuestionID, text: String)
    case dismiss(QuestionID, DismissReason)
    case restore(QuestionID)
    case takeLive(QuestionID, replacing: QuestionID?)
    case answer(QuestionID)
    case putBack(QuestionID)
    case block(QuestionID)
    case unblock(QuestionID)
    case startTalk(TalkID)
    case endTalk(TalkID)
    case pauseIntake
    case resumeIntake
    case closeEvent
    case openEvent
    case setOrder(QueueOrder)
    case undo(sequence: Int)
    case configure(EventSetup)
    case addToken(AccessToken)
    case revokeToken(TokenID)
}

/// A command as it passed the first door: who sent it, when, under which id.
public struct StampedCommand: Sendable {
    public var id: CommandID
    public var actor: Actor
    /// The door's clock; the log makes it never decrease.
    public var time: Timestamp
    public var command: Command

    public init(id: CommandID, actor: Actor, time: Timestamp, command: Command) {
        self.id = id
        self.actor = actor
        self.time = time
        self.command = command
    }
}

/// A decided fact, in the past tense. Changes carry the value before, so that each can be taken back.
public enum Change: Equatable, Sendable {
    case eventConfigured(EventSetup)
    case questionAsked(AskedQuestion)
    case statusChanged(QuestionID, from: Status, to: Status)
    case textEdited(QuestionID, from: String, to: String)
    case voted(QuestionID, on: Bool, counter: Int)
    case participantBlocked(ParticipantID, from: Bool, to: Bool)
    case talkChanged(TalkID, from: TalkPhase, to: TalkPhase)
    case intakeChanged(from: Bool, to: Bool)
    case phaseChanged(from: EventPhase, to: EventPhase)
    case orderChanged(from: QueueOrder, to: QueueOrder)
    case tokenAdded(AccessToken)
    case tokenRevoked(TokenID)
    /// The action of that entry was taken back by the other changes of this one.
    case actionUndone(sequence: Int)
    /// A kind that this version does not know: kept as it stands, changes nothing.
    case unknown(kind: String, body: [UInt8])
}

/// What an `ask` decided; id, asker, venue and time are the entry's commandID, actor and time.
public struct AskedQuestion: Equatable, Sendable {
    public var number: Int
    public var talk: TalkID
    public var text: String
    public var name: String?
    public var approved: Bool

    public init(number: Int, talk: TalkID, text: String, name: String?, approved: Bool) {
        self.number = number
        self.talk = talk
        self.text = text
        self.name = name
        self.approved = approved
    }
}

/// Sequence, time, actor, commandID and changes: one command, one entry, never altered.
public struct Entry: Equatable, Sendable {
    /// 1, 2, 3 … without holes.
    public var sequence: Int
    public var time: Timestamp
    public var actor: Actor
    /// Nil for votes, which are made harmless to repeat by their counter.
    public var commandID: CommandID?
    public var changes: [Change]

    public init(
        sequence: Int, time: Timestamp, actor: Actor, commandID: CommandID?, changes: [Change]
    ) {
        self.sequence = sequence
        self.time = time
        self.actor = actor
        self.commandID = commandID
        self.changes = changes
    }
}

/// A place in one incarnation of a log.
public struct Position: Hashable, Sendable {
    public var epoch: Epoch
    public var sequence: Int

    public init(epoch: Epoch, sequence: Int) {
        self.epoch = epoch
        self.sequence = sequence
    }
}
