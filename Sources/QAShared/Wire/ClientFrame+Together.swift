// Frames of moderators who work together, and of the organiser.

extension ClientFrame {
    static func readTogether(
        _ type: String, _ reader: inout ObjectReader, _ request: inout RequestID?
    ) throws(Rejection) -> ClientFrame {
        switch type {
        case "claim": return .claim(try reader.identifierOrNull("question"))
        case "mint":
            let id: CommandID = try reader.identifier("id")
            request = .command(id)
            return .mint(
                id, role: try reader.word("role"), venue: try reader.optionalSlug("venue"),
                label: try reader.string("label"))
        case "tokens": return .tokens
        case "revoke":
            let id: CommandID = try reader.identifier("id")
            request = .command(id)
            return .revoke(id, tag: try reader.string("tag"))
        default: throw Rejection(.unknownType, field: "type")
        }
    }

    func writeTogether(_ writer: inout JSONWriter) {
        switch self {
        case .claim(let question):
            writer.member("type", "claim")
            writer.member("question", question.map { .string($0.text) } ?? .null)
        case .mint(let id, let role, let venue, let label):
            writer.member("type", "mint")
            writer.member("id", id.text)
            writer.member("role", role.rawValue)
            writer.member(ifAny: "venue", venue?.text)
            writer.member("label", label)
        case .tokens: writer.member("type", "tokens")
        case .revoke(let id, let tag):
            writer.member("type", "revoke")
            writer.member("id", id.text)
            writer.member("tag", tag)
        default: preconditionFailure("written elsewhere")
        }
    }

    // MARK: Commands

    static func readTogether(
        _ kind: Command.Kind, _ reader: inout ObjectReader
    ) throws(Rejection) -> Command {
        switch kind {
        case .note: return .note(try reader.identifier("question"), text: try reader.string("text"))
        case .say:
            return .say(text: try reader.string("text"), about: try reader.givenIdentifier("about"))
        case .hand: return .hand(try reader.identifier("question"), to: try reader.slug("to"))
        case .stage: return .stage(text: try reader.string("text"))
        case .stageRead: return .stageRead(try reader.identifier("message"))
        case .clearStage: return .clearStage
        case .enter:
            return .enter(
                text: try reader.string("text"), name: try reader.optionalString("name"),
                venue: try reader.slug("venue"), talk: try reader.optionalSlug("talk"),
                spoken: try reader.optionalBool("spoken") ?? false)
        case .label:
            return .label(try reader.identifier("question"), labels: try reader.texts("labels"))
        case .bulk: return try readBulk(&reader)
        case .move: return .move(try reader.identifier("question"), to: try reader.slug("talk"))
        case .startRehearsal: return .startRehearsal
        case .endRehearsal: return .endRehearsal
        case .amend: return .amend(try readAmendment(&reader))
        default: preconditionFailure("not something that moderators do together")
        }
    }

    private static func readBulk(_ reader: inout ObjectReader) throws(Rejection) -> Command {
        var ids: [QuestionID] = []
        for text in try reader.texts("questions") {
            guard let id = QuestionID(text: text) else { throw Rejection(.badValue, field: "questions") }
            ids.append(id)
        }
        switch try reader.string("what") {
        case "approve": return .bulk(ids, .approve)
        case "dismiss": return .bulk(ids, .dismiss(try reader.word("reason")))
        case "restore": return .bulk(ids, .restore)
        case "answer": return .bulk(ids, .answer)
        default: throw Rejection(.badValue, field: "what")
        }
    }

    private static func readAmendment(_ reader: inout ObjectReader) throws(Rejection) -> SetupAmendment {
        var amendment = SetupAmendment()
        amendment.title = try reader.optionalString("title")
        amendment.moderated = try reader.optionalBool("moderated")
        amendment.floor = try reader.optionalBool("floor")
        if var limits = try reader.optionalObject("limits") {
            var values: [EventLimit: Int] = [:]
            for name in EventLimit.allCases {
                if let value = try limits.optionalInt(name.rawValue) { values[name] = value }
            }
            try limits.finish()
            amendment.limits = values
        }
        if let talks = try reader.optionalArray("talks") {
            amendment.talks = try talks.each { reader throws(Rejection) in
                let talk = Talk(
                    id: try reader.slug("id"), title: try reader.string("title"),
                    speaker: try reader.string("speaker"))
                try reader.finish()
                return talk
            }
        }
        return amendment
    }

    static func writeTogether(_ command: Command, _ writer: inout JSONWriter) {
        switch command {
        case .note(let id, let text):
            writer.member("question", id.text)
            writer.member("text", text)
        case .say(let text, let about):
            writer.member("text", text)
            writer.member(ifAny: "about", about?.text)
        case .hand(let id, let venue):
            writer.member("question", id.text)
            writer.member("to", venue.text)
        case .stage(let text): writer.member("text", text)
        case .stageRead(let id): writer.member("message", id.text)
        case .enter(let text, let name, let venue, let talk, let spoken):
            writer.member("text", text)
            writer.member(ifAny: "name", name)
            writer.member("venue", venue.text)
            writer.member(ifAny: "talk", talk?.text)
            if spoken { writer.member("spoken", true) }
        case .label(let id, let labels):
            writer.member("question", id.text)
            writer.array("labels") { writer in labels.forEach { writer.value($0) } }
        case .bulk(let ids, let what):
            writer.array("questions") { writer in ids.forEach { writer.value($0.text) } }
            writer.member("what", what.word)
            if case .dismiss(let reason) = what { writer.member("reason", reason.rawValue) }
        case .move(let id, let talk):
            writer.member("question", id.text)
            writer.member("talk", talk.text)
        case .amend(let amendment): write(amendment, &writer)
        case .clearStage, .startRehearsal, .endRehearsal: break
        default: preconditionFailure("not something that moderators do together")
        }
    }

    private static func write(_ amendment: SetupAmendment, _ writer: inout JSONWriter) {
        writer.member(ifAny: "title", amendment.title)
        if let moderated = amendment.moderated { writer.member("moderated", moderated) }
        if let floor = amendment.floor { writer.member("floor", floor) }
        if let limits = amendment.limits {
            writer.object("limits") { writer in
                for name in EventLimit.allCases {
                    if let value = limits[name] { writer.member(name.rawValue, value) }
                }
            }
        }
        if let talks = amendment.talks {
            writer.array("talks") { writer in
                for talk in talks {
                    writer.object { writer in
                        writer.member("id", talk.id.text)
                        writer.member("title", talk.title)
                        writer.member("speaker", talk.speaker)
                    }
                }
            }
        }
    }
}

extension ObjectReader {
    /// Nil when absent; `null` is a wrong type.
    fileprivate mutating func givenIdentifier<Kind>(_ key: String) throws(Rejection) -> Identifier<Kind>? {
        guard let text = try optionalString(key) else { return nil }
        guard let id = Identifier<Kind>(text: text) else { throw Rejection(.badValue, field: key) }
        return id
    }

    /// A list of texts that must be there.
    fileprivate mutating func texts(_ key: String) throws(Rejection) -> [String] {
        var texts: [String] = []
        for json in try array(key) {
            guard case .string(let text) = json else { throw Rejection(.wrongType, field: key) }
            texts.append(text)
        }
        return texts
    }
}
