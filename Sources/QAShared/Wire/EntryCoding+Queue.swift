// How the changes of the queue's order are written and read.

extension JSONWriter {
    /// The members of a change of the queue; any other is a programmer's mistake.
    mutating func members(ofQueue change: Change) {
        switch change {
        case .handChanged(let talk, let from, let to):
            member("kind", "handChanged")
            member("talk", talk.text)
            array("from") { writer in from.forEach { writer.value($0) } }
            array("to") { writer in to.forEach { writer.value($0) } }
        case .placed(let id, let from, let to):
            member("kind", "placed")
            member("question", id.text)
            member(ifAny: "from", from?.text)
            member(ifAny: "to", to?.text)
        case .pinChanged(let id, let from, let to):
            member("kind", "pinChanged")
            member("question", id.text)
            if let from { member("from", from) }
            if let to { member("to", to) }
        case .turnChanged(let id, let from, let to):
            member("kind", "turnChanged")
            member("question", id.text)
            member("from", from)
            member("to", to)
        case .lineChanged(let venue, let from, let to):
            member("kind", "lineChanged")
            member("venue", venue.text)
            if let from { member("from", from.milliseconds) }
            if let to { member("to", to.milliseconds) }
        case .floorReady(let id, let from, let to):
            member("kind", "floorReady")
            member("question", id.text)
            member("from", from)
            member("to", to)
        default: preconditionFailure("not a change of the queue")
        }
    }
}

extension ObjectReader {
    /// Reads a change of the queue of the given kind.
    mutating func queueChange(_ kind: String) throws(Rejection) -> Change {
        switch kind {
        case "handChanged":
            return .handChanged(try slug("talk"), from: try integers("from"), to: try integers("to"))
        case "placed":
            return .placed(
                try identifier("question"), from: try optionalIdentifier("from"), to: try optionalIdentifier("to"))
        case "pinChanged":
            return .pinChanged(try identifier("question"), from: try optionalInt("from"), to: try optionalInt("to"))
        case "turnChanged":
            return .turnChanged(try identifier("question"), from: try bool("from"), to: try bool("to"))
        case "lineChanged":
            return .lineChanged(try slug("venue"), from: try optionalTime("from"), to: try optionalTime("to"))
        case "floorReady":
            return .floorReady(try identifier("question"), from: try bool("from"), to: try bool("to"))
        default: throw Rejection(.badValue, field: "kind")
        }
    }

    mutating func optionalTime(_ key: String) throws(Rejection) -> Timestamp? {
        try optionalInt(key).map(Timestamp.init(milliseconds:))
    }
}
