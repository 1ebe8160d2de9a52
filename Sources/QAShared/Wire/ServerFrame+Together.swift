// What the hub tells moderators of each other, and the organiser of tokens: its parts, and how they are written and read.

extension Presence {
    /// Somebody with a token who is connected.
    public struct Person: Equatable, Sendable {
        /// The tag under which this person's actions appear.
        public var by: String
        public var role: Role
        public var venue: VenueID?
        /// What the administrator calls the token.
        public var name: String?
        /// The question that this person is at.
        public var claims: QuestionID?
        /// Whether a venue's relay speaks for this person.
        public var relay: Bool

        public init(
            by: String, role: Role, venue: VenueID? = nil, name: String? = nil, claims: QuestionID? = nil,
            relay: Bool = false
        ) {
            self.by = by
            self.role = role
            self.venue = venue
            self.name = name
            self.claims = claims
            self.relay = relay
        }
    }
}

/// A token as it is told once to the organiser who asked for it.
public struct MintedToken: Equatable, Sendable {
    /// That of the request.
    public var id: CommandID
    public var token: String
    public var tag: String
    public var role: Role
    public var venue: VenueID?

    public init(id: CommandID, token: String, tag: String, role: Role, venue: VenueID?) {
        self.id = id
        self.token = token
        self.tag = tag
        self.role = role
        self.venue = venue
    }
}

/// A token as a list shows it.
public struct TokenInfo: Equatable, Sendable {
    public var tag: String
    public var role: Role
    public var venue: VenueID?
    public var label: String
    public var revoked: Bool

    public init(tag: String, role: Role, venue: VenueID?, label: String, revoked: Bool) {
        self.tag = tag
        self.role = role
        self.venue = venue
        self.label = label
        self.revoked = revoked
    }

    public init(_ token: AccessToken) {
        self.init(
            tag: token.id.tag, role: token.role, venue: token.venue, label: token.label, revoked: token.revoked)
    }
}

extension JSONWriter {
    mutating func togetherMembers(of card: Card) {
        if !card.notes.isEmpty {
            array("notes") { writer in
                for note in card.notes { writer.object { $0.members(of: note) } }
            }
        }
        if card.noted != 0 { member("noted", card.noted) }
        member(ifAny: "desk", card.desk?.text)
        if card.heard { member("heard", true) }
        if !card.labels.isEmpty { array("labels") { writer in card.labels.forEach { writer.value($0) } } }
    }

    mutating func togetherMembers(of delta: Delta) {
        if let channel = delta.channel {
            array("channel") { writer in
                for message in channel { writer.object { $0.members(of: message) } }
            }
        }
        if let stage = delta.stage {
            object("stage") { writer in
                if let stage { writer.members(of: stage) } else { writer.member("id", JSON.null) }
            }
        }
    }

    private mutating func members(of note: NoteInfo) {
        member("by", note.by)
        member(ifAny: "venue", note.venue?.text)
        member("time", note.time.milliseconds)
        member("text", note.text)
    }

    mutating func members(of message: ChannelInfo) {
        member("id", message.id.text)
        member("by", message.by)
        member("role", message.role.rawValue)
        member(ifAny: "venue", message.venue?.text)
        member(ifAny: "name", message.name)
        member("time", message.time.milliseconds)
        member("text", message.text)
        if let number = message.number { member("number", number) }
    }

    mutating func members(of stage: StageInfo) {
        member("id", stage.id.text)
        member("text", stage.text)
        member("by", stage.by)
        member(ifAny: "venue", stage.venue?.text)
        member("sent", stage.sent.milliseconds)
        if let read = stage.read { member("read", read.milliseconds) }
    }

    mutating func members(of person: Presence.Person) {
        member("by", person.by)
        member("role", person.role.rawValue)
        member(ifAny: "venue", person.venue?.text)
        member(ifAny: "name", person.name)
        member(ifAny: "claims", person.claims?.text)
        if person.relay { member("relay", true) }
    }

    mutating func members(of minted: MintedToken) {
        member("type", "minted")
        member("id", minted.id.text)
        member("token", minted.token)
        member("tag", minted.tag)
        member("role", minted.role.rawValue)
        member(ifAny: "venue", minted.venue?.text)
    }

    mutating func members(of tokens: [TokenInfo]) {
        member("type", "tokens")
        array("tokens") { writer in
            for token in tokens {
                writer.object { writer in
                    writer.member("tag", token.tag)
                    writer.member("role", token.role.rawValue)
                    writer.member(ifAny: "venue", token.venue?.text)
                    writer.member("label", token.label)
                    if token.revoked { writer.member("revoked", true) }
                }
            }
        }
    }
}

extension ObjectReader {
    mutating func readTogether(_ card: inout Card) throws(Rejection) {
        card.notes = try (optionalArray("notes") ?? []).each { reader throws(Rejection) in
            NoteInfo(
                by: try reader.string("by"), venue: try reader.optionalSlug("venue"),
                time: Timestamp(milliseconds: try reader.int("time")), text: try reader.string("text"))
        }
        card.noted = try optionalInt("noted") ?? 0
        card.desk = try optionalSlug("desk")
        card.heard = try optionalBool("heard") ?? false
        card.labels = try words("labels")
    }

    mutating func readTogether(_ delta: inout Delta) throws(Rejection) {
        if let channel = try optionalArray("channel") {
            delta.channel = try channel.each { reader throws(Rejection) in try reader.channelInfo() }
        }
        if var stage = try optionalObject("stage") { delta.stage = .some(try stage.stageInfo()) }
    }

    private mutating func channelInfo() throws(Rejection) -> ChannelInfo {
        ChannelInfo(
            id: try identifier("id"), by: try string("by"), role: try word("role"),
            venue: try optionalSlug("venue"), name: try optionalString("name"),
            time: Timestamp(milliseconds: try int("time")), text: try string("text"),
            number: try optionalInt("number"))
    }

    private mutating func stageInfo() throws(Rejection) -> StageInfo? {
        guard let id: StageID = try optionalIdentifier("id") else { return nil }
        return StageInfo(
            id: id, text: try string("text"), by: try string("by"), venue: try optionalSlug("venue"),
            sent: Timestamp(milliseconds: try int("sent")),
            read: try optionalInt("read").map { Timestamp(milliseconds: $0) })
    }

    mutating func person() throws(Rejection) -> Presence.Person {
        Presence.Person(
            by: try string("by"), role: try word("role"), venue: try optionalSlug("venue"),
            name: try optionalString("name"), claims: try optionalIdentifier("claims"),
            relay: try optionalBool("relay") ?? false)
    }

    mutating func minted() throws(Rejection) -> MintedToken {
        MintedToken(
            id: try identifier("id"), token: try string("token"), tag: try string("tag"),
            role: try word("role"), venue: try optionalSlug("venue"))
    }

    mutating func tokens() throws(Rejection) -> [TokenInfo] {
        try array("tokens").each { reader throws(Rejection) in
            TokenInfo(
                tag: try reader.string("tag"), role: try reader.word("role"),
                venue: try reader.optionalSlug("venue"), label: try reader.string("label"),
                revoked: try reader.optionalBool("revoked") ?? false)
        }
    }
}
