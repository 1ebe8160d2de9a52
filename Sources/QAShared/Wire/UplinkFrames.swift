// How a relay's frames are written and read; the entries themselves travel as the log's records.

extension ClientFrame {
    static func readUplink(_ type: String, _ reader: inout ObjectReader) throws(Rejection) -> ClientFrame {
        switch type {
        case "forward":
            let frame = try readForward(&reader)
            try reader.finish()
            return frame
        case "room":
            var count = Presence.Count()
            count.phones = try reader.int("phones")
            count.moderators = try reader.int("moderators")
            count.speakers = try reader.int("speakers")
            count.displays = try reader.int("displays")
            let bounds = 0...Limits.expectedRange.upperBound
            let counts = [count.phones, count.moderators, count.speakers, count.displays]
            guard counts.allSatisfy(bounds.contains) else { throw Rejection(.badValue, field: "phones") }
            var room = RoomReport(count: count)
            for json in try reader.optionalArray("people") ?? [] {
                var person = try ObjectReader(json, field: "people")
                room.people.append(try person.person())
                try person.finish()
            }
            guard room.people.count <= Limits.roomPeople else { throw Rejection(.badValue, field: "people") }
            try reader.finish()
            return .room(room)
        default:
            let ordinal = try reader.int("n")
            let how = try reader.string("how")
            guard ["again", "drop"].contains(how) else { throw Rejection(.badValue, field: "how") }
            try reader.finish()
            return .settle(ordinal: ordinal, again: how == "again")
        }
    }

    /// An item that cannot be read is answered by itself, as long as it says which it is: a relay of another version must
    /// not be stuck with it for ever.
    private static func readForward(_ reader: inout ObjectReader) throws(Rejection) -> ClientFrame {
        var items: [Forwarded] = []
        var unreadable: [ForwardResult] = []
        for json in try reader.array("items") {
            var item = try ObjectReader(json, field: "items")
            do throws(Rejection) {
                items.append(try readForwarded(&item))
            } catch {
                var again = try ObjectReader(json, field: "items")
                unreadable.append(ForwardResult(ordinal: try again.int("n"), outcome: .failure(error)))
            }
        }
        return .forward(items, unreadable: unreadable)
    }

    /// One forwarded command, as frames and the relay's own store have it.
    public static func readForwarded(_ reader: inout ObjectReader) throws(Rejection) -> Forwarded {
        let ordinal = try reader.int("n")
        let time = Timestamp(milliseconds: try reader.int("at"))
        let actor = Actor(
            role: try reader.word("role"), venue: try reader.optionalSlug("room"),
            participant: try reader.identifier("by"))
        let rehearsals = try reader.optionalInt("rehearsals") ?? 0
        guard rehearsals >= 0 else { throw Rejection(.badValue, field: "rehearsals") }
        if let question: QuestionID = try reader.optionalIdentifier("vote") {
            let counter = try reader.int("counter")
            guard (1...1_000_000_000).contains(counter) else { throw Rejection(.badValue, field: "counter") }
            let on = try reader.bool("on")
            try reader.finish()
            return Forwarded(
                ordinal: ordinal, id: CommandID(high: 0, low: 0), actor: actor, time: time,
                command: .vote(question, on: on, counter: counter), rehearsals: rehearsals)
        }
        let id: CommandID = try reader.identifier("id")
        // A code travels as the hash that the log knows it by.
        let code: CodeID? = try reader.optionalIdentifier("redeem")
        let command = if let code { Command.redeem(code) } else { try readCommand(&reader) }
        try reader.finish()
        return Forwarded(
            ordinal: ordinal, id: id, actor: actor, time: time, command: command, rehearsals: rehearsals)
    }

    static func write(_ item: Forwarded, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("n", item.ordinal)
            writer.member("at", item.time.milliseconds)
            writer.member("role", item.actor.role.rawValue)
            // Not "venue": a command may have one of its own.
            writer.member(ifAny: "room", item.actor.venue?.text)
            writer.member("by", item.actor.participant.text)
            if item.rehearsals > 0 { writer.member("rehearsals", item.rehearsals) }
            if case .vote(let question, let on, let counter) = item.command {
                writer.member("vote", question.text)
                writer.member("on", on)
                writer.member("counter", counter)
            } else if case .redeem(let code) = item.command {
                writer.member("id", item.id.text)
                writer.member("redeem", code.text)
            } else {
                writer.member("id", item.id.text)
                writer.member("do", item.command.kind.rawValue)
                write(item.command, &writer)
            }
        }
    }

    func writeUplink(_ writer: inout JSONWriter) {
        switch self {
        case .forward(let items, _):
            writer.member("type", "forward")
            writer.array("items") { writer in for item in items { Self.write(item, &writer) } }
        case .room(let room):
            let count = room.count
            writer.member("type", "room")
            writer.member("phones", count.phones)
            writer.member("moderators", count.moderators)
            writer.member("speakers", count.speakers)
            writer.member("displays", count.displays)
            if !room.people.isEmpty {
                writer.array("people") { writer in
                    for person in room.people { writer.object { $0.members(of: person) } }
                }
            }
        case .settle(let ordinal, let again):
            writer.member("type", "settle")
            writer.member("n", ordinal)
            writer.member("how", again ? "again" : "drop")
        default: break
        }
    }
}

extension Forwarded {
    /// One JSON object: how a relay's store keeps it.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        ClientFrame.write(self, &writer)
        return writer.bytes
    }

    /// Reads what `bytes` wrote.
    public init(bytes: [UInt8]) throws(Rejection) {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch { throw Rejection(.malformed) }
        var reader = try ObjectReader(json)
        self = try ClientFrame.readForwarded(&reader)
    }
}

extension ServerFrame {
    func writeUplink(_ writer: inout JSONWriter) {
        switch self {
        case .results(let results):
            writer.member("type", "results")
            writer.array("results") { writer in for result in results { writer.value(of: result) } }
        case .line(let line):
            writer.member("type", "line")
            writer.member("venue", line.venue.text)
            writer.member("up", line.isUp)
            writer.member("since", line.since.milliseconds)
            writer.member("waiting", line.waiting)
            writer.member(ifAny: "trouble", line.trouble?.rawValue)
        case .refusals(let items):
            writer.member("type", "refusals")
            writer.array("refusals") { writer in
                for item in items { writer.object { $0.members(of: item) } }
            }
        default: break
        }
    }
}

extension JSONWriter {
    /// `[n, sequence]`, or `[n, 0, {code …}]`.
    fileprivate mutating func value(of result: ForwardResult) {
        array { writer in
            writer.value(result.ordinal)
            switch result.outcome {
            case .success(let sequence): writer.value(sequence)
            case .failure(let rejection):
                writer.value(0)
                writer.object { $0.members(of: rejection) }
            }
        }
    }

    fileprivate mutating func members(of item: RefusalInfo) {
        member("n", item.ordinal)
        member("what", item.what)
        member("code", item.code.rawValue)
        member("role", item.role.rawValue)
        member("by", item.by)
        member("time", item.time.milliseconds)
        member(ifAny: "question", item.question?.text)
        if let number = item.number { member("number", number) }
        member(ifAny: "text", item.text)
        if item.count != 1 { member("count", item.count) }
    }

    mutating func members(of keys: RelayKeys) {
        member("issuer", keys.issuer)
        member("device", Hex.text(keys.device))
        member("participant", Hex.text(keys.participant))
    }
}

extension ObjectReader {
    static func forwardResult(_ json: JSON) throws(Rejection) -> ForwardResult {
        guard case .array(let parts) = json, parts.count >= 2, case .integer(let ordinal) = parts[0],
            case .integer(let sequence) = parts[1]
        else { throw Rejection(.wrongType, field: "results") }
        guard parts.count > 2 else { return ForwardResult(ordinal: ordinal, outcome: .success(sequence)) }
        var reader = try ObjectReader(parts[2], field: "results")
        return ForwardResult(ordinal: ordinal, outcome: .failure(try reader.rejection()))
    }

    mutating func lineInfo() throws(Rejection) -> LineInfo {
        LineInfo(
            venue: try slug("venue"), isUp: try bool("up"), since: Timestamp(milliseconds: try int("since")),
            waiting: try int("waiting"), trouble: try optionalString("trouble").flatMap(LineTrouble.init))
    }

    mutating func refusal() throws(Rejection) -> RefusalInfo {
        RefusalInfo(
            ordinal: try int("n"), what: try string("what"),
            code: Rejection.Code(rawValue: try string("code")) ?? .notAllowed, role: try word("role"),
            by: try string("by"), time: Timestamp(milliseconds: try int("time")),
            question: try optionalIdentifier("question"), number: try optionalInt("number"),
            text: try optionalString("text"), count: try optionalInt("count") ?? 1)
    }

    mutating func relayKeys() throws(Rejection) -> RelayKeys {
        guard let device = Hex.bytes(try string("device")), let participant = Hex.bytes(try string("participant"))
        else { throw Rejection(.badValue, field: "keys") }
        return RelayKeys(issuer: try string("issuer"), device: device, participant: participant)
    }
}

/// Bytes as two lower-case digits each.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Nil for what is not such a text.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let values = digits.compactMap(\.self)
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
