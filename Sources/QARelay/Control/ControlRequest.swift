import QAShared

/// What the command line asks of an event, whether its hub runs or not.
enum ControlRequest: Equatable, Sendable {
    case newToken(role: Role, venue: VenueID?, label: String)
    case revokeToken(tag: String)
    case listTokens
    case verify
    /// Copies the log as it is now into a new file; an absolute path.
    case backup(path: String)
    /// At a venue's relay: how it stands, or its line let go and taken up again on purpose.
    case line(LineWish)
    /// What moderators decided of pairs of questions.
    case labels
    case startRehearsal
    /// Takes everything away that was asked and done since it began.
    case endRehearsal(confirmed: Bool)
    /// Whether anything is taken at all.
    case closeEvent
    case openEvent
    case export(Export.Choice)
    /// Takes words of a question away for good; its number or id.
    case erase(question: String, ErasedPart)
    /// Makes one-time codes; the answer's first line is the batch and where phones reach the hub, the second what
    /// they are for, the others the codes.
    case newCodes(count: Int, venue: VenueID?)
    case listCodes
    /// Takes back what nobody used of a batch.
    case revokeCodes(batch: String)

    /// Whether it changes what all venues share.
    var isTheHubs: Bool {
        switch self {
        case .newToken, .revokeToken, .startRehearsal, .endRehearsal: true
        default: false
        }
    }

    func encode() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .newToken(let role, let venue, let label):
                writer.member("do", "new_token")
                writer.member("role", role.rawValue)
                writer.member(ifAny: "venue", venue?.text)
                writer.member("label", label)
            case .revokeToken(let tag):
                writer.member("do", "revoke_token")
                writer.member("token", tag)
            case .listTokens: writer.member("do", "list_tokens")
            case .verify: writer.member("do", "verify")
            case .backup(let path):
                writer.member("do", "backup")
                writer.member("path", path)
            case .labels: writer.member("do", "labels")
            case .line(let wish):
                writer.member("do", "line")
                writer.member("wish", wish.rawValue)
            case .startRehearsal: writer.member("do", "start_rehearsal")
            case .endRehearsal(let confirmed):
                writer.member("do", "end_rehearsal")
                writer.member("confirmed", confirmed)
            case .closeEvent: writer.member("do", "close_event")
            case .openEvent: writer.member("do", "open_event")
            case .export(let choice):
                writer.member("do", "export")
                writer.member("format", choice.format.rawValue)
                writer.member(ifAny: "what", choice.what?.rawValue)
            case .erase(let question, let part):
                writer.member("do", "erase")
                writer.member("question", question)
                writer.member("what", part.rawValue)
            case .newCodes(let count, let venue):
                writer.member("do", "new_codes")
                writer.member("count", count)
                writer.member(ifAny: "venue", venue?.text)
            case .listCodes: writer.member("do", "list_codes")
            case .revokeCodes(let batch):
                writer.member("do", "revoke_codes")
                writer.member("batch", batch)
            }
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(Rejection) -> ControlRequest {
        let json: JSON
        do {
            json = try JSON.parse(bytes)
        } catch {
            throw Rejection(.malformed)
        }
        var reader = try ObjectReader(json)
        let request: ControlRequest
        switch try reader.string("do") {
        case "new_token":
            request = .newToken(
                role: try reader.word("role"), venue: try reader.optionalSlug("venue"),
                label: try reader.string("label"))
        case "revoke_token": request = .revokeToken(tag: try reader.string("token"))
        case "list_tokens": request = .listTokens
        case "verify": request = .verify
        case "backup": request = .backup(path: try reader.string("path"))
        case "labels": request = .labels
        case "line": request = .line(try reader.word("wish"))
        case "start_rehearsal": request = .startRehearsal
        case "end_rehearsal": request = .endRehearsal(confirmed: try reader.bool("confirmed"))
        case "close_event": request = .closeEvent
        case "open_event": request = .openEvent
        case "export":
            let format: Export.Format = try reader.word("format")
            let what = try reader.optionalString("what").map { text throws(Rejection) in
                guard let what = Export.Part(rawValue: text) else { throw Rejection(.badValue, field: "what") }
                return what
            }
            request = .export(Export.Choice(format: format, what: what))
        case "erase": request = .erase(question: try reader.string("question"), try reader.word("what"))
        case "new_codes":
            request = .newCodes(count: try reader.int("count"), venue: try reader.optionalSlug("venue"))
        case "list_codes": request = .listCodes
        case "revoke_codes": request = .revokeCodes(batch: try reader.string("batch"))
        default: throw Rejection(.unknownType, field: "do")
        }
        try reader.finish()
        return request
    }
}

/// What is wanted of a relay's line.
enum LineWish: String, CaseIterable, Sendable {
    case show, cut, join, toggle
}

/// What the command line is told.
struct ControlAnswer: Equatable, Sendable {
    var isGood: Bool
    /// For people, one thing a line; of an export, its lines.
    var lines: [String]

    static func good(_ lines: [String]) -> ControlAnswer { ControlAnswer(isGood: true, lines: lines) }
    static func bad(_ line: String) -> ControlAnswer { ControlAnswer(isGood: false, lines: [line]) }

    func encode() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("good", isGood)
            writer.array("lines") { writer in lines.forEach { writer.value($0) } }
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(Rejection) -> ControlAnswer {
        guard let json = try? JSON.parse(bytes) else { throw Rejection(.malformed) }
        var reader = try ObjectReader(json)
        var lines: [String] = []
        for case .string(let line) in try reader.array("lines") { lines.append(line) }
        return ControlAnswer(isGood: try reader.bool("good"), lines: lines)
    }
}
