import QAShared

/// The time as the screen needs it.
struct Clock: Equatable, Sendable {
    /// On the wall, in UTC.
    var time = Timestamp(milliseconds: 0)
    /// What the terminal's place adds to UTC, in seconds.
    var offset = 0
    /// For intervals; has no relation to the time on the wall.
    var monotonic = 0
}

/// How the line to the hub stands.
enum LinkState: Equatable, Sendable {
    case connecting
    case online
    /// Since a monotonic time, with what the last try said.
    case offline(since: Int, reason: String?)
}

/// Who the hub says this terminal is.
struct Identity: Equatable, Sendable {
    var by: String
    var venue: VenueID?
    var limits: EventLimits
    var role = Role.moderator
}

/// What happened outside.
enum Message: Sendable {
    case key(Key)
    case resize(Size)
    case tick(Clock)
    case link(LinkState)
    case welcome(Identity)
    case view(RoleView)
    case presence(Presence)
    /// At a venue's own server: whether it reaches the hub.
    case line(LineInfo)
    /// At a venue's own server: what the hub refused, oldest first.
    case refusals([RefusalInfo])
    case tokens([TokenInfo])
    /// A token as it is told once.
    case minted(MintedToken)
    /// Something about tokens was done: the list is another one.
    case tokensChanged
    case outgoing([Outgoing])
    case acked(Command, sequence: Int)
    /// A refusal; without a command it answers something that could not be read.
    case rejected(Rejection, Command?)
    /// The outbox could not be written to disk.
    case storageFailed
    /// No shell is above that could bring the program back.
    case notSuspended
}

/// What is to be done outside.
enum Effect: Equatable, Sendable {
    case send(Command)
    /// Takes a command back that never left.
    case drop(CommandID)
    /// Undoes a command as soon as its sequence is known.
    case undoOnceAcked(CommandID)
    /// "I am at this question"; nil lets go of it. Only while online.
    case claim(QuestionID?)
    /// At a venue's own server: what becomes of something refused. Only while online.
    case settle(ordinal: Int, again: Bool)
    case listTokens
    case mint(Role, VenueID?, label: String)
    case revoke(tag: String)
    case bell
    case redraw
    case suspend
    case quit
}
