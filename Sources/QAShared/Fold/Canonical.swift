extension State {
    /// The state as bytes, the same for equal states whatever the process: what a state hash is taken of.
    public var canonicalBytes: [UInt8] {
        var writer = JSONWriter(reserving: 4_096 + questions.count * 256)
        writer.object { writer in
            writer.member("head", head)
            writer.member("time", time.milliseconds)
            if let setup { writer.object("setup") { $0.members(of: setup) } }
            if let fileSetup, fileSetup != setup { writer.object("file") { $0.members(of: fileSetup) } }
            if isRehearsing { writer.member("rehearsing", true) }
            if !channel.isEmpty {
                writer.array("channel") { writer in
                    for message in channel { writer.object { $0.members(of: message, text: { $0 }) } }
                }
            }
            if let stage { writer.object("stage") { $0.members(of: stage, text: { $0 }) } }
            writer.member("phase", phase.rawValue)
            writer.member("intake", intake)
            writer.member("order", order.rawValue)
            writer.array("talks") { writer in
                for talk in talkPhases.keys.sorted() {
                    writer.value("\(talk.text) \(talkPhase(talk).rawValue)")
                }
            }
            writer.array("questions") { writer in
                for question in questions { writer.object { $0.canonical(question) } }
            }
            writer.array("distinguished") { writer in
                for pair in distinguished.sorted() {
                    writer.value("\(pair.first.text) \(pair.second.text)")
                }
            }
            writer.member("live", live ?? 0)
            writer.array("blocked") { writer in
                for participant in blocked.sorted() { writer.value(participant.text) }
            }
            writer.array("tokens") { writer in
                for token in tokens { writer.value("\(token.id.text) \(token.revoked)") }
            }
            if !codes.batches.isEmpty { writer.object("codes") { $0.canonical(codes) } }
            writer.array("receipts") { writer in
                let sorted = receipts.sorted { $0.value.sequence < $1.value.sequence }
                for (id, receipt) in sorted {
                    writer.value("\(receipt.sequence) \(id.text) \(receipt.participant.text)")
                }
            }
            writer.array("queues") { writer in
                for talk in queues.keys.sorted() {
                    writer.value("\(talk.text) \(queues[talk]?.first(Int.max) ?? [])")
                }
            }
            writer.array("turns") { writer in
                for talk in queues.keys.sorted() {
                    for lane in queues[talk]?.lanes ?? [] {
                        writer.value("\(talk.text) \(lane.venue.text) \(lane.turns) \(lane.allowance)")
                    }
                }
            }
            writer.array("lines") { writer in
                for venue in lines.keys.sorted() {
                    writer.value("\(venue.text) \(lines[venue]?.milliseconds ?? 0)")
                }
            }
        }
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func canonical(_ question: Question) {
        member("id", question.id.text)
        member("talk", question.talk.text)
        member("venue", question.venue.text)
        member("asker", question.asker.text)
        member(ifAny: "name", question.name)
        member("text", question.text)
        member(ifAny: "original", question.original)
        object("status") { $0.members(of: question.status) }
        member("asked", question.asked.milliseconds)
        member("votes", question.votes)
        if question.wasLive { member("wasLive", true) }
        if let pinned = question.pinned { member("pinned", pinned) }
        if question.spoken { member("spoken", true) }
        if question.ready { member("ready", true) }
        member(ifAny: "held", question.held)
        if question.heard { member("heard", true) }
        if question.isTextErased { member("textErased", true) }
        if question.isNameErased { member("nameErased", true) }
        member(ifAny: "desk", question.desk?.text)
        if !question.labels.isEmpty {
            array("labels") { writer in question.labels.forEach { writer.value($0) } }
        }
        if !question.notes.isEmpty {
            array("notes") { writer in
                for note in question.notes { writer.object { $0.members(of: note, text: { $0 }) } }
            }
        }
        if let union = question.union { object("union") { $0.members(of: union) } }
        if !question.flags.isEmpty {
            array("flags") { writer in
                for flag in question.flags { writer.object { $0.members(of: flag) } }
            }
        }
        array("voters") { writer in
            for (participant, vote) in question.voters.sorted(by: { $0.key < $1.key }) {
                writer.value("\(participant.text) \(vote.counter) \(vote.on)")
            }
        }
    }
}
