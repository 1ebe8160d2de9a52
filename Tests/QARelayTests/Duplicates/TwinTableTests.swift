import QAShared
import Testing

@testable import QARelay

/// The strict rule over tables of pairs, one for each phenomenon of language.
@Suite struct TwinTableTests {
    private static let oneRoom = (Engine.here, Engine.here)

    @Test(arguments: PairTable.all)
    func `what asks the same is united, also from room to room`(_ table: PairTable) {
        for pair in table.united where !Engine.unites(pair) {
            Issue.record("apart: \(pair)")
        }
    }

    @Test(arguments: PairTable.all)
    func `what asks another thing is never united`(_ table: PairTable) {
        for pair in table.apart where Engine.unites(pair, venues: Self.oneRoom) {
            Issue.record("united: \(pair)")
        }
    }

    @Test func `what speaks of the room is united inside one room only`() {
        for pair in PairTable.rooms.united {
            if !Engine.unites(pair, venues: Self.oneRoom) { Issue.record("apart in one room: \(pair)") }
            if Engine.unites(pair) { Issue.record("united from room to room: \(pair)") }
        }
        for pair in PairTable.rooms.apart where Engine.unites(pair, venues: Self.oneRoom) {
            Issue.record("united: \(pair)")
        }
    }

    @Test func `words of the list of opposites are never taken for each other, but for known ones`() {
        #expect(Engine.opposites.count > 1_000)
        var united: Set<TextPair> = []
        for (language, one, other) in Engine.opposites {
            let frame = language == .french ? "Quand parle-t-on de " : "When do we speak of "
            if Engine.unites("\(frame)\(one) ?", "\(frame)\(other) ?", venues: Self.oneRoom) {
                united.insert(TextPair(earlier: one, later: other))
            }
        }
        #expect(united == PairTable.knownOpposites)
    }

    @Test func `known limits are what they are`() {
        for pair in PairTable.knownLimits.apart where !Engine.unites(pair, venues: Self.oneRoom) {
            Issue.record("no limit any more, back into its table: \(pair)")
        }
    }

    @Test func `the dictionaries that the tables were written with are there`() {
        #expect(Dictionaries().missing.isEmpty)
    }

    @Test(arguments: PairTable.all)
    func `a text asks the same as itself`(_ table: PairTable) {
        for text in table.united.flatMap({ [$0.earlier, $0.later] }) where !Engine.unites(text, text) {
            Issue.record("not even itself: “\(text)”")
        }
    }

    @Test func `no pair stands in two groups, and every table is large enough to mean something`() {
        var seen: Set<TextPair> = []
        for table in PairTable.all + [.rooms, .knownLimits] {
            #expect(table.united.count + table.apart.count >= 12, "\(table.phenomenon)")
            for pair in table.united + table.apart {
                #expect(seen.insert(pair).inserted && !seen.contains(pair.turned), "\(table.phenomenon): \(pair)")
            }
        }
    }
}
