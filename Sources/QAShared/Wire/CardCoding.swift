// How a question's card is written and read.

extension JSONWriter {
    mutating func members(of card: Card) {
        member("id", card.id.text)
        member("number", card.number)
        member("talk", card.talk.text)
        member("venue", card.venue.text)
        member("status", card.status)
        member("text", card.text)
        member("votes", card.votes)
        member("asked", card.asked.milliseconds)
        member(ifAny: "name", card.name)
        if card.edited { member("edited", true) }
        if card.erased { member("erased", true) }
        if card.unconfirmed { member("unconfirmed", true) }
        member(ifAny: "into", card.into?.text)
        if !card.venues.isEmpty {
            array("venues") { writer in card.venues.forEach { writer.value($0.text) } }
        }
        if card.askers != 0 { member("askers", card.askers) }
        if card.pinned { member("pinned", true) }
        if card.spoken { member("spoken", true) }
        if card.near { member("near", true) }
        if card.ready { member("ready", true) }
        member(ifAny: "original", card.original)
        member(ifAny: "reason", card.reason)
        member(ifAny: "by", card.by)
        if card.blocked { member("blocked", true) }
        if !card.variants.isEmpty {
            array("variants") { writer in card.variants.forEach { writer.value($0.text) } }
        }
        member(ifAny: "held", card.held)
        if card.automatic { member("auto", true) }
        if !card.flags.isEmpty {
            array("flags") { writer in
                for flag in card.flags { writer.object { $0.shownMembers(of: flag) } }
            }
        }
        togetherMembers(of: card)
    }

    private mutating func shownMembers(of flag: DuplicateFlag) {
        member("with", flag.other.text)
        member("level", flag.level.rawValue)
        array("why") { writer in flag.reasons.forEach { writer.value($0.rawValue) } }
        array("mine") { writer in flag.mine.forEach { writer.value($0) } }
        array("theirs") { writer in flag.theirs.forEach { writer.value($0) } }
    }
}

extension ObjectReader {
    mutating func card() throws(Rejection) -> Card {
        var card = Card(
            id: try identifier("id"), number: try int("number"), talk: try slug("talk"),
            venue: try slug("venue"), status: try string("status"), text: try string("text"),
            votes: try int("votes"), asked: Timestamp(milliseconds: try int("asked")))
        card.name = try optionalString("name")
        card.edited = try optionalBool("edited") ?? false
        card.erased = try optionalBool("erased") ?? false
        card.unconfirmed = try optionalBool("unconfirmed") ?? false
        card.into = try optionalIdentifier("into")
        for json in try optionalArray("venues") ?? [] {
            guard case .string(let text) = json, let venue = VenueID(text) else {
                throw Rejection(.badValue, field: "venues")
            }
            card.venues.append(venue)
        }
        card.askers = try optionalInt("askers") ?? 0
        card.pinned = try optionalBool("pinned") ?? false
        card.spoken = try optionalBool("spoken") ?? false
        card.near = try optionalBool("near") ?? false
        card.ready = try optionalBool("ready") ?? false
        card.original = try optionalString("original")
        card.reason = try optionalString("reason")
        card.by = try optionalString("by")
        card.blocked = try optionalBool("blocked") ?? false
        card.variants = try Self.identifiers(optionalArray("variants") ?? [])
        card.held = try optionalString("held")
        card.automatic = try optionalBool("auto") ?? false
        card.flags = try (optionalArray("flags") ?? []).each { reader throws(Rejection) in
            try reader.shownFlag()
        }
        try readTogether(&card)
        return card
    }

    /// Leniently: a reason of a newer hub is passed over.
    private mutating func shownFlag() throws(Rejection) -> DuplicateFlag {
        DuplicateFlag(
            other: try identifier("with"), level: FlagLevel(rawValue: try string("level")) ?? .probable,
            reasons: try array("why").compactMap { json in
                if case .string(let word) = json { FlagReason(rawValue: word) } else { nil }
            },
            mine: try integers("mine"), theirs: try integers("theirs"))
    }

    /// A list of whole numbers.
    mutating func integers(_ key: String) throws(Rejection) -> [Int] {
        var numbers: [Int] = []
        for json in try array(key) {
            guard case .integer(let number) = json else { throw Rejection(.wrongType, field: key) }
            numbers.append(number)
        }
        return numbers
    }
}
