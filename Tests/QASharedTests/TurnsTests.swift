// Fairness between venues: what is a turn, who is next, and that nobody gains by silence or by a cut line.

import QATestKit
import Testing

@testable import QAShared

private let (granville, agneaux, cherbourg) = (Sample.granville, Sample.agneaux, Sample.cherbourg)

extension Day {
    /// A day whose questions are public at once and taken by turns.
    fileprivate static func byTurns() -> Day { Day(Sample.setup(moderated: false, order: .byTurns)) }

    fileprivate mutating func ask(_ venue: VenueID, _ count: Int = 1) throws -> [QuestionID] {
        try (0..<count).map { _ in
            try ask("Question \(state.questions.count), je vous prie ?", by: Person.phone(state.questions.count, venue))
        }
    }

    /// Takes the first of the queue; its venue.
    @discardableResult
    fileprivate mutating func takeNext() throws -> VenueID? {
        guard let first = state.queueShown.first.map(state.question(number:)) else { return nil }
        try send(.takeLive(first.id, replacing: state.liveQuestion?.id), by: Person.speaker)
        return first.venue
    }

    fileprivate mutating func takeNext(_ count: Int) throws -> [VenueID] {
        try (0..<count).compactMap { _ in try takeNext() }
    }

    fileprivate func turns(_ venue: VenueID) -> Int? { state.turnsShown.first { $0.venue == venue }?.turns }
}

@Suite struct TurnsTests {
    @Test func `a turn is a question that is live, or answered after having been`() throws {
        var day = Day.byTurns()
        let ids = try day.ask(agneaux, 6)
        try day.send(.answer(ids[0]), by: Person.speaker)
        #expect(day.turns(agneaux) == 0, "answered without having been live")
        try day.send(.takeLive(ids[1], replacing: nil), by: Person.speaker)
        #expect(day.turns(agneaux) == 1)
        try day.send(.putBack(ids[1]), by: Person.speaker)
        #expect(day.turns(agneaux) == 0, "skipped")
        try day.send(.answer(ids[1]), by: Person.speaker)
        #expect(day.turns(agneaux) == 0, "skipped, then answered in passing")
        try day.send(.takeLive(ids[2], replacing: nil), by: Person.speaker)
        try day.send(.dismiss(ids[2], .other), by: Person.chief)
        #expect(day.turns(agneaux) == 0, "dismissed")
        try day.send(.takeLive(ids[3], replacing: nil), by: Person.speaker)
        try day.send(.takeLive(ids[4], replacing: ids[3]), by: Person.speaker)
        #expect(day.turns(agneaux) == 2)
        try day.send(.restore(ids[3]), by: Person.chief)
        #expect(day.turns(agneaux) == 1, "it waits again")
        try day.send(.answer(ids[3]), by: Person.speaker)
        #expect(day.turns(agneaux) == 2, "answered again")
        #expect(day.turns(granville) == 0 && day.state.turnsShown.map(\.venue) == Sample.venues)
    }

    @Test func `a group's turn is its founder's venue's, and each talk counts its own`() throws {
        var day = Day.byTurns()
        let founder = try day.ask(granville)[0]
        let variant = try day.ask(agneaux)[0]
        try day.send(.unite(variant, into: founder), by: Person.chief)
        try day.takeNext()
        #expect(day.turns(granville) == 1 && day.turns(agneaux) == 0)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        #expect(day.turns(granville) == 0)
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        #expect(day.turns(granville) == 1)
    }

    @Test(arguments: [false, true])
    func `an undone take gives the turn back, whatever the question was before`(wasLive: Bool) throws {
        var day = Day.byTurns()
        let ids = try day.ask(agneaux, 2)
        if wasLive { try day.send(.takeLive(ids[0], replacing: nil), by: Person.speaker) }
        try day.send(.answer(ids[0]), by: Person.speaker)
        let before = day.state
        let take = try day.send(.takeLive(ids[0], replacing: nil), by: Person.chief)
        #expect(day.turns(agneaux) == 1)
        let undo = try day.send(.undo(sequence: take), by: Person.chief)
        expectSame(day.state, before)
        try day.send(.undo(sequence: undo), by: Person.chief)
        #expect(day.turns(agneaux) == 1)
        try day.send(.restore(ids[0]), by: Person.chief, id: numbered(1))
        #expect(day.state.question(ids[0])?.status == .live)
    }

    @Test func `a question that waits again after its turn has it still when going live is undone`() throws {
        var day = Day.byTurns()
        let id = try day.ask(agneaux)[0]
        try day.takeNext()
        try day.send(.answer(id), by: Person.speaker)
        try day.send(.restore(id), by: Person.chief)
        let before = day.state
        let take = try day.send(.takeLive(id, replacing: nil), by: Person.chief)
        try day.send(.undo(sequence: take), by: Person.chief)
        expectSame(day.state, before)
        try day.send(.answer(id), by: Person.speaker)
        #expect(day.turns(agneaux) == 1)
    }

    @Test func `the venue with the fewest turns is next, of equals the one with the better question`() throws {
        var day = Day.byTurns()
        _ = try day.ask(granville, 3)
        let ids = try day.ask(agneaux, 2)
        try day.send(.vote(ids[1], on: true, counter: 1), by: Person.phone(3, cherbourg))
        let shown = day.state.queueShown
        #expect(shown == [5, 1, 2, 4, 3])
        #expect(try day.takeNext(5) == [agneaux, granville, granville, agneaux, granville])
    }

    @Test func `a venue of twenty has as many turns as one of four hundred`() throws {
        var day = Day.byTurns()
        let many = try day.ask(agneaux, 60)
        for id in many {
            for voter in 0..<3 { try day.send(.vote(id, on: true, counter: 1), by: Person.phone(500 + voter)) }
        }
        _ = try day.ask(granville, 12)
        let taken = try day.takeNext(24)
        #expect(taken.count { $0 == granville } == 12)
        #expect(try day.takeNext(5) == Array(repeating: agneaux, count: 5))
    }

    @Test func `a late venue starts level with the one that is furthest behind`() throws {
        var day = Day.byTurns()
        _ = try day.ask(granville, 30)
        _ = try day.takeNext(8)
        _ = try day.ask(agneaux, 30)
        let taken = try day.takeNext(6)
        #expect(taken.count { $0 == agneaux } == 3, "\(taken)")
        _ = try day.ask(cherbourg, 30)
        let all = try day.takeNext(9)
        for venue in Sample.venues { #expect((2...4).contains(all.count { $0 == venue }), "\(all)") }
    }

    @Test func `whoever was quiet has saved nothing up, even when nobody waited meanwhile`() throws {
        var day = Day.byTurns()
        for _ in 0..<6 {
            _ = try day.ask(granville)
            try day.takeNext()
        }
        try day.send(.answer(try #require(day.state.liveQuestion?.id)), by: Person.speaker)
        _ = try day.ask(agneaux, 10)
        _ = try day.ask(granville, 10)
        let taken = try day.takeNext(6)
        #expect(taken.count { $0 == granville } == 3, "\(taken)")
    }

    @Test func `a newcomer does not shut out those who wait`() throws {
        var day = Day.byTurns()
        _ = try day.ask(granville, 20)
        _ = try day.ask(agneaux, 20)
        _ = try day.takeNext(10)
        for id in try day.ask(cherbourg, 20) {
            for voter in 0..<5 { try day.send(.vote(id, on: true, counter: 1), by: Person.phone(600 + voter)) }
        }
        let taken = try day.takeNext(3)
        #expect(Set(taken) == Set(Sample.venues), "\(taken)")
    }

    @Test func `a skipped question is no turn and its venue is next again`() throws {
        var day = Day.byTurns()
        let only = try day.ask(granville)[0]
        _ = try day.ask(agneaux, 3)
        // Out of turn: Granville is behind by three.
        for number in 2...4 {
            let live = day.state.liveQuestion?.id
            try day.send(.takeLive(day.state.question(number: number).id, replacing: live), by: Person.chief)
        }
        _ = try day.ask(agneaux, 5)
        #expect(try day.takeNext() == granville)
        try day.send(.putBack(only), by: Person.speaker)
        _ = try day.ask(granville, 2)
        #expect(try day.takeNext(3) == [granville, granville, granville])
    }
}

@Suite struct LineTests {
    @Test func `a venue whose line is cut is passed over, and its questions stay behind`() throws {
        var day = Day.byTurns()
        let ids = try day.ask(granville, 2)
        try day.send(.setLine(granville, cutSince: Sample.morning), by: Person.organiser)
        _ = try day.ask(agneaux, 2)
        #expect(day.state.queueShown == [3, 4, 1, 2])
        #expect(EventInfo(day.state, for: .audience)?.venues.map(\.cut) == [Sample.morning, nil, nil])
        #expect(try day.takeNext(2) == [agneaux, agneaux])
        #expect(try day.takeNext() == granville, "nobody else waits")
        try day.send(.putBack(ids[0]), by: Person.speaker)
        try day.send(.setLine(granville, cutSince: nil), by: Person.organiser)
        #expect(EventInfo(day.state, for: .audience)?.venues.map(\.cut) == [nil, nil, nil])
    }

    @Test func `a venue that is back starts level with the one that is furthest behind`() throws {
        var day = Day.byTurns()
        for venue in Sample.venues { _ = try day.ask(venue, 30) }
        try day.send(.setLine(granville, cutSince: Sample.morning), by: Person.organiser)
        _ = try day.takeNext(12)
        try day.send(.setLine(granville, cutSince: nil), by: Person.organiser)
        let taken = try day.takeNext(9)
        for venue in Sample.venues { #expect(taken.count { $0 == venue } == 3, "\(taken)") }
    }

    @Test func `a line that is cut in a talk that begins later counts there, too`() throws {
        var day = Day.byTurns()
        try day.send(.setLine(agneaux, cutSince: Sample.morning), by: Person.organiser)
        _ = try day.ask(agneaux)
        _ = try day.ask(granville)
        #expect(day.state.queueShown == [2, 1])
    }

    @Test func `a line is the hub's own door's to tell, no action, and the same again changes nothing`() throws {
        var day = Day.byTurns()
        let cut = Command.setLine(agneaux, cutSince: Sample.morning)
        try day.send(cut, by: Person.organiser, id: numbered(5))
        #expect(day.entries.last?.commandID == nil && day.state.actions.isEmpty)
        try day.send(cut, by: Person.organiser, id: numbered(5))
        #expect(day.entries.last?.changes == [])
        #expect(throws: Rejection(.unknownVenue, field: "venue")) {
            try day.send(.setLine(VenueID("paris")!, cutSince: nil), by: Person.organiser)
        }
        #expect(throws: Rejection(.notAllowed)) { try day.send(cut, by: Person.chief) }
    }
}

/// A day on which always the first of the queue is taken, while questions, votes and cuts come as they like.
private struct FairDay {
    var day = Day.byTurns()
    var generator: SeededGenerator
    /// Venues of the questions taken, in order, those too that were put back.
    var taken: [VenueID] = []
    /// Whether people change their minds: put back what is live, restore what was dismissed, undo, pin.
    var isRestless = false

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    func lanes() -> [Queue.Lane] {
        (day.state.queues[Sample.opening]?.lanes ?? []).filter { $0.waits && !$0.isCut }
    }

    mutating func step() throws {
        let venue = generator.percent(55) ? agneaux : generator.pick(Sample.venues)
        switch generator.below(isRestless ? 34 : 30) {
        case 0..<9: _ = try day.ask(venue, 1 + generator.below(3))
        case 9..<15: try vote()
        case 15: try dismiss()
        case 16: if let live = day.state.liveQuestion { try day.send(.answer(live.id), by: Person.speaker) }
        case 17: try day.send(.setLine(venue, cutSince: Sample.morning), by: Person.organiser)
        case 18, 19: try day.send(.setLine(venue, cutSince: nil), by: Person.organiser)
        case 30: try putBack()
        case 31: try restore()
        case 32: try undo()
        case 33: try pin()
        default: if let venue = try day.takeNext() { taken.append(venue) }
        }
    }

    private mutating func vote() throws {
        guard let number = day.state.queueShown.randomElement(using: &generator) else { return }
        let question = day.state.question(number: number)
        let voter = Person.phone(2_000 + generator.below(50))
        let counter = (question.voters[voter.participant]?.counter ?? 0) + 1
        try day.send(.vote(question.id, on: true, counter: counter), by: voter)
    }

    private mutating func putBack() throws {
        guard let live = day.state.liveQuestion else { return }
        try day.send(.putBack(live.id), by: Person.speaker)
    }

    private mutating func restore() throws {
        let gone = day.state.questions.filter { if case .dismissed = $0.status { true } else { false } }
        guard let question = gone.randomElement(using: &generator) else { return }
        try day.send(.restore(question.id), by: Person.chief)
    }

    /// Takes back the last thing that moderators did, if that still can be.
    private mutating func undo() throws {
        guard let last = day.state.actionsShown.last else { return }
        _ = try? day.send(.undo(sequence: last.sequence), by: Person.chief)
    }

    private mutating func pin() throws {
        guard let number = day.state.queueShown.randomElement(using: &generator) else { return }
        let question = day.state.question(number: number)
        try day.send(question.pinned != nil ? .unpin(question.id) : .pin(question.id), by: Person.chief)
    }

    private mutating func dismiss() throws {
        guard let number = day.state.queueShown.randomElement(using: &generator) else { return }
        try day.send(.dismiss(day.state.question(number: number).id, .other), by: Person.chief)
    }
}

@Suite struct FairnessTests {
    /// Since when two venues have both been waiting, and what they had then.
    private struct Together {
        var taken: Int
        var areLevel: Bool
    }

    @Test(arguments: Seeds.first(40))
    func `while two venues wait they take turns, and none is left behind`(seed: UInt64) throws {
        var fair = FairDay(seed: seed)
        var together: [[VenueID]: Together] = [:]
        var waited: [VenueID: Int] = [:]
        for _ in 0..<400 {
            let before = fair.taken.count
            try fair.step()
            let lanes = fair.lanes()
            let effective = lanes.map(\.effective)
            if let most = effective.max(), let fewest = effective.min() {
                #expect(most - fewest <= 1, "\(lanes.map(\.venue.text)) stand at \(effective), \(Seeds.hint(seed))")
            }
            if fair.taken.count > before { check(fair, together, &waited, seed) }
            together = paired(lanes, together, fair.taken.count)
            waited = waited.filter { item in lanes.contains { $0.venue == item.key } }
            for lane in lanes where waited[lane.venue] == nil { waited[lane.venue] = 0 }
        }
        #expect(fair.taken.count > 60)
    }

    @Test(arguments: Seeds.first(40))
    func `the next question is of a room with the fewest turns also when people pin, put back, restore and undo`(
        seed: UInt64
    ) throws {
        var fair = FairDay(seed: seed)
        fair.isRestless = true
        for _ in 0..<400 {
            try fair.step()
            guard let next = fair.day.state.queueShown.first.map(fair.day.state.question(number:)), next.pinned == nil,
                let fewest = fair.lanes().map(\.effective).min()
            else { continue }
            let lane = fair.lanes().first { $0.venue == next.venue }
            #expect(lane?.effective == fewest, "\(next.venue.text) is next, \(Seeds.hint(seed))")
        }
        #expect(fair.taken.count > 60)
    }

    /// Whoever began level differs by one at most; by another one who came in the middle of a round.
    private func check(
        _ fair: FairDay, _ together: [[VenueID]: Together], _ waited: inout [VenueID: Int], _ seed: UInt64
    ) {
        for (pair, start) in together {
            let since = fair.taken.dropFirst(start.taken)
            let difference = abs(since.count { $0 == pair[0] } - since.count { $0 == pair[1] })
            #expect(difference <= (start.areLevel ? 1 : 2), "\(pair.map(\.text)), \(Seeds.hint(seed))")
        }
        for venue in waited.keys { waited[venue] = venue == fair.taken.last ? 0 : (waited[venue] ?? 0) + 1 }
        let most = 2 * (Sample.venues.count - 1)
        for (venue, takes) in waited {
            #expect(takes <= most, "\(venue.text) waits for \(takes) takes, \(Seeds.hint(seed))")
        }
    }

    private func paired(
        _ lanes: [Queue.Lane], _ known: [[VenueID]: Together], _ taken: Int
    ) -> [[VenueID]: Together] {
        var pairs: [[VenueID]: Together] = [:]
        for (index, one) in lanes.enumerated() {
            for other in lanes[(index + 1)...] {
                let pair = [one.venue, other.venue]
                pairs[pair] =
                    known[pair] ?? Together(taken: taken, areLevel: one.effective == other.effective)
            }
        }
        return pairs
    }

    @Test(arguments: Seeds.first(20))
    func `on any day the turns shown are those of the questions, and the allowance never falls`(seed: UInt64) {
        var day = RandomDay(seed: seed)
        var allowances: [String: Int] = [:]
        for _ in 0..<300 {
            _ = day.step()
            let state = day.state
            for (talk, queue) in state.queues {
                for lane in queue.lanes {
                    let turns = state.questions.count { $0.talk == talk && $0.venue == lane.venue && $0.isTurn }
                    #expect(lane.turns == turns, "\(Seeds.hint(seed))")
                    let key = "\(talk.text) \(lane.venue.text)"
                    #expect(lane.allowance >= allowances[key] ?? 0, "\(Seeds.hint(seed))")
                    allowances[key] = lane.allowance
                    #expect(lane.isCut == (state.lines[lane.venue] != nil), "\(Seeds.hint(seed))")
                    let live = state.liveQuestion
                    #expect(lane.isLive == (live?.talk == talk && live?.venue == lane.venue), "\(Seeds.hint(seed))")
                }
            }
        }
    }
}
