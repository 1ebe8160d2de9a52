// A relay's views obey the law of all views, although nobody tells them what changed.

import QAShared
import QATestKit
import Testing

@Suite struct ComparedViewsTests {
    /// A day with compared views beside it; a revision may stand for several entries.
    private struct Followed {
        var day: RandomDay
        var compared = ComparedViews()
        var views: [ViewKind: [Int: RoleView]] = [:]

        mutating func look(_ kind: ViewKind) {
            _ = compared.delta(kind, from: compared.head, day.state)
            views[kind, default: [:]][compared.head] = RoleView(day.state, for: kind)
        }

        mutating func check(_ kind: ViewKind, from position: Int, _ seed: UInt64) {
            let now = RoleView(day.state, for: kind)
            let before = views[kind]?[position] ?? RoleView()
            let delta = compared.delta(kind, from: position, day.state)
            #expect(delta.from == position && delta.to == compared.head)
            var view = before
            view.apply(delta)
            let once = view == now
            #expect(once, "\(kind) from \(position) to \(compared.head), \(Seeds.hint(seed))")
            view.apply(delta)
            let twice = view == now
            #expect(twice, "\(kind) twice from \(position), \(Seeds.hint(seed))")
            let isChanged = compared.changed(kind, since: position, day.state)
            if !isChanged {
                let same = before == now
                #expect(same, "\(kind) was said not to have changed, \(Seeds.hint(seed))")
            }
        }
    }

    @Test(arguments: Seeds.first(6))
    func `a view and the delta from it make the later view, whoever looked when`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var followed = Followed(
            day: RandomDay(seed: seed, moderated: seed % 3 != 0, habits: seed % 2 == 0 ? .alike : .init()))
        for _ in 0..<150 {
            followed.day.run(1 + generator.below(3))
            followed.compared.advance()
            for kind in ViewKind.allCases where generator.percent(60) {
                followed.look(kind)
                let known = followed.views[kind].map { $0.keys.sorted() } ?? []
                for position in [known.last ?? 0, generator.pick(known), 0] {
                    followed.check(kind, from: position, seed)
                }
            }
        }
        for kind in ViewKind.allCases {
            for position in (followed.views[kind] ?? [:]).keys.sorted() { followed.check(kind, from: position, seed) }
        }
    }

    @Test(arguments: Seeds.first(3))
    func `a position that is not known, or lies ahead, gives the whole view`(seed: UInt64) {
        var followed = Followed(day: RandomDay(seed: seed))
        followed.day.run(60)
        followed.compared.advance()
        for kind in ViewKind.allCases {
            for position in [-1, 0, 2, Int.max] {
                let delta = followed.compared.delta(kind, from: position, followed.day.state)
                var view = RoleView()
                view.live = numbered(99)
                view.apply(delta)
                #expect(delta.from == 0 && view == RoleView(followed.day.state, for: kind), "\(kind) \(position)")
            }
        }
    }

    @Test(arguments: Seeds.first(3))
    func `compared views and ledgers bring a replica to the same view`(seed: UInt64) {
        var day = RandomDay(seed: seed)
        var ledgers = Ledgers()
        var state = State()
        for entry in day.entries { ledgers.advance(state.apply(entry), state) }
        var compared = ComparedViews()
        var positions = (sequence: 0, revision: 0)
        var views: [ViewKind: (ledger: RoleView, compared: RoleView)] = [:]
        for _ in 0..<60 {
            for _ in 0..<3 { ledgers.advance(day.step(), day.state) }
            compared.advance()
            for kind in ViewKind.allCases {
                var pair = views[kind] ?? (RoleView(), RoleView())
                pair.ledger.apply(ledgers.delta(kind, from: positions.sequence, day.state))
                pair.compared.apply(compared.delta(kind, from: positions.revision, day.state))
                let same = pair.ledger == pair.compared
                #expect(same, "\(kind), \(Seeds.hint(seed))")
                views[kind] = pair
            }
            positions = (day.state.head, compared.head)
        }
    }

    @Test func `a vote that alone changed is told as a tally`() throws {
        var day = Day()
        let question = try day.question(.approved)
        var compared = ComparedViews()
        compared.advance()
        _ = compared.delta(.audience, from: 0, day.state)
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        compared.advance()
        let delta = compared.delta(.audience, from: 1, day.state)
        #expect(delta.upserts.isEmpty && delta.tallies.map(\.id) == [question])
    }
}
