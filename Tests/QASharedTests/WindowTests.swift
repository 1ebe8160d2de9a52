// The parts the ledger is made of, each against its plainest model.

import QATestKit
import Testing

@testable import QAShared

@Suite struct WindowTests {
    @Test(arguments: Seeds.first(4), [1, 2, 5, 30])
    func `a window holds the newest of a set and says what each step moves`(
        seed: UInt64, limit: Int
    ) {
        var generator = SeededGenerator(seed: seed)
        var window = Window(limit: limit)
        var model: Set<Int> = []
        var shown: Set<Int> = []
        for _ in 0..<600 {
            let number = 1 + generator.below(50)
            let inside = generator.percent(55)
            let step = window.set(number, inside)
            if inside { model.insert(number) } else { model.remove(number) }
            let expected = Array(model.sorted().suffix(limit))
            #expect(Array(window.shown) == expected, "\(Seeds.hint(seed))")
            if let entered = step.entered { #expect(shown.insert(entered).inserted) }
            if let left = step.left { #expect(shown.remove(left) != nil) }
            #expect(shown == Set(expected), "\(Seeds.hint(seed))")
        }
    }
}

@Suite struct DeltaPartsTests {
    private func random(_ generator: inout SeededGenerator) -> Delta {
        var delta = Delta(from: 7, to: 9)
        delta.counts = [VenueCounts(venue: Sample.granville)]
        delta.live = .some(nil)
        for index in 0..<generator.below(60) { delta.removes.append(numbered(index)) }
        for index in 0..<generator.below(60) {
            delta.tallies.append(Delta.Tally(id: numbered(100 + index), votes: index))
        }
        for index in 0..<generator.below(60) {
            delta.upserts.append(
                Card(
                    id: numbered(200 + index), number: index, talk: Sample.opening,
                    venue: Sample.agneaux, status: "approved",
                    text: String(repeating: "x", count: generator.below(800)), votes: 0,
                    asked: Sample.morning))
        }
        return delta
    }

    @Test(arguments: Seeds.first(5))
    func `the parts of a delta hold all of it, in order, and none is much too long`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let delta = random(&generator)
            let parts = delta.parts(bytes: 4_000) { 250 + $0.text.utf8.count }
            #expect(parts.map(\.part) == Array(0..<parts.count))
            #expect(parts.map(\.more) == parts.indices.map { $0 < parts.count - 1 })
            #expect(parts.allSatisfy { $0.from == 7 && $0.to == 9 })
            #expect(parts.flatMap(\.removes) == delta.removes)
            #expect(parts.flatMap(\.tallies) == delta.tallies)
            #expect(parts.flatMap(\.upserts) == delta.upserts)
            #expect(parts.first?.counts == delta.counts && parts.first?.live == delta.live)
            #expect(parts.dropFirst().allSatisfy { $0.counts == nil && $0.live == nil })
            for part in parts {
                let size = ServerFrame.delta(part).encode().count
                #expect(size <= 4_200, "\(size), \(Seeds.hint(seed))")
            }
        }
    }

    @Test func `a whole view of a full event comes in parts of the size aimed at`() throws {
        var setup = Sample.setup(moderated: false)
        setup.talks += (1...30).map {
            Talk(id: TalkID("talk-\($0)")!, title: String(repeating: "t", count: 100), speaker: "Quelqu’un")
        }
        var day = Day(setup)
        for number in 1...120 {
            let id = try day.ask(by: Person.phone(number))
            try day.send(.edit(id, text: "Une autre question, la \(number)e"), by: Person.moderator(nil))
        }
        var ledgers = Ledgers()
        var state = State()
        for entry in day.entries { ledgers.advance(state.apply(entry), state) }
        let parts = ledgers.delta(.moderator, from: 0, state).parts(bytes: Limits.chunkBytes) {
            ServerFrame.delta(Self.alone($0)).encode().count
        }
        #expect(parts.count > 2)
        for part in parts { #expect(ServerFrame.delta(part).encode().count <= Limits.frameBytes) }
    }

    private static func alone(_ card: Card) -> Delta {
        var delta = Delta(from: 1, to: 2)
        delta.upserts = [card]
        return delta
    }

    @Test func `a delta that fits is one part`() {
        let delta = Delta(from: 3, to: 4)
        #expect(delta.parts(bytes: Limits.chunkBytes) { _ in 300 } == [delta])
    }
}
