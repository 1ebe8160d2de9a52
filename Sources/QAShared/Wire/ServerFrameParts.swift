// How the parts of the hub's frames are written and read.

extension JSONWriter {
    mutating func members(of request: RequestID) {
        switch request {
        case .command(let id): member("id", id.text)
        case .vote(let question, let counter):
            member("question", question.text)
            member("counter", counter)
        }
    }

    mutating func members(of rejection: Rejection) {
        member("code", rejection.code.rawValue)
        member(ifAny: "field", rejection.field)
        if let limit = rejection.limit { member("limit", limit) }
        member("retry", rejection.retryAfter == nil ? "never" : "after")
        if let after = rejection.retryAfter { member("after", after) }
    }

    mutating func members(of welcome: Welcome) {
        member("type", "welcome")
        member("version", 1)
        member("epoch", welcome.epoch.text)
        member("head", welcome.head)
        member("role", welcome.role.rawValue)
        member(ifAny: "venue", welcome.venue?.text)
        member(ifAny: "device", welcome.device)
        member("by", welcome.by)
        member("resumed", welcome.resumed)
        member("time", welcome.time.milliseconds)
        object("limits") { writer in
            writer.member("text_minimum", welcome.limits.textMinimum)
            writer.member("text_maximum", welcome.limits.textMaximum)
            writer.member("words_minimum", welcome.limits.wordsMinimum)
            writer.member("word_maximum", welcome.limits.wordMaximum)
            writer.member("name_maximum", Limits.nameMaximum)
            writer.member("frame_bytes", Limits.frameBytes)
        }
        if welcome.votes != .open { member("votes", welcome.votes.rawValue) }
        member(ifAny: "elsewhere", welcome.elsewhere)
        member(ifAny: "software", welcome.software)
        if let keys = welcome.keys { object("keys") { $0.members(of: keys) } }
    }

    mutating func members(of delta: Delta) {
        member("type", "delta")
        member("from", delta.from)
        member("to", delta.to)
        member("part", delta.part)
        member("more", delta.more)
        if let event = delta.event { object("event") { $0.members(of: event) } }
        if let counts = delta.counts {
            array("counts") { writer in
                for count in counts { writer.object { $0.members(of: count) } }
            }
        }
        if let turns = delta.turns {
            array("turns") { writer in
                for item in turns { writer.object { $0.members(of: item) } }
            }
        }
        if let live = delta.live {
            object("live") { $0.member("id", live.map { .string($0.text) } ?? .null) }
        }
        if let queue = delta.queue {
            array("queue") { writer in queue.forEach { writer.value($0.text) } }
        }
        if let actions = delta.actions {
            array("actions") { writer in
                for action in actions { writer.object { $0.members(of: action) } }
            }
        }
        togetherMembers(of: delta)
        if !delta.upserts.isEmpty {
            array("upserts") { writer in
                for card in delta.upserts { writer.object { $0.members(of: card) } }
            }
        }
        if !delta.removes.isEmpty {
            array("removes") { writer in delta.removes.forEach { writer.value($0.text) } }
        }
        if !delta.tallies.isEmpty {
            array("tallies") { writer in
                for tally in delta.tallies {
                    writer.array { writer in
                        writer.value(tally.id.text)
                        writer.value(tally.votes)
                    }
                }
            }
        }
    }

    mutating func members(of event: EventInfo) {
        member("id", event.id)
        member("title", event.title)
        array("languages") { writer in event.languages.forEach { writer.value($0) } }
        array("venues") { writer in
            for venue in event.venues {
                writer.object { writer in
                    writer.member("id", venue.id.text)
                    writer.member("name", venue.name)
                    writer.member("place", venue.place)
                    if let cut = venue.cut { writer.member("cut", cut.milliseconds) }
                }
            }
        }
        array("talks") { writer in
            for talk in event.talks {
                writer.object { writer in
                    writer.member("id", talk.id.text)
                    writer.member("title", talk.title)
                    writer.member("speaker", talk.speaker)
                    writer.member("phase", talk.phase.rawValue)
                }
            }
        }
        member("talk", event.talk.map { .string($0.text) } ?? .null)
        member("phase", event.phase.rawValue)
        member("intake", event.intake)
        member("moderated", event.moderated)
        member("order", event.order.rawValue)
        member("floor", event.floor)
        if event.votes != .open { member("votes", event.votes.rawValue) }
        if !event.labels.isEmpty { array("labels") { writer in event.labels.forEach { writer.value($0) } } }
    }

    mutating func members(of counts: VenueCounts) {
        member("venue", counts.venue.text)
        member("received", counts.received)
        member("pending", counts.pending)
        member("shown", counts.shown)
        member("answered", counts.answered)
        member("dismissed", counts.dismissed)
    }

    mutating func members(of item: VenueTurns) {
        member("venue", item.venue.text)
        member("turns", item.turns)
    }

    mutating func members(of action: ActionInfo) {
        member("sequence", action.sequence)
        member("time", action.time.milliseconds)
        member("role", action.role.rawValue)
        member(ifAny: "venue", action.venue?.text)
        member("by", action.by)
        member("what", action.what)
        if let number = action.number { member("number", number) }
        member(ifAny: "talk", action.talk?.text)
        if action.undone { member("undone", true) }
    }
}

extension ObjectReader {
    mutating func request() throws(Rejection) -> RequestID? {
        if let id: CommandID = try optionalIdentifier("id") { return .command(id) }
        guard let question: QuestionID = try optionalIdentifier("question") else { return nil }
        return .vote(question, counter: try int("counter"))
    }

    mutating func rejection() throws(Rejection) -> Rejection {
        // A code of a newer hub is still a refusal.
        let code = Rejection.Code(rawValue: try string("code")) ?? .notAllowed
        return Rejection(
            code, field: try optionalString("field"), limit: try optionalInt("limit"),
            retryAfter: try optionalInt("after"))
    }

    mutating func welcome() throws(Rejection) -> Welcome {
        var limits = EventLimits()
        if var reader = try optionalObject("limits") {
            limits.textMinimum = try reader.int("text_minimum")
            limits.textMaximum = try reader.int("text_maximum")
            limits.wordsMinimum = try reader.int("words_minimum")
            limits.wordMaximum = try reader.int("word_maximum")
        }
        var welcome = Welcome(
            epoch: try identifier("epoch"), head: try int("head"), role: try word("role"),
            venue: try optionalSlug("venue"), device: try optionalString("device"),
            by: try optionalString("by") ?? "", resumed: try bool("resumed"),
            time: Timestamp(milliseconds: try int("time")), limits: limits)
        welcome.votes = try optionalString("votes") == nil ? .open : .codes
        welcome.elsewhere = try optionalString("elsewhere")
        welcome.software = try optionalString("software")
        if var keys = try optionalObject("keys") { welcome.keys = try keys.relayKeys() }
        return welcome
    }

    mutating func delta() throws(Rejection) -> Delta {
        var delta = Delta(from: try int("from"), to: try int("to"))
        delta.part = try optionalInt("part") ?? 0
        delta.more = try optionalBool("more") ?? false
        if var event = try optionalObject("event") { delta.event = try event.eventInfo() }
        if let counts = try optionalArray("counts") {
            delta.counts = try counts.each { reader throws(Rejection) in try reader.venueCounts() }
        }
        if let turns = try optionalArray("turns") {
            delta.turns = try turns.each { reader throws(Rejection) in
                VenueTurns(venue: try reader.slug("venue"), turns: try reader.int("turns"))
            }
        }
        if var live = try optionalObject("live") {
            delta.live = .some(try live.optionalIdentifier("id"))
        }
        if let queue = try optionalArray("queue") { delta.queue = try Self.identifiers(queue) }
        if let actions = try optionalArray("actions") {
            delta.actions = try actions.each { reader throws(Rejection) in try reader.action() }
        }
        try readTogether(&delta)
        delta.upserts = try (optionalArray("upserts") ?? []).each { reader throws(Rejection) in
            try reader.card()
        }
        delta.removes = try Self.identifiers(optionalArray("removes") ?? [])
        for tally in try optionalArray("tallies") ?? [] {
            guard case .array(let pair) = tally, pair.count >= 2, case .integer(let votes) = pair[1]
            else { throw Rejection(.wrongType, field: "tallies") }
            let ids: [QuestionID] = try Self.identifiers([pair[0]])
            delta.tallies.append(Delta.Tally(id: ids[0], votes: votes))
        }
        return delta
    }

    static func identifiers<Kind>(
        _ values: [JSON]
    ) throws(Rejection) -> [Identifier<Kind>] {
        var ids: [Identifier<Kind>] = []
        for value in values {
            guard case .string(let text) = value, let id = Identifier<Kind>(text: text) else {
                throw Rejection(.badValue, field: "id")
            }
            ids.append(id)
        }
        return ids
    }

    mutating func eventInfo() throws(Rejection) -> EventInfo {
        var languages: [String] = []
        for case .string(let language) in try array("languages") { languages.append(language) }
        let venues = try array("venues").each { reader throws(Rejection) in
            EventInfo.VenueInfo(
                id: try reader.slug("id"), name: try reader.string("name"),
                place: try reader.string("place"), cut: try reader.optionalTime("cut"))
        }
        let talks = try array("talks").each { reader throws(Rejection) in
            EventInfo.TalkInfo(
                id: try reader.slug("id"), title: try reader.string("title"),
                speaker: try reader.string("speaker"), phase: try reader.word("phase"))
        }
        let talk: TalkID? = if case .string(let text) = take("talk") { TalkID(text) } else { nil }
        return EventInfo(
            id: try string("id"), title: try string("title"), languages: languages,
            venues: venues, talks: talks, talk: talk, phase: try word("phase"),
            intake: try bool("intake"), moderated: try bool("moderated"),
            order: QueueOrder(rawValue: try string("order")) ?? .byVotes,
            floor: try optionalBool("floor") ?? false, labels: try words("labels"),
            // A rule of a newer hub is not for everybody's votes.
            votes: try optionalString("votes").map { VoteRule(rawValue: $0) ?? .codes } ?? .open)
    }

    mutating func venueCounts() throws(Rejection) -> VenueCounts {
        var counts = VenueCounts(venue: try slug("venue"))
        counts.received = try int("received")
        counts.pending = try int("pending")
        counts.shown = try int("shown")
        counts.answered = try int("answered")
        counts.dismissed = try int("dismissed")
        return counts
    }

    mutating func action() throws(Rejection) -> ActionInfo {
        ActionInfo(
            sequence: try int("sequence"), time: Timestamp(milliseconds: try int("time")),
            role: try word("role"), venue: try optionalSlug("venue"), by: try string("by"),
            what: try string("what"), number: try optionalInt("number"),
            talk: try optionalSlug("talk"), undone: try optionalBool("undone") ?? false)
    }
}
