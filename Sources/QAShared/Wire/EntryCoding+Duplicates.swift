// How the changes about duplicates are written and read; none of them holds a text.

extension JSONWriter {
    /// The members of a change about duplicates; any other is a programmer's mistake.
    mutating func members(ofDuplicates change: Change) {
        switch change {
        case .unionChanged(let id, let from, let to):
            member("kind", "unionChanged")
            member("question", id.text)
            if let from { object("from") { $0.members(of: from) } }
            if let to { object("to") { $0.members(of: to) } }
        case .pairDistinguished(let one, let other, let from, let to):
            member("kind", "pairDistinguished")
            member("question", one.text)
            member("other", other.text)
            member("from", from)
            member("to", to)
        case .duplicatesFlagged(let id, let flags):
            member("kind", "duplicatesFlagged")
            member("question", id.text)
            array("flags") { writer in
                for flag in flags { writer.object { $0.members(of: flag) } }
            }
        default: preconditionFailure("not a change about duplicates")
        }
    }

    mutating func members(of union: Union) {
        member("founder", union.founder.text)
        member("with", union.with.text)
        object("before") { $0.members(of: union.before) }
        member("automatic", union.automatic)
    }

    mutating func members(of flag: DuplicateFlag) {
        member("other", flag.other.text)
        member("level", flag.level.rawValue)
        array("reasons") { writer in flag.reasons.forEach { writer.value($0.rawValue) } }
        array("mine") { writer in flag.mine.forEach { writer.value($0) } }
        array("theirs") { writer in flag.theirs.forEach { writer.value($0) } }
    }
}

extension ObjectReader {
    mutating func unionChanged() throws(Rejection) -> Change {
        let id: QuestionID = try identifier("question")
        var from: Union?
        var to: Union?
        if var reader = try optionalObject("from") { from = try reader.union() }
        if var reader = try optionalObject("to") { to = try reader.union() }
        return .unionChanged(id, from: from, to: to)
    }

    mutating func pairDistinguished() throws(Rejection) -> Change {
        .pairDistinguished(
            try identifier("question"), try identifier("other"), from: try bool("from"), to: try bool("to"))
    }

    mutating func duplicatesFlagged() throws(Rejection) -> Change {
        let id: QuestionID = try identifier("question")
        let flags = try array("flags").each { reader throws(Rejection) in
            DuplicateFlag(
                other: try reader.identifier("other"), level: try reader.word("level"),
                reasons: try reader.reasons(), mine: try reader.integers("mine"),
                theirs: try reader.integers("theirs"))
        }
        return .duplicatesFlagged(id, flags)
    }

    private mutating func reasons() throws(Rejection) -> [FlagReason] {
        var reasons: [FlagReason] = []
        for json in try array("reasons") {
            guard case .string(let word) = json, let reason = FlagReason(rawValue: word) else {
                throw Rejection(.badValue, field: "reasons")
            }
            reasons.append(reason)
        }
        return reasons
    }

    mutating func union() throws(Rejection) -> Union {
        var before = try object("before")
        return Union(
            founder: try identifier("founder"), with: try identifier("with"),
            before: try before.status(), automatic: try bool("automatic"))
    }
}
