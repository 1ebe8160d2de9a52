// How the changes of what moderators do together are written and read; their texts stand by reference like questions'.

extension JSONWriter {
    /// The members of such a change; any other is a programmer's mistake.
    mutating func members(ofTogether change: Change, text: (String) -> String) {
        switch change {
        case .noteAdded(let id, let note), .noteRemoved(let id, let note):
            if case .noteAdded = change { member("kind", "noteAdded") } else { member("kind", "noteRemoved") }
            member("question", id.text)
            object("note") { $0.members(of: note, text: text) }
        case .said(let message), .unsaid(let message):
            if case .said = change { member("kind", "said") } else { member("kind", "unsaid") }
            object("message") { $0.members(of: message, text: text) }
        case .handed(let id, let from, let to):
            member("kind", "handed")
            member("question", id.text)
            member(ifAny: "from", from?.text)
            member(ifAny: "to", to?.text)
        case .stageChanged(let from, let to):
            member("kind", "stageChanged")
            if let from { object("from") { $0.members(of: from, text: text) } }
            if let to { object("to") { $0.members(of: to, text: text) } }
        case .labelled(let id, let from, let to):
            member("kind", "labelled")
            member("question", id.text)
            array("from") { writer in from.forEach { writer.value($0) } }
            array("to") { writer in to.forEach { writer.value($0) } }
        case .talkMoved(let id, let from, let to):
            member("kind", "talkMoved")
            member("question", id.text)
            member("from", from.text)
            member("to", to.text)
        case .setupAmended(let from, let to):
            member("kind", "setupAmended")
            object("from") { $0.members(of: from) }
            object("to") { $0.members(of: to) }
        case .rehearsalWiped: member("kind", "rehearsalWiped")
        default: preconditionFailure("not something that moderators do together")
        }
    }

    mutating func members(of note: Note, text: (String) -> String) {
        member("id", note.id.text)
        member("by", note.by.text)
        member(ifAny: "venue", note.venue?.text)
        member("time", note.time.milliseconds)
        member("text", text(note.text))
    }

    mutating func members(of message: ChannelMessage, text: (String) -> String) {
        member("id", message.id.text)
        member("by", message.by.text)
        member("role", message.role.rawValue)
        member(ifAny: "venue", message.venue?.text)
        member("time", message.time.milliseconds)
        member("text", text(message.text))
        member(ifAny: "about", message.about?.text)
    }

    mutating func members(of message: StageMessage, text: (String) -> String) {
        member("id", message.id.text)
        member("by", message.by.text)
        member("role", message.role.rawValue)
        member(ifAny: "venue", message.venue?.text)
        member("text", text(message.text))
        member("sent", message.sent.milliseconds)
        if let read = message.read { member("read", read.milliseconds) }
    }
}

extension ObjectReader {
    /// The change of that kind; nil when it is none of these.
    mutating func together(_ kind: String, text: (String) -> String) throws(Rejection) -> Change? {
        switch kind {
        case "noteAdded", "noteRemoved":
            let id: QuestionID = try identifier("question")
            var reader = try object("note")
            let note = try reader.note(text)
            return kind == "noteAdded" ? .noteAdded(id, note) : .noteRemoved(id, note)
        case "said", "unsaid":
            var reader = try object("message")
            let message = try reader.channelMessage(text)
            return kind == "said" ? .said(message) : .unsaid(message)
        case "handed":
            return .handed(try identifier("question"), from: try optionalSlug("from"), to: try optionalSlug("to"))
        case "stageChanged":
            var (from, to): (StageMessage?, StageMessage?)
            if var reader = try optionalObject("from") { from = try reader.stageMessage(text) }
            if var reader = try optionalObject("to") { to = try reader.stageMessage(text) }
            return .stageChanged(from: from, to: to)
        case "labelled": return .labelled(try identifier("question"), from: try words("from"), to: try words("to"))
        case "talkMoved":
            return .talkMoved(try identifier("question"), from: try slug("from"), to: try slug("to"))
        case "setupAmended":
            var from = try object("from")
            var to = try object("to")
            return .setupAmended(from: try from.eventSetup(), to: try to.eventSetup())
        case "rehearsalWiped": return .rehearsalWiped
        default: return nil
        }
    }

    private mutating func note(_ text: (String) -> String) throws(Rejection) -> Note {
        Note(
            id: try identifier("id"), by: try identifier("by"), venue: try optionalSlug("venue"),
            time: Timestamp(milliseconds: try int("time")), text: text(try string("text")))
    }

    private mutating func channelMessage(_ text: (String) -> String) throws(Rejection) -> ChannelMessage {
        ChannelMessage(
            id: try identifier("id"), by: try identifier("by"), role: try word("role"),
            venue: try optionalSlug("venue"), time: Timestamp(milliseconds: try int("time")),
            text: text(try string("text")), about: try optionalIdentifier("about"))
    }

    private mutating func stageMessage(_ text: (String) -> String) throws(Rejection) -> StageMessage {
        StageMessage(
            id: try identifier("id"), by: try identifier("by"), role: try word("role"),
            venue: try optionalSlug("venue"), text: text(try string("text")),
            sent: Timestamp(milliseconds: try int("sent")),
            read: try optionalInt("read").map { Timestamp(milliseconds: $0) })
    }
}
