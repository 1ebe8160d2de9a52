// Frames from a client: written by terminals and simulated phones, read strictly by the hub.

/// What a client says first.
public struct Hello: Equatable, Sendable {
    public var role: Role
    public var venue: VenueID?
    public var device: String?
    public var token: String?
    public var position: Position?
    public var client: String?
    /// Of a relay: the address under which its room's phones reach it.
    public var url: String?

    public init(
        role: Role, venue: VenueID? = nil, device: String? = nil, token: String? = nil,
        position: Position? = nil, client: String? = nil
    ) {
        self.role = role
        self.venue = venue
        self.device = device
        self.token = token
        self.position = position
        self.client = client
    }
}

/// Which request an answer is meant for.
public enum RequestID: Hashable, Sendable {
    case command(CommandID)
    case vote(QuestionID, counter: Int)
}

public enum ClientFrame: Equatable, Sendable {
    case hello(Hello)
    case command(CommandID, Command)
    case vote(QuestionID, on: Bool, counter: Int)
    /// Asks for questions like the text being typed; `request` comes back with the answer.
    case suggest(request: Int, text: String, talk: TalkID?)
    /// From a relay: commands that its room gave, in order.
    case forward([Forwarded], unreadable: [ForwardResult] = [])
    /// From a relay: who is in its room.
    case room(RoomReport)
    /// At a relay, from a moderator: what becomes of a command that the hub refused.
    case settle(ordinal: Int, again: Bool)
    /// "I am at this question"; nil lets go of it.
    case claim(QuestionID?)
    /// Asks for a new token, which comes back in a frame of its own.
    case mint(CommandID, role: Role, venue: VenueID?, label: String)
    /// Asks for the list of tokens.
    case tokens
    case revoke(CommandID, tag: String)
    /// Redeems a one-time code, as it was typed.
    case redeem(CommandID, code: String)
    case beat

    /// A frame that could not be read, and as far as that could be read, which request it was.
    public struct Unreadable: Error, Equatable {
        public var rejection: Rejection
        public var request: RequestID?
    }

    /// Reads a frame strictly.
    public static func decode(_ bytes: [UInt8]) throws(Unreadable) -> ClientFrame {
        var request: RequestID?
        do throws(Rejection) {
            var reader = try ObjectReader(parse(bytes))
            return try read(&reader, &request)
        } catch {
            throw Unreadable(rejection: error, request: request)
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(Rejection) -> JSON {
        do {
            return try JSON.parse(bytes)
        } catch .repeatedKey(let key) {
            throw Rejection(.repeatedKey, field: key)
        } catch {
            throw Rejection(.malformed)
        }
    }

    private static func read(
        _ reader: inout ObjectReader, _ request: inout RequestID?
    ) throws(Rejection) -> ClientFrame {
        let type = try reader.string("type")
        switch type {
        case "hello":
            let hello = try readHello(&reader)
            try reader.finish()
            return .hello(hello)
        case "command":
            let id: CommandID = try reader.identifier("id")
            request = .command(id)
            let command = try readCommand(&reader)
            try reader.finish()
            return .command(id, command)
        case "vote":
            let question: QuestionID = try reader.identifier("question")
            let counter = try reader.int("counter")
            request = .vote(question, counter: counter)
            let on = try reader.bool("on")
            guard counter >= 1, counter <= 1_000_000_000 else {
                throw Rejection(.badValue, field: "counter")
            }
            try reader.finish()
            return .vote(question, on: on, counter: counter)
        case "suggest":
            let suggest = try readSuggest(&reader)
            try reader.finish()
            return suggest
        case "redeem":
            let id: CommandID = try reader.identifier("id")
            request = .command(id)
            let code = try reader.string("code")
            try reader.finish()
            return .redeem(id, code: code)
        case "forward", "room", "settle":
            return try readUplink(type, &reader)
        case "beat":
            try reader.finish()
            return .beat
        case let type:
            let frame = try readTogether(type, &reader, &request)
            try reader.finish()
            return frame
        }
    }

    private static func readSuggest(_ reader: inout ObjectReader) throws(Rejection) -> ClientFrame {
        let request = try reader.int("r")
        guard request >= 1, request <= 1_000_000_000 else { throw Rejection(.badValue, field: "r") }
        let text = try reader.string("text")
        let talk: TalkID? = try reader.optionalSlug("talk")
        let limit = Limits.textMaximumRange.upperBound
        guard text.unicodeScalars.count <= limit else {
            throw Rejection(.badValue, field: "text", limit: limit)
        }
        return .suggest(request: request, text: text, talk: talk)
    }

    private static func readHello(_ reader: inout ObjectReader) throws(Rejection) -> Hello {
        guard try reader.int("version") == 1 else { throw Rejection(.versionUnknown) }
        guard let role = Role(rawValue: try reader.string("role")) else {
            throw Rejection(.roleRefused, field: "role")
        }
        var hello = Hello(role: role)
        hello.venue = try reader.optionalSlug("venue")
        hello.device = try reader.optionalString("device")
        hello.token = try reader.optionalString("token")
        hello.client = try reader.optionalString("client")
        hello.url = try reader.optionalString("url")
        guard hello.url.map(isAddress) != false else { throw Rejection(.badValue, field: "url") }
        if var position = try reader.optionalObject("position") {
            let epoch: Epoch = try position.identifier("epoch")
            let sequence = try position.int("sequence")
            guard sequence >= 0 else { throw Rejection(.badValue, field: "sequence") }
            try position.finish()
            hello.position = Position(epoch: epoch, sequence: sequence)
        }
        if let client = hello.client, client.unicodeScalars.count > Limits.clientNameMaximum {
            throw Rejection(.badValue, field: "client", limit: Limits.clientNameMaximum)
        }
        return hello
    }

    /// Scheme, name and perhaps a port: it becomes part of a header of every page, where nothing else may stand.
    private static func isAddress(_ url: String) -> Bool {
        guard url.utf8.count <= Limits.addressBytes, let scheme = ["http://", "https://"].first(where: url.hasPrefix)
        else { return false }
        let authority = url.utf8.dropFirst(scheme.utf8.count)
        return !authority.isEmpty
            && authority.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains(byte)
            }
    }

    static func readCommand(_ reader: inout ObjectReader) throws(Rejection) -> Command {
        let word = try reader.string("do")
        guard let kind = Command.Kind(rawValue: word) else {
            throw Rejection(.unknownType, field: "do")
        }
        switch kind {
        case .ask:
            return .ask(
                text: try reader.string("text"), name: try reader.optionalString("name"),
                talk: try reader.optionalSlug("talk"), spoken: try reader.optionalBool("spoken") ?? false)
        case .edit:
            return .edit(try reader.identifier("question"), text: try reader.string("text"))
        case .dismiss:
            return .dismiss(try reader.identifier("question"), try reader.word("reason"))
        case .takeLive:
            return .takeLive(
                try reader.identifier("question"),
                replacing: try reader.identifierOrNull("replacing"))
        case .withdraw: return .withdraw(try reader.identifier("question"))
        case .approve: return .approve(try reader.identifier("question"))
        case .restore: return .restore(try reader.identifier("question"))
        case .answer: return .answer(try reader.identifier("question"))
        case .putBack: return .putBack(try reader.identifier("question"))
        case .block: return .block(try reader.identifier("question"))
        case .unblock: return .unblock(try reader.identifier("question"))
        case .unite:
            return .unite(try reader.identifier("question"), into: try reader.identifier("into"))
        case .separate: return .separate(try reader.identifier("question"))
        case .distinguish:
            return .distinguish(try reader.identifier("question"), from: try reader.identifier("from"))
        case .startTalk: return .startTalk(try reader.slug("talk"))
        case .endTalk: return .endTalk(try reader.slug("talk"))
        case .pauseIntake: return .pauseIntake
        case .resumeIntake: return .resumeIntake
        case .closeEvent: return .closeEvent
        case .openEvent: return .openEvent
        case .setOrder: return .setOrder(try reader.word("order"))
        case .undo:
            if let id: CommandID = try reader.optionalIdentifier("command") { return .undoCommand(id) }
            return .undo(sequence: try reader.int("sequence"))
        case .pin: return .pin(try reader.identifier("question"))
        case .unpin: return .unpin(try reader.identifier("question"))
        case .ready: return .ready(try reader.identifier("question"), on: try reader.bool("on"))
        case .place:
            return .place(try reader.identifier("question"), before: try reader.identifierOrNull("before"))
        case .note, .say, .hand, .stage, .stageRead, .clearStage, .enter, .label, .bulk, .move, .startRehearsal,
            .endRehearsal, .amend:
            return try readTogether(kind, &reader)
        case .erase: return .erase(try reader.identifier("question"), try reader.word("what"))
        // Votes and codes have frames of their own; setup, tokens, flags and lines come from the hub's own door.
        case .vote, .configure, .addToken, .revokeToken, .flag, .setLine, .redeem, .issueCodes, .revokeCodes:
            throw Rejection(.unknownType, field: "do")
        }
    }

    /// The bytes of the frame; commands that have no frame are a programmer's mistake.
    public func encode() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .hello(let hello): Self.write(hello, &writer)
            case .command(let id, let command):
                writer.member("type", "command")
                writer.member("id", id.text)
                writer.member("do", command.kind.rawValue)
                Self.write(command, &writer)
            case .vote(let question, let on, let counter):
                writer.member("type", "vote")
                writer.member("question", question.text)
                writer.member("on", on)
                writer.member("counter", counter)
            case .suggest(let request, let text, let talk):
                writer.member("type", "suggest")
                writer.member("r", request)
                writer.member("text", text)
                writer.member(ifAny: "talk", talk?.text)
            case .forward, .room, .settle: writeUplink(&writer)
            case .claim, .mint, .tokens, .revoke: writeTogether(&writer)
            case .redeem(let id, let code):
                writer.member("type", "redeem")
                writer.member("id", id.text)
                writer.member("code", code)
            case .beat: writer.member("type", "beat")
            }
        }
        return writer.bytes
    }

    private static func write(_ hello: Hello, _ writer: inout JSONWriter) {
        writer.member("type", "hello")
        writer.member("version", 1)
        writer.member("role", hello.role.rawValue)
        writer.member(ifAny: "venue", hello.venue?.text)
        writer.member(ifAny: "device", hello.device)
        writer.member(ifAny: "token", hello.token)
        if let position = hello.position {
            writer.object("position") { writer in
                writer.member("epoch", position.epoch.text)
                writer.member("sequence", position.sequence)
            }
        }
        writer.member(ifAny: "client", hello.client)
        writer.member(ifAny: "url", hello.url)
    }

    static func write(_ command: Command, _ writer: inout JSONWriter) {
        switch command {
        case .ask(let text, let name, let talk, let spoken):
            writer.member("text", text)
            writer.member(ifAny: "name", name)
            writer.member(ifAny: "talk", talk?.text)
            if spoken { writer.member("spoken", true) }
        case .edit(let id, let text):
            writer.member("question", id.text)
            writer.member("text", text)
        case .dismiss(let id, let reason):
            writer.member("question", id.text)
            writer.member("reason", reason.rawValue)
        case .takeLive(let id, let replacing):
            writer.member("question", id.text)
            writer.member("replacing", replacing.map { .string($0.text) } ?? .null)
        case .withdraw(let id), .approve(let id), .restore(let id), .answer(let id),
            .putBack(let id), .block(let id), .unblock(let id), .separate(let id):
            writer.member("question", id.text)
        case .unite(let id, let into):
            writer.member("question", id.text)
            writer.member("into", into.text)
        case .distinguish(let id, let other):
            writer.member("question", id.text)
            writer.member("from", other.text)
        case .startTalk(let talk), .endTalk(let talk): writer.member("talk", talk.text)
        case .setOrder(let order): writer.member("order", order.rawValue)
        case .pin(let id), .unpin(let id): writer.member("question", id.text)
        case .ready(let id, let on):
            writer.member("question", id.text)
            writer.member("on", on)
        case .place(let id, let before):
            writer.member("question", id.text)
            writer.member("before", before.map { .string($0.text) } ?? .null)
        case .undo(let sequence): writer.member("sequence", sequence)
        case .undoCommand(let id): writer.member("command", id.text)
        case .pauseIntake, .resumeIntake, .closeEvent, .openEvent: break
        case .note, .say, .hand, .stage, .stageRead, .clearStage, .enter, .label, .bulk, .move, .startRehearsal,
            .endRehearsal, .amend:
            writeTogether(command, &writer)
        case .erase(let id, let part):
            writer.member("question", id.text)
            writer.member("what", part.rawValue)
        case .vote, .configure, .addToken, .revokeToken, .flag, .setLine, .redeem, .issueCodes, .revokeCodes:
            preconditionFailure("this command has no frame of its own")
        }
    }
}
