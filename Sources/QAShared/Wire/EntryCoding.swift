// How entries are written: for the log, where texts stand by reference, and for whoever follows the log.

/// Writes and reads entries as JSON, with each text of a person passed through a function.
///
/// A log keeps texts beside the entries: it writes a reference in place of each text and reads the text
/// back by it, so that one text can be erased while the entries stay as they are.
public enum EntryCoding {
    /// The entry's one form: the same entry always gives the same bytes.
    public static func encode(_ entry: Entry, text: (String) -> String = { $0 }) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("sequence", entry.sequence)
            writer.member("time", entry.time.milliseconds)
            writer.member("role", entry.actor.role.rawValue)
            writer.member(ifAny: "venue", entry.actor.venue?.text)
            writer.member("by", entry.actor.participant.text)
            writer.member(ifAny: "id", entry.commandID?.text)
            writer.array("changes") { writer in
                for change in entry.changes { write(change, &writer, text) }
            }
        }
        return writer.bytes
    }

    /// Reads an entry; `text` gives the text for a reference. Unknown kinds of change are kept as they stand.
    public static func decode(
        _ bytes: [UInt8], text: (String) -> String = { $0 }
    ) throws(Rejection) -> Entry {
        let json: JSON
        do {
            json = try JSON.parse(bytes)
        } catch {
            throw Rejection(.malformed)
        }
        var reader = try ObjectReader(json)
        let actor = Actor(
            role: try reader.word("role"), venue: try reader.optionalSlug("venue"),
            participant: try reader.identifier("by"))
        var entry = Entry(
            sequence: try reader.int("sequence"),
            time: Timestamp(milliseconds: try reader.int("time")), actor: actor,
            commandID: try reader.optionalIdentifier("id"), changes: [])
        for json in try reader.array("changes") { entry.changes.append(try read(json, text)) }
        return entry
    }

    // MARK: Writing

    private static func write(
        _ change: Change, _ writer: inout JSONWriter, _ text: (String) -> String
    ) {
        if case .unknown(_, let body) = change {
            writer.value((try? JSON.parse(body)) ?? .null)
            return
        }
        writer.object { writer in
            switch change {
            case .eventConfigured(let setup):
                writer.member("kind", "eventConfigured")
                writer.object("setup") { $0.members(of: setup) }
            case .questionAsked(let asked):
                writer.member("kind", "questionAsked")
                writer.member("number", asked.number)
                writer.member("talk", asked.talk.text)
                writer.member("text", text(asked.text))
                writer.member(ifAny: "name", asked.name.map(text))
                writer.member("approved", asked.approved)
                if asked.spoken { writer.member("spoken", true) }
                writer.member(ifAny: "venue", asked.venue?.text)
                if asked.heard { writer.member("heard", true) }
                writer.member(ifAny: "held", asked.held.map(text))
            case .statusChanged(let id, let from, let to):
                writer.member("kind", "statusChanged")
                writer.member("question", id.text)
                writer.object("from") { $0.members(of: from) }
                writer.object("to") { $0.members(of: to) }
            case .textEdited(let id, let from, let to):
                writer.member("kind", "textEdited")
                writer.member("question", id.text)
                writer.member("from", text(from))
                writer.member("to", text(to))
            case .voted(let id, let on, let counter):
                writer.member("kind", "voted")
                writer.member("question", id.text)
                writer.member("on", on)
                writer.member("counter", counter)
            case .unionChanged, .pairDistinguished, .duplicatesFlagged:
                writer.members(ofDuplicates: change)
            case .handChanged, .placed, .pinChanged, .turnChanged, .lineChanged, .floorReady:
                writer.members(ofQueue: change)
            case .noteAdded, .noteRemoved, .said, .unsaid, .handed, .stageChanged, .labelled, .talkMoved,
                .setupAmended, .rehearsalWiped:
                writer.members(ofTogether: change, text: text)
            case .erased(let id, let part):
                writer.member("kind", "erased")
                writer.member("question", id.text)
                writer.member("what", part.rawValue)
            case .codesIssued, .codeUsed, .codesRevoked: writer.members(ofCodes: change)
            default: writeRule(change, &writer)
            }
        }
    }

    private static func writeRule(_ change: Change, _ writer: inout JSONWriter) {
        switch change {
        case .participantBlocked(let participant, let from, let to):
            writer.member("kind", "participantBlocked")
            writer.member("participant", participant.text)
            writer.member("from", from)
            writer.member("to", to)
        case .talkChanged(let talk, let from, let to):
            writer.member("kind", "talkChanged")
            writer.member("talk", talk.text)
            writer.member("from", from.rawValue)
            writer.member("to", to.rawValue)
        case .intakeChanged(let from, let to):
            writer.member("kind", "intakeChanged")
            writer.member("from", from)
            writer.member("to", to)
        case .phaseChanged(let from, let to):
            writer.member("kind", "phaseChanged")
            writer.member("from", from.rawValue)
            writer.member("to", to.rawValue)
        case .orderChanged(let from, let to):
            writer.member("kind", "orderChanged")
            writer.member("from", from.rawValue)
            writer.member("to", to.rawValue)
        case .tokenAdded(let token):
            writer.member("kind", "tokenAdded")
            writer.member("id", token.id.text)
            writer.member("check", token.check.text)
            writer.member("role", token.role.rawValue)
            writer.member(ifAny: "venue", token.venue?.text)
            writer.member("label", token.label)
        case .tokenRevoked(let id):
            writer.member("kind", "tokenRevoked")
            writer.member("id", id.text)
        case .actionUndone(let sequence):
            writer.member("kind", "actionUndone")
            writer.member("sequence", sequence)
        case .eventConfigured, .questionAsked, .statusChanged, .textEdited, .voted, .unknown,
            .unionChanged, .pairDistinguished, .duplicatesFlagged,
            .handChanged, .placed, .pinChanged, .turnChanged, .lineChanged, .floorReady, .noteAdded, .noteRemoved,
            .said, .unsaid,
            .handed, .stageChanged, .labelled, .talkMoved, .setupAmended, .rehearsalWiped, .erased, .codesIssued,
            .codeUsed, .codesRevoked:
            preconditionFailure("written above")
        }
    }

    // MARK: Reading

    private static func read(
        _ json: JSON, _ text: (String) -> String
    ) throws(Rejection) -> Change {
        var reader = try ObjectReader(json)
        let kind = try reader.string("kind")
        switch kind {
        case "eventConfigured":
            var setup = try reader.object("setup")
            return .eventConfigured(try setup.eventSetup())
        case "questionAsked":
            return .questionAsked(
                AskedQuestion(
                    number: try reader.int("number"), talk: try reader.slug("talk"),
                    text: text(try reader.string("text")),
                    name: try reader.optionalString("name").map(text),
                    approved: try reader.bool("approved"), spoken: try reader.optionalBool("spoken") ?? false,
                    venue: try reader.optionalSlug("venue"),
                    heard: try reader.optionalBool("heard") ?? false,
                    held: try reader.optionalString("held").map(text)))
        case "statusChanged":
            var from = try reader.object("from")
            var to = try reader.object("to")
            return .statusChanged(
                try reader.identifier("question"), from: try from.status(), to: try to.status())
        case "textEdited":
            return .textEdited(
                try reader.identifier("question"), from: text(try reader.string("from")),
                to: text(try reader.string("to")))
        case "voted":
            return .voted(
                try reader.identifier("question"), on: try reader.bool("on"),
                counter: try reader.int("counter"))
        case "participantBlocked":
            return .participantBlocked(
                try reader.identifier("participant"), from: try reader.bool("from"),
                to: try reader.bool("to"))
        case "talkChanged":
            return .talkChanged(
                try reader.slug("talk"), from: try reader.word("from"), to: try reader.word("to"))
        case "intakeChanged":
            return .intakeChanged(from: try reader.bool("from"), to: try reader.bool("to"))
        case "phaseChanged":
            return .phaseChanged(from: try reader.word("from"), to: try reader.word("to"))
        case "orderChanged":
            return .orderChanged(from: try reader.word("from"), to: try reader.word("to"))
        case "tokenAdded": return .tokenAdded(try reader.accessToken())
        case "tokenRevoked": return .tokenRevoked(try reader.identifier("id"))
        case "erased": return .erased(try reader.identifier("question"), try reader.word("what"))
        case "actionUndone": return .actionUndone(sequence: try reader.int("sequence"))
        case "unionChanged": return try reader.unionChanged()
        case "pairDistinguished": return try reader.pairDistinguished()
        case "duplicatesFlagged": return try reader.duplicatesFlagged()
        case "handChanged", "placed", "pinChanged", "turnChanged", "lineChanged", "floorReady":
            return try reader.queueChange(kind)
        default:
            if let change = try reader.together(kind, text: text) { return change }
            if let change = try reader.codeChange(kind) { return change }
            var writer = JSONWriter()
            writer.value(json)
            return .unknown(kind: kind, body: writer.bytes)
        }
    }
}

extension JSONWriter {
    mutating func members(of status: Status) {
        member("status", status.word)
        switch status {
        case .dismissed(let reason): member("reason", reason.rawValue)
        case .merged(let founder): member("into", founder.text)
        case .pending, .approved, .live, .answered: break
        }
    }

    mutating func members(of setup: EventSetup) {
        member("id", setup.id)
        member("title", setup.title)
        array("languages") { writer in setup.languages.forEach { writer.value($0) } }
        member(ifAny: "date", setup.date)
        member(ifAny: "contact", setup.contact)
        if let signIn = setup.signIn { object("sign_in") { $0.members(of: signIn) } }
        if !setup.certificates.isEmpty {
            array("certificates") { writer in
                for holder in setup.certificates { writer.object { $0.members(of: holder) } }
            }
        }
        array("venues") { writer in
            for venue in setup.venues {
                writer.object { writer in
                    writer.member("id", venue.id.text)
                    writer.member("name", venue.name)
                    writer.member("place", venue.place)
                    if let latitude = venue.latitude { writer.member("latitude", latitude) }
                    if let longitude = venue.longitude { writer.member("longitude", longitude) }
                    writer.member("expected", venue.expected)
                }
            }
        }
        array("talks") { writer in
            for talk in setup.talks {
                writer.object { writer in
                    writer.member("id", talk.id.text)
                    writer.member("title", talk.title)
                    writer.member("speaker", talk.speaker)
                }
            }
        }
        member("moderated", setup.moderated)
        member("order", setup.order.rawValue)
        object("limits") { writer in
            let limits = setup.limits
            writer.member("text_minimum", limits.textMinimum)
            writer.member("text_maximum", limits.textMaximum)
            writer.member("words_minimum", limits.wordsMinimum)
            writer.member("word_maximum", limits.wordMaximum)
            writer.member("ask_burst", limits.askBurst)
            writer.member("ask_every_seconds", limits.askEverySeconds)
            writer.member("questions_maximum", limits.questionsMaximum)
        }
        member("retention_days", setup.retentionDays)
        member("floor", setup.floor)
        if setup.votes != .open { member("votes", setup.votes.rawValue) }
        if !setup.labels.isEmpty { array("labels") { writer in setup.labels.forEach { writer.value($0) } } }
        guard !setup.words.words.isEmpty else { return }
        array("words") { writer in setup.words.words.forEach { writer.value($0) } }
        if setup.words.refuses { member("refuses", true) }
    }
}

extension ObjectReader {
    fileprivate mutating func accessToken() throws(Rejection) -> AccessToken {
        AccessToken(
            id: try identifier("id"), check: try identifier("check"), role: try word("role"),
            venue: try optionalSlug("venue"), label: try string("label"))
    }

    mutating func status() throws(Rejection) -> Status {
        switch try string("status") {
        case "pending": return .pending
        case "approved": return .approved
        case "live": return .live
        case "answered": return .answered
        case "dismissed": return .dismissed(try word("reason"))
        case "merged": return .merged(into: try identifier("into"))
        default: throw Rejection(.badValue, field: "status")
        }
    }

    mutating func eventSetup() throws(Rejection) -> EventSetup {
        var languages: [String] = []
        for case .string(let language) in try array("languages") { languages.append(language) }
        var limits = EventLimits()
        var reader = try object("limits")
        limits.textMinimum = try reader.int("text_minimum")
        limits.textMaximum = try reader.int("text_maximum")
        limits.wordsMinimum = try reader.int("words_minimum")
        limits.wordMaximum = try reader.int("word_maximum")
        limits.askBurst = try reader.int("ask_burst")
        limits.askEverySeconds = try reader.int("ask_every_seconds")
        limits.questionsMaximum = try reader.int("questions_maximum")
        return EventSetup(
            id: try string("id"), title: try string("title"), languages: languages,
            date: try optionalString("date"),
            venues: try array("venues").each { reader throws(Rejection) in
                Venue(
                    id: try reader.slug("id"), name: try reader.string("name"),
                    place: try reader.string("place"),
                    latitude: try reader.optionalDouble("latitude"),
                    longitude: try reader.optionalDouble("longitude"),
                    expected: try reader.int("expected"))
            },
            talks: try array("talks").each { reader throws(Rejection) in
                Talk(
                    id: try reader.slug("id"), title: try reader.string("title"),
                    speaker: try reader.string("speaker"))
            },
            moderated: try bool("moderated"), order: try word("order"), limits: limits,
            retentionDays: try int("retention_days"), floor: try optionalBool("floor") ?? true,
            labels: try words("labels"),
            words: WordList(words: try words("words"), refuses: try optionalBool("refuses") ?? false),
            contact: try optionalString("contact"),
            certificates: try (optionalArray("certificates") ?? []).each { reader throws(Rejection) in
                try reader.certificateHolder()
            }, signIn: try optionalSignIn(), votes: try voteRule())
    }
}
