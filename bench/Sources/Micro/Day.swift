import QAShared

/// An event with some questions and voters, and what is timed on it.
struct Day {
    private static let venues = ["granville", "agneaux", "cherbourg"].map { slug($0, VenueID.init) }
    private static let talk = slug("certificat", TalkID.init)
    private static let text = "Combien coûte un certificat électronique pour une petite commune du département ?"
    private static let questions = 200
    private static let voters = 1_000

    private var state = State()
    private var ledgers = Ledgers()
    private var ids: [QuestionID] = []
    private let venues: [VenueID]

    /// A day in so many venues, at most three.
    init(venues count: Int = 1) {
        venues = Array(Self.venues.prefix(count))
        let setup = EventSetup(
            id: "bench", title: "Une journée de mesures", languages: ["fr"],
            venues: venues.map { Venue(id: $0, name: "Granville", place: "Salle du conseil") },
            talks: [Talk(id: Self.talk, title: "Le certificat", speaker: "Un expert")], moderated: false,
            limits: EventLimits(questionsMaximum: 100_000))
        let house = Actor(role: .organiser, venue: nil, participant: ParticipantID(high: 1, low: 1))
        take(.eventConfigured(setup), house)
        for number in 0..<Self.questions { ask(number) }
        for voter in 0..<Self.voters { vote(voter, ids[voter * 7 % ids.count], counter: 1) }
    }

    private static func slug<Name>(_ text: String, _ make: (String) -> Name?) -> Name {
        guard let name = make(text) else { preconditionFailure("\(text) is no short name") }
        return name
    }

    private func phone(_ number: Int) -> Actor {
        Actor(
            role: .audience, venue: venues[number % venues.count],
            participant: ParticipantID(high: 7, low: UInt64(number)))
    }

    private mutating func take(_ change: Change, _ actor: Actor) {
        let entry = Entry(
            sequence: state.head + 1, time: Timestamp(milliseconds: 1_259_053_200_000), actor: actor, commandID: nil,
            changes: [change])
        ledgers.advance(state.apply(entry), state)
    }

    @discardableResult
    private mutating func submit(_ command: Command, _ id: CommandID, _ actor: Actor) -> Entry? {
        let stamped = StampedCommand(
            id: id, actor: actor, time: Timestamp(milliseconds: 1_259_053_200_000 + state.head), command: command)
        guard case .entry(let entry)? = try? state.decide(stamped) else {
            preconditionFailure("the command was not accepted")
        }
        ledgers.advance(state.apply(entry), state)
        return entry
    }

    @discardableResult
    private mutating func ask(_ number: Int) -> Entry? {
        let id = CommandID(high: 3, low: UInt64(number))
        ids.append(id.of())
        return submit(.ask(text: Self.text, name: nil, talk: nil), id, phone(100_000 + number))
    }

    @discardableResult
    private mutating func vote(_ voter: Int, _ question: QuestionID, counter: Int) -> Entry? {
        submit(
            .vote(question, on: counter % 2 == 1, counter: counter), CommandID(high: 0, low: 0),
            phone(voter))
    }

    var probes: [Probe] {
        foldProbes + Day(venues: 3).turnsProbes + Day(venues: 3).countsProbes + codecProbes + deltaProbes
    }

    // MARK: Decide, apply, remember

    private var foldProbes: [Probe] {
        var votes = self
        var counter = 1
        var asks = self
        var number = 1_000
        return [
            Probe(name: "vote", note: "decide + apply + ledgers of one vote, 200 questions") { count in
                for _ in 0..<count {
                    counter += 1
                    votes.vote(counter % Self.voters, votes.ids[counter % Self.questions], counter: counter)
                }
            },
            Probe(name: "ask", note: "decide + apply + ledgers of one question, among thousands") { count in
                // Beyond this the event would be full.
                if number + count > 90_000 { (asks, number) = (self, 1_000) }
                for _ in 0..<min(count, 80_000) {
                    number += 1
                    asks.ask(number)
                }
            },
        ]
    }

    private var turnsProbes: [Probe] {
        var votes = self
        var counter = 1
        return [
            Probe(name: "vote_three_venues", note: "the same vote, the venues take turns") { count in
                for _ in 0..<count {
                    counter += 1
                    votes.vote(counter % Self.voters, votes.ids[counter % Self.questions], counter: counter)
                }
            }
        ]
    }

    private var countsProbes: [Probe] {
        var day = self
        for number in 1_000..<20_800 { day.ask(number) }
        let state = day.state
        return [
            Probe(name: "day_counts", note: "the counts of the map of the day, 20,000 questions in three venues") {
                count in
                for _ in 0..<count { keep(state.dayCounts) }
            }
        ]
    }

    // MARK: Frames and entries

    private var codecProbes: [Probe] {
        let vote = ClientFrame.vote(ids[0], on: true, counter: 3).encode()
        let ask = ClientFrame.command(
            CommandID(high: 3, low: 9), .ask(text: Self.text, name: nil, talk: nil)
        ).encode()
        var copy = self
        let voted = copy.vote(0, ids[0], counter: 3)
        let asked = copy.ask(1_000)
        guard let voted, let asked else { return [] }
        let votedBytes = EntryCoding.encode(voted)
        let askedBytes = EntryCoding.encode(asked)
        func repeated(_ body: @escaping () -> Void) -> (Int) -> Void {
            { count in for _ in 0..<count { body() } }
        }
        return [
            Probe(
                name: "decode_vote_frame", note: "\(vote.count) bytes",
                run: repeated { keep(try? ClientFrame.decode(vote)) }),
            Probe(
                name: "decode_ask_frame", note: "\(ask.count) bytes",
                run: repeated { keep(try? ClientFrame.decode(ask)) }),
            Probe(
                name: "encode_ack", note: "of a vote",
                run: repeated { keep(ServerFrame.ack(.vote(ids[0], counter: 3), sequence: 99_999).encode()) }),
            Probe(
                name: "encode_vote_entry", note: "\(votedBytes.count) bytes",
                run: repeated { keep(EntryCoding.encode(voted)) }),
            Probe(
                name: "decode_vote_entry", note: "\(votedBytes.count) bytes",
                run: repeated { keep(try? EntryCoding.decode(votedBytes)) }),
            Probe(
                name: "encode_ask_entry", note: "\(askedBytes.count) bytes",
                run: repeated { keep(EntryCoding.encode(asked)) }),
            Probe(
                name: "decode_ask_entry", note: "\(askedBytes.count) bytes",
                run: repeated { keep(try? EntryCoding.decode(askedBytes)) }),
        ]
    }

    // MARK: Deltas

    private var deltaProbes: [Probe] {
        var copy = self
        let before = copy.state.head
        // A quarter of a second of a lively talk.
        for number in 0..<5 { copy.ask(2_000 + number) }
        for voter in 0..<50 { copy.vote(voter, copy.ids[voter * 3], counter: 9) }
        let (state, ledgers) = (copy.state, copy.ledgers)
        let delta = ledgers.delta(.audience, from: before, state)
        let whole = ledgers.delta(.audience, from: 0, state)
        func bytes(_ delta: Delta) -> Int { ServerFrame.delta(delta).encode().count }
        return [
            Probe(name: "make_delta", note: "audience: 5 new questions, 50 votes") { count in
                for _ in 0..<count { keep(ledgers.delta(.audience, from: before, state)) }
            },
            Probe(name: "encode_delta", note: "the same, \(bytes(delta)) bytes") { count in
                for _ in 0..<count { keep(ServerFrame.delta(delta).encode()) }
            },
            Probe(name: "make_whole_view", note: "audience: \(whole.upserts.count) cards") { count in
                for _ in 0..<count { keep(ledgers.delta(.audience, from: 0, state)) }
            },
            Probe(name: "encode_whole_view", note: "the same, \(bytes(whole)) bytes") { count in
                for _ in 0..<count { keep(ServerFrame.delta(whole).encode()) }
            },
        ]
    }
}
