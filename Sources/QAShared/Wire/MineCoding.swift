// How one device is told of its own questions and votes.

extension JSONWriter {
    mutating func members(of mine: Mine) {
        member("type", "mine")
        member("whole", mine.whole)
        if let code = mine.code { member("code", code) }
        array("questions") { writer in
            for own in mine.questions {
                writer.object { writer in
                    writer.member("id", own.id.text)
                    writer.member("number", own.number)
                    writer.member("talk", own.talk.text)
                    writer.member("status", own.status)
                    writer.member("text", own.text)
                    writer.member("votes", own.votes)
                    writer.member(ifAny: "reason", own.reason)
                    writer.member("asked", own.asked.milliseconds)
                    writer.member(ifAny: "fate", own.fate)
                    writer.member(ifAny: "into", own.into?.text)
                    writer.member(ifAny: "intoText", own.intoText)
                    if own.unconfirmed { writer.member("unconfirmed", true) }
                    if own.held { writer.member("held", true) }
                    if own.erased { writer.member("erased", true) }
                    if own.spoken { writer.member("spoken", true) }
                    if own.near { writer.member("near", true) }
                    if own.ready { writer.member("ready", true) }
                }
            }
        }
        array("votes") { writer in
            for vote in mine.votes {
                writer.array { writer in
                    writer.value(vote.question.text)
                    writer.value(vote.counter)
                    writer.value(vote.on)
                    if vote.into != nil || vote.unconfirmed {
                        writer.value(vote.into.map { .string($0.text) } ?? .null)
                    }
                    if vote.unconfirmed { writer.value(true) }
                }
            }
        }
    }
}

extension ObjectReader {
    mutating func mine() throws(Rejection) -> Mine {
        var mine = Mine(whole: try bool("whole"))
        mine.code = try optionalBool("code")
        mine.questions = try array("questions").each { reader throws(Rejection) in
            try reader.own()
        }
        for vote in try array("votes") {
            guard case .array(let parts) = vote, parts.count >= 3,
                case .integer(let counter) = parts[1], case .bool(let on) = parts[2]
            else { throw Rejection(.wrongType, field: "votes") }
            let into = parts.dropFirst(3).prefix(1).filter { $0 != .null }
            let ids: [QuestionID] = try Self.identifiers([parts[0]] + into)
            mine.votes.append(
                Mine.OwnVote(
                    question: ids[0], counter: counter, on: on, into: ids.count > 1 ? ids[1] : nil,
                    unconfirmed: parts.count > 4 && parts[4] == .bool(true)))
        }
        return mine
    }

    private mutating func own() throws(Rejection) -> Mine.Own {
        var own = Mine.Own(
            id: try identifier("id"), number: try int("number"), talk: try slug("talk"),
            status: try string("status"), text: try string("text"), votes: try int("votes"),
            reason: try optionalString("reason"), asked: Timestamp(milliseconds: try int("asked")))
        own.fate = try optionalString("fate")
        own.into = try optionalIdentifier("into")
        own.intoText = try optionalString("intoText")
        own.unconfirmed = try optionalBool("unconfirmed") ?? false
        own.held = try optionalBool("held") ?? false
        own.spoken = try optionalBool("spoken") ?? false
        own.near = try optionalBool("near") ?? false
        own.erased = try optionalBool("erased") ?? false
        own.ready = try optionalBool("ready") ?? false
        return own
    }
}
