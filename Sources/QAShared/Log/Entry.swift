// Commands ask, entries tell: what may be requested, and what was decided.

/// A request to change something, in the imperative.
public enum Command: Equatable, Sendable {
    /// `spoken`: asks for the floor, with the text as subject.
    case ask(text: String, name: String?, talk: TalkID?, spoken: Bool = false)
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
    /// Joins a question, with all that was joined to it, to another one's group.
    case unite(QuestionID, into: QuestionID)
    /// Takes a question, with all that came with it, out of its group.
    case separate(QuestionID)
    /// The two do not ask the same.
    case distinguish(QuestionID, from: QuestionID)
    /// What the engine found; from the hub's own door alone.
    case flag(QuestionID, [DuplicateFlag])
    case note(QuestionID, text: String)
    /// To all other moderators.
    case say(text: String, about: QuestionID?)
    /// Gives a question to another venue's moderator.
    case hand(QuestionID, to: VenueID)
    /// A message that covers the speaker's console.
    case stage(text: String)
    case stageRead(StageID)
    case clearStage
    /// A question that a moderator heard in the room, or, if `spoken`, somebody there who raised a hand for the floor.
    case enter(text: String, name: String?, venue: VenueID, talk: TalkID?, spoken: Bool = false)
    /// The whole new set of labels.
    case label(QuestionID, labels: [String])
    case bulk([QuestionID], BulkAction)
    /// Takes a question with its group to another talk.
    case move(QuestionID, to: TalkID)
    case startRehearsal
    case endRehearsal
    case amend(SetupAmendment)
    case startTalk(TalkID)
    case endTalk(TalkID)
    case pauseIntake
    case resumeIntake
    case closeEvent
    case openEvent
    case setOrder(QueueOrder)
    /// The question goes before all that are not pinned.
    case pin(QuestionID)
    case unpin(QuestionID)
    /// While the order is by hand: puts the question before another one, or to the end.
    case place(QuestionID, before: QuestionID?)
    /// A venue's line was cut then, or is back; from the hub's own door alone.
    case setLine(VenueID, cutSince: Timestamp?)
    /// Whether the microphone is with whoever asked for the floor.
    case ready(QuestionID, on: Bool)
    case undo(sequence: Int)
    /// The same for an action that is known by its command, because it has no sequence yet where it is undone.
    case undoCommand(CommandID)
    case configure(EventSetup)
    case addToken(AccessToken)
    case revokeToken(TokenID)
    /// Takes words of a question away for good, from the log too.
    case erase(QuestionID, ErasedPart)
    /// Binds a one-time code to whoever gives it, so that their votes count.
    case redeem(CodeID)
    /// More codes of a batch, by their hashes.
    case issueCodes(CodeBatchID, venue: VenueID?, [CodeID])
    /// Takes back what nobody used of a batch.
    case revokeCodes(CodeBatchID)
}

/// A command as it passed the first door: who sent it, when, under which id.
public struct StampedCommand: Sendable {
    public var id: CommandID
    public var actor: Actor
    /// The door's clock; the log makes it never decrease.
    public var time: Timestamp
    public var command: Command
    /// For an `ask` or `enter`: questions proved to ask the same, earliest first; filled in by the hub.
    public var sameAs: [QuestionID]

    public init(
        id: CommandID, actor: Actor, time: Timestamp, command: Command, sameAs: [QuestionID] = []
    ) {
        self.id = id
        self.actor = actor
        self.time = time
        self.command = command
        self.sameAs = sameAs
    }
}

/// A decided fact, in the past tense. Changes carry the value before, so that each can be taken back.
public enum Change: Equatable, Sendable {
    case eventConfigured(EventSetup)
    case questionAsked(AskedQuestion)
    case statusChanged(QuestionID, from: Status, to: Status)
    case textEdited(QuestionID, from: String, to: String)
    case voted(QuestionID, on: Bool, counter: Int)
    /// The question came into a group, left one, or moved from one to another; its status follows.
    case unionChanged(QuestionID, from: Union?, to: Union?)
    /// Whether the two are known not to ask the same.
    case pairDistinguished(QuestionID, QuestionID, from: Bool, to: Bool)
    /// Replaces the flags of the question.
    case duplicatesFlagged(QuestionID, [DuplicateFlag])
    case noteAdded(QuestionID, Note)
    case noteRemoved(QuestionID, Note)
    case said(ChannelMessage)
    case unsaid(ChannelMessage)
    /// Whose moderator triages it; nil is its own venue's.
    case handed(QuestionID, from: VenueID?, to: VenueID?)
    case stageChanged(from: StageMessage?, to: StageMessage?)
    case labelled(QuestionID, from: [String], to: [String])
    case talkMoved(QuestionID, from: TalkID, to: TalkID)
    case setupAmended(from: EventSetup, to: EventSetup)
    /// All that was done in a rehearsal is gone.
    case rehearsalWiped
    case participantBlocked(ParticipantID, from: Bool, to: Bool)
    case talkChanged(TalkID, from: TalkPhase, to: TalkPhase)
    case intakeChanged(from: Bool, to: Bool)
    case phaseChanged(from: EventPhase, to: EventPhase)
    case orderChanged(from: QueueOrder, to: QueueOrder)
    /// Numbers of a talk's waiting questions as they stood by hand; the change of order it comes with leaves or restores it.
    case handChanged(TalkID, from: [Int], to: [Int])
    /// Before which question it stood, and before which it goes; nil for the end.
    case placed(QuestionID, from: QuestionID?, to: QuestionID?)
    /// The sequences of the entries that pinned it.
    case pinChanged(QuestionID, from: Int?, to: Int?)
    /// Whether an answer counts as a turn, where the change of status that follows could not bring it back.
    case turnChanged(QuestionID, from: Bool, to: Bool)
    /// Since when the venue's line is cut; nil for a line that holds.
    case lineChanged(VenueID, from: Timestamp?, to: Timestamp?)
    /// Whether the microphone is with whoever asked for the floor.
    case floorReady(QuestionID, from: Bool, to: Bool)
    case tokenAdded(AccessToken)
    case tokenRevoked(TokenID)
    /// The action of that entry was taken back by the other changes of this one.
    case actionUndone(sequence: Int)
    /// Words of the question are gone, wherever they stood up to here; nothing brings them back.
    case erased(QuestionID, ErasedPart)
    case codesIssued(CodeBatchID, venue: VenueID?, [CodeID])
    /// By the entry's actor.
    case codeUsed(CodeID)
    case codesRevoked(CodeBatchID)
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
    public var spoken: Bool
    /// Where it was heard; nil is the actor's venue.
    public var venue: VenueID?
    /// Whether a moderator entered it for somebody in the room.
    public var heard: Bool
    /// The organiser's word because of which it was not approved at once.
    public var held: String?

    public init(
        number: Int, talk: TalkID, text: String, name: String?, approved: Bool, spoken: Bool = false,
        venue: VenueID? = nil, heard: Bool = false, held: String? = nil
    ) {
        self.number = number
        self.talk = talk
        self.text = text
        self.name = name
        self.approved = approved
        self.spoken = spoken
        self.venue = venue
        self.heard = heard
        self.held = held
    }
}

/// Sequence, time, actor, commandID and changes: one command, one entry, never altered.
public struct Entry: Equatable, Sendable {
    /// 1, 2, 3 … without holes.
    public var sequence: Int
    public var time: Timestamp
    public var actor: Actor
    /// Nil for votes, which are made harmless to repeat by their counter, and for flags and lines, which replace what was there.
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
