// The waiting questions of a talk against their plainest model, and the order that moderators make by hand.

import QATestKit
import Testing

@testable import QAShared

/// What a queue is to be, without any cleverness.
private struct PlainQueue {
    struct Item {
        var venue: VenueID
        var votes: Int
        var pinned: Int?
    }
    var items: [Int: Item] = [:]
    var hand: [Int] = []
    var turns: [VenueID: Int] = [:]

    func queued(_ number: Int) -> Queue.Item? {
        items[number].map { Queue.Item(number: number, venue: $0.venue, votes: $0.votes, pinned: $0.pinned) }
    }

    private var pins: [Int] {
        items.filter { $0.value.pinned != nil }.sorted { ($0.value.pinned ?? 0) < ($1.value.pinned ?? 0) }.map(\.key)
    }

    private var byVotes: [Int] {
        items.filter { $0.value.pinned == nil }
            .sorted { ($1.value.votes, $0.key) < ($0.value.votes, $1.key) }.map(\.key)
    }

    func shown(_ order: QueueOrder, _ queue: Queue) -> [Int] {
        switch order {
        case .byVotes: pins + byVotes
        case .byTime: pins + byVotes.sorted()
        case .byHand: pins + hand.filter { items[$0]?.pinned == nil }
        case .byTurns: pins + byTurns(queue)
        }
    }

    /// The best of those whose venue has had the fewest, again and again.
    private func byTurns(_ queue: Queue) -> [Int] {
        var turns = turns
        for lane in queue.lanes { turns[lane.venue, default: 0] += lane.allowance }
        for number in pins { turns[items[number]!.venue, default: 0] += 1 }
        var left = byVotes
        var shown: [Int] = []
        while !left.isEmpty {
            let open = left.filter { number in queue.lanes.contains { $0.venue == items[number]?.venue && !$0.isCut } }
            let eligible = open.isEmpty ? left : open
            let fewest = eligible.map { turns[items[$0]!.venue] ?? 0 }.min()
            let next = eligible.first { turns[items[$0]!.venue] ?? 0 == fewest }!
            shown.append(next)
            left.removeAll { $0 == next }
            turns[items[next]!.venue, default: 0] += 1
        }
        return shown
    }
}

@Suite struct QueueTests {
    @Test(arguments: Seeds.first(8))
    func `a queue is always as if sorted from scratch`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var order = generator.pick(QueueOrder.allCases)
        var queue = Queue(order: order)
        var model = PlainQueue()
        for step in 1...700 {
            let number = 1 + generator.below(30)
            switch generator.below(24) {
            case 0:
                let next = generator.pick(QueueOrder.allCases)
                if next != order { model.hand = next == .byHand ? queue.first(.max) : [] }
                order = next
                queue.sort(order)
            case 1: queue.remove(.init(number: 1_000, venue: Sample.agneaux, votes: 0))
            case 2, 3:
                let venue = generator.pick(Sample.venues)
                queue.turn(of: venue, by: 1)
                model.turns[venue, default: 0] += 1
            case 4: queue.setCut(generator.pick(Sample.venues), generator.percent(50))
            case 5, 6, 7:
                guard let item = model.queued(number) else { continue }
                let pin = item.pinned == nil ? step : nil
                queue.repin(item, to: pin)
                model.items[number]?.pinned = pin
            case 8, 9, 10, 11:
                guard let item = model.queued(number) else { continue }
                let votes = generator.below(6)
                let before = queue.first(3)
                let isSeen = queue.revote(item, to: votes, shown: 3)
                model.items[number]?.votes = votes
                if !isSeen { #expect(queue.first(3) == before) }
            case 12, 13:
                guard order == .byHand else { continue }
                queue.hand.place(number, before: generator.percent(70) ? 1 + generator.below(30) : nil)
                #expect(Set(queue.hand.numbers) == Set(model.items.keys))
                model.hand = queue.hand.numbers
            default: comeOrGo(number, &queue, &model, order, generator.pick(Sample.venues), generator.below(6))
            }
            let expected = model.shown(order, queue)
            #expect(queue.first(.max) == expected, "\(order), step \(step), \(Seeds.hint(seed))")
            #expect(queue.count == expected.count)
            #expect(queue.first(3) == Array(expected.prefix(3)))
        }
    }

    private func comeOrGo(
        _ number: Int, _ queue: inout Queue, _ model: inout PlainQueue, _ order: QueueOrder, _ venue: VenueID,
        _ votes: Int
    ) {
        if let item = model.queued(number) {
            queue.remove(item)
            model.items[number] = nil
            model.hand.removeAll { $0 == number }
            return
        }
        let item = PlainQueue.Item(venue: venue, votes: votes)
        model.items[number] = item
        queue.insert(.init(number: number, venue: venue, votes: votes))
        if order == .byHand {
            // One that was there before finds its place again; where that is, has a test of its own.
            #expect(queue.hand.numbers.filter { $0 != number } == model.hand)
            model.hand = queue.hand.numbers
        }
    }

    @Test func `by hand a new question goes to the end, and one that comes back to where it was`() {
        var hand = Hand([1, 2, 3])
        hand.insert(4)
        #expect(hand.numbers == [1, 2, 3, 4])
        hand.remove(2)
        hand.remove(1)
        hand.insert(1)
        #expect(hand.numbers == [1, 3, 4])
        hand.insert(2)
        #expect(hand.numbers == [1, 2, 3, 4])
        hand.remove(3)
        hand.remove(4)
        // Whoever it stood before is gone.
        hand.insert(3)
        #expect(hand.numbers == [1, 2, 3])
        hand.place(3, before: 1)
        hand.place(1, before: nil)
        hand.place(9, before: 1)
        hand.place(2, before: 2)
        #expect(hand.numbers == [3, 2, 1])
        hand.arrange([8, 1, 3])
        #expect(hand.numbers == [1, 3, 2])
    }
}

@Suite struct QueueCommandTests {
    /// Four approved questions of three venues, the second with a vote.
    private func prepared(_ order: QueueOrder) throws -> (Day, [QuestionID]) {
        var day = Day(Sample.setup(order: order))
        let ids = try (1...4).map { try day.question(.approved, by: Person.phone($0)) }
        try day.send(.vote(ids[1], on: true, counter: 1), by: Person.phone(9))
        return (day, ids)
    }

    private func shown(_ day: Day) -> [QuestionID] { day.state.queueShown.map { day.state.question(number: $0).id } }

    @Test(arguments: QueueOrder.allCases)
    func `pinned questions come first in every order, in the order of pinning`(order: QueueOrder) throws {
        var (day, ids) = try prepared(order)
        try day.send(.pin(ids[3]), by: Person.moderator(Sample.granville))
        try day.send(.pin(ids[2]), by: Person.chief)
        #expect(Array(shown(day).prefix(2)) == [ids[3], ids[2]])
        try day.send(.pin(ids[3]), by: Person.chief)
        #expect(Array(shown(day).prefix(2)) == [ids[3], ids[2]])
        let card = Card(try #require(day.state.question(ids[3])), in: day.state, for: .audience)
        #expect(card.pinned)
        try day.send(.unpin(ids[3]), by: Person.chief)
        #expect(shown(day).first == ids[2])
        try day.send(.undo(sequence: day.state.head), by: Person.chief)
        #expect(Array(shown(day).prefix(2)) == [ids[3], ids[2]])
    }

    @Test func `a pinned question that is put back is first again, and only one that waits can be pinned`() throws {
        var (day, ids) = try prepared(.byTurns)
        let waiting = try day.ask(by: Person.phone(8))
        try day.send(.pin(waiting), by: Person.chief)
        try day.send(.pin(ids[3]), by: Person.chief)
        try day.send(.takeLive(ids[3], replacing: nil), by: Person.speaker)
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.unpin(ids[3]), by: Person.chief) }
        let live = Card(try #require(day.state.question(ids[3])), in: day.state, for: .moderator)
        #expect(!live.pinned)
        try day.send(.putBack(ids[3]), by: Person.speaker)
        #expect(shown(day).first == ids[3])
        try day.send(.approve(waiting), by: Person.chief)
        #expect(Array(shown(day).prefix(2)) == [waiting, ids[3]])
        try day.send(.dismiss(ids[0], .other), by: Person.chief)
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.pin(ids[0]), by: Person.chief) }
    }

    @Test func `by hand questions stand where moderators put them, beginning with what was shown`() throws {
        var (day, ids) = try prepared(.byVotes)
        #expect(throws: Rejection(.wrongOrder)) { try day.send(.place(ids[0], before: nil), by: Person.chief) }
        try day.send(.setOrder(.byHand), by: Person.chief)
        #expect(shown(day) == [ids[1], ids[0], ids[2], ids[3]])
        try day.send(.place(ids[3], before: ids[1]), by: Person.moderator(Sample.agneaux))
        try day.send(.place(ids[1], before: nil), by: Person.organiser)
        #expect(shown(day) == [ids[3], ids[0], ids[2], ids[1]])
        let new = try day.question(.approved, by: Person.phone(8))
        #expect(shown(day).last == new)
        for voter in 10...14 { try day.send(.vote(new, on: true, counter: 1), by: Person.phone(voter)) }
        #expect(shown(day).last == new)
        try day.send(.takeLive(ids[0], replacing: nil), by: Person.speaker)
        try day.send(.putBack(ids[0]), by: Person.speaker)
        #expect(shown(day) == [ids[3], ids[0], ids[2], ids[1], new])
        let elsewhere = try day.question(.approved, by: Person.phone(5), talk: Sample.closing)
        for other in [elsewhere, try day.ask(by: Person.phone(6))] {
            #expect(throws: Rejection(.wrongStatus, field: "before")) {
                try day.send(.place(new, before: other), by: Person.chief)
            }
        }
        #expect(throws: Rejection(.unknownQuestion, field: "before")) {
            try day.send(.place(new, before: numbered(404)), by: Person.chief)
        }
    }

    @Test func `what was placed is taken back, unless it or its place moved since`() throws {
        var (day, ids) = try prepared(.byHand)
        let before = shown(day)
        let first = try day.send(.place(ids[3], before: ids[0]), by: Person.chief)
        let second = try day.send(.place(ids[3], before: ids[2]), by: Person.chief)
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: first), by: Person.chief) }
        try day.send(.undo(sequence: second), by: Person.chief)
        try day.send(.undo(sequence: first), by: Person.chief)
        #expect(shown(day) == before)
    }

    @Test func `an order made by hand comes back when leaving it is undone`() throws {
        var (day, ids) = try prepared(.byHand)
        try day.send(.place(ids[3], before: ids[0]), by: Person.chief)
        let made = shown(day)
        let left = try day.send(.setOrder(.byTurns), by: Person.chief)
        #expect(shown(day) != made)
        try day.send(.dismiss(ids[2], .other), by: Person.chief)
        let new = try day.question(.approved, by: Person.phone(6))
        let undo = try day.send(.undo(sequence: left), by: Person.chief)
        #expect(shown(day) == made.filter { $0 != ids[2] } + [new])
        try day.send(.place(new, before: ids[3]), by: Person.chief)
        let again = shown(day)
        let redo = try day.send(.undo(sequence: undo), by: Person.chief)
        #expect(day.state.order == .byTurns)
        try day.send(.undo(sequence: redo), by: Person.chief)
        #expect(shown(day) == again)
    }

    @Test func `switching orders there and back keeps everything`() throws {
        var (day, ids) = try prepared(.byTurns)
        try day.send(.takeLive(ids[2], replacing: nil), by: Person.speaker)
        try day.send(.pin(ids[3]), by: Person.chief)
        try day.send(.setLine(Sample.cherbourg, cutSince: Sample.morning), by: Person.organiser)
        let before = day.state
        for order in [QueueOrder.byVotes, .byTime, .byHand, .byTurns] {
            try day.send(.setOrder(order), by: Person.chief)
            #expect(day.state.turnsShown == before.turnsShown)
            #expect(shown(day).first == ids[3])
        }
        expectSame(day.state, before)
        #expect(day.state.queueShown == before.queueShown)
    }

    @Test func `of many waiting only the first are shown, and a vote behind them is no change of the queue`() throws {
        var day = Day(Sample.setup(moderated: false, order: .byVotes))
        let ids = try (1...120).map { try day.ask("Question \($0), je vous prie ?", by: Person.phone($0)) }
        #expect(day.state.queueShown.count == Limits.queueShown)
        try day.send(.setOrder(.byTime), by: Person.chief)
        try day.send(.vote(ids[110], on: true, counter: 1), by: Person.phone(200))
        #expect(day.touched.last?.queue == false)
        try day.send(.setOrder(.byVotes), by: Person.chief)
        #expect(shown(day).first == ids[110])
    }
}
