// What a venue's relay and the hub say to each other beyond what every replica says.

/// A command as a relay took it from its room, on its way to the hub.
public struct Forwarded: Equatable, Sendable {
    /// The relay's own count of what it forwarded: 1, 2, 3 …
    public var ordinal: Int
    public var id: CommandID
    public var actor: Actor
    /// The relay's clock, set right by what it knows of the hub's.
    public var time: Timestamp
    public var command: Command
    /// How many ends of rehearsals the relay had heard of when it took the command.
    public var rehearsals: Int

    public init(
        ordinal: Int, id: CommandID, actor: Actor, time: Timestamp, command: Command, rehearsals: Int = 0
    ) {
        self.ordinal = ordinal
        self.id = id
        self.actor = actor
        self.time = time
        self.command = command
        self.rehearsals = rehearsals
    }

    /// Whether it was done in a rehearsal that has ended since, in a room that had not heard so. A room that was cut off
    /// over the end, and asks in earnest afterwards, is told apart by the time alone.
    public func isOfRehearsal(in state: State) -> Bool {
        guard rehearsals < state.rehearsals, let end = state.rehearsedUntil else { return false }
        return time <= end && state.receipts[id] == nil
    }

    public var stamped: StampedCommand { StampedCommand(id: id, actor: actor, time: time, command: command) }
}

/// What the hub made of a forwarded command.
public struct ForwardResult: Equatable, Sendable {
    public var ordinal: Int
    public var outcome: Result<Int, Rejection>

    public init(ordinal: Int, outcome: Result<Int, Rejection>) {
        self.ordinal = ordinal
        self.outcome = outcome
    }
}

/// What a relay needs so that a device is the same person at the hub and at any relay.
public struct RelayKeys: Equatable, Sendable {
    /// The name under which the relay issues device credentials.
    public var issuer: String
    /// Makes and checks the MAC of the credentials that this relay issues.
    public var device: [UInt8]
    /// Makes of a device's id the participant that the log knows.
    public var participant: [UInt8]

    public init(issuer: String, device: [UInt8], participant: [UInt8]) {
        self.issuer = issuer
        self.device = device
        self.participant = participant
    }
}

/// Why a hub that can be reached will not have a relay, or the relay not have the hub.
public enum LineTrouble: String, CaseIterable, Sendable {
    case codeUnknown = "pairing_code"
    case codeRevoked = "pairing_revoked"
    /// The code is one of another role.
    case notARelay = "pairing_role"
    case otherVenue = "pairing_venue"
    /// Another relay came with the same code.
    case codeInUse = "pairing_in_use"
    case clockSkew = "clock_skew"
    case version
    case hubNotBelieved = "hub_not_believed"
}

/// Whether a relay reaches the hub.
public struct LineInfo: Equatable, Sendable {
    public var venue: VenueID
    public var isUp: Bool
    /// Since when it is as it is, by the relay's clock.
    public var since: Timestamp
    /// Commands that the hub has not answered yet.
    public var waiting: Int
    /// Told to moderators alone.
    public var trouble: LineTrouble?

    public init(venue: VenueID, isUp: Bool, since: Timestamp, waiting: Int, trouble: LineTrouble? = nil) {
        self.venue = venue
        self.isUp = isUp
        self.since = since
        self.waiting = waiting
        self.trouble = trouble
    }
}

/// A command that was accepted in the room and refused by the hub, as the room's moderators see it.
public struct RefusalInfo: Equatable, Sendable {
    public var ordinal: Int
    /// The word of the command.
    public var what: String
    public var code: Rejection.Code
    public var role: Role
    /// The tag of whoever gave it.
    public var by: String
    public var time: Timestamp
    /// The question meant, as far as it is known.
    public var question: QuestionID?
    public var number: Int?
    /// The text that was asked or written.
    public var text: String?
    /// How many commands of the same kind this one stands for: votes for one question are told together.
    public var count: Int

    public init(
        ordinal: Int, what: String, code: Rejection.Code, role: Role, by: String, time: Timestamp,
        question: QuestionID? = nil, number: Int? = nil, text: String? = nil, count: Int = 1
    ) {
        self.ordinal = ordinal
        self.what = what
        self.code = code
        self.role = role
        self.by = by
        self.time = time
        self.question = question
        self.number = number
        self.text = text
        self.count = count
    }
}

/// Who is in a relay's room.
public struct RoomReport: Equatable, Sendable {
    public var count: Presence.Count
    /// Those with a token.
    public var people: [Presence.Person]

    public init(count: Presence.Count = Presence.Count(), people: [Presence.Person] = []) {
        self.count = count
        self.people = people
    }
}
