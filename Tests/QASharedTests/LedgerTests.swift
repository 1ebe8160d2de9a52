// view(p) + delta(p, q) == view(q): the one path by which screens join, resume and stay live.

import QAShared
import QATestKit
import Testing

/// A day followed by ledgers, with the views at the positions that were asked for.
private struct Followed {
    var day: RandomDay
    var ledgers = Ledgers()
    var views: [ViewKind: [Int: RoleView]] = [:]
    /// The entry that ended the latest rehearsal.
    var wipedAt = 0

    init(_ day: RandomDay) {
        self.day = day
        // The ledgers see the entries that the day began with, too.
        var state = State()
        for entry in day.entries { ledgers.advance(state.apply(entry), state) }
        remember()
    }

    mutating func step() {
        let touched = day.step()
        if touched.reset { wipedAt = day.state.head }
        ledgers.advance(touched, day.state)
    }

    mutating func remember() {
        for kind in ViewKind.allCases {
            views[kind, default: [:]][day.state.head] = RoleView(day.state, for: kind)
        }
    }

    /// Checks the delta from a remembered position to the head.
    func check(from position: Int, _ seed: UInt64) {
        let head = day.state.head
        for kind in ViewKind.allCases {
            let now = views[kind]?[head] ?? RoleView(day.state, for: kind)
            var view = views[kind]?[position] ?? RoleView()
            let before = view
            let delta = ledgers.delta(kind, from: position, day.state)
            let start = position < wipedAt ? 0 : position
            #expect(delta.from == start && delta.to == head)
            view.apply(delta)
            let once = view == now
            #expect(once, "\(kind) from \(position) to \(head), \(Seeds.hint(seed))")
            // Whoever was cut off in the middle applies it twice.
            view.apply(delta)
            let twice = view == now
            #expect(twice, "\(kind) twice from \(position), \(Seeds.hint(seed))")
            if !ledgers.changed(kind, since: position) {
                let same = before == now
                #expect(same, "\(kind) was said not to have changed, \(Seeds.hint(seed))")
            }
        }
    }

    func checkWhole(from position: Int, _ seed: UInt64) {
        for kind in ViewKind.allCases {
            var view = RoleView()
            view.live = numbered(99)
            let delta = ledgers.delta(kind, from: position, day.state)
            #expect(delta.from == 0)
            view.apply(delta)
            let whole = view == RoleView(day.state, for: kind)
            #expect(whole, "\(kind) whole, \(Seeds.hint(seed))")
        }
    }
}

@Suite struct LedgerTests {
    @Test(arguments: Seeds.first(6))
    func `a view and the delta from it make the later view, from every position to every other`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var followed = Followed(RandomDay(seed: seed, moderated: seed % 3 != 0))
        followed.check(from: 0, seed)
        for _ in 0..<220 {
            followed.step()
            followed.remember()
            let head = followed.day.state.head
            followed.check(from: head - 1, seed)
            followed.check(from: 1 + generator.below(head), seed)
        }
        let head = followed.day.state.head
        for position in 0...head { followed.check(from: position, seed) }
        for position in [-1, 0, head + 1, Int.max] { followed.checkWhole(from: position, seed) }
    }

    @Test(arguments: Seeds.first(4))
    func `on days full of unions and flags, too`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var followed = Followed(RandomDay(seed: seed, moderated: seed % 2 == 0, habits: .alike))
        for _ in 0..<260 {
            followed.step()
            followed.remember()
            let head = followed.day.state.head
            followed.check(from: head - 1, seed)
            followed.check(from: 1 + generator.below(head), seed)
        }
        for position in 0...followed.day.state.head { followed.check(from: position, seed) }
    }

    @Test(arguments: Seeds.first(4))
    func `and on days on which moderators talk, or rehearse and begin anew`(seed: UInt64) {
        for habits in [RandomDay.Habits.together, .rehearsal] {
            var generator = SeededGenerator(seed: seed)
            var followed = Followed(RandomDay(seed: seed, moderated: seed % 2 == 0, habits: habits))
            for _ in 0..<240 {
                followed.step()
                followed.remember()
                let head = followed.day.state.head
                followed.check(from: head - 1, seed)
                followed.check(from: 1 + generator.below(head), seed)
            }
            for position in 0...followed.day.state.head { followed.check(from: position, seed) }
        }
    }

    @Test(arguments: Seeds.first(2))
    func `the windows move when there is more than they hold`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var habits = RandomDay.Habits.crowd
        habits.weights[.configure] = 0
        var followed = Followed(RandomDay(seed: seed, moderated: false, habits: habits))
        for step in 0..<3_600 {
            if step == 2_300 {
                // From here on they are worked off from both ends.
                followed.day.habits.weights[.ask] = 40
                followed.day.habits.weights[.restore] = 25
                followed.day.habits.weights[.vote] = 90
            }
            followed.step()
            if step % 120 == 7 {
                followed.remember()
                let positions = followed.views[.audience].map { $0.keys.sorted() } ?? []
                for _ in 0..<3 { followed.check(from: generator.pick(positions), seed) }
            }
        }
        for position in followed.views[.audience].map({ $0.keys.sorted() }) ?? [] {
            followed.check(from: position, seed)
        }
        followed.checkWhole(from: 0, seed)
        let state = followed.day.state
        #expect(state.questions.count { $0.status.isPublic } > Limits.audienceNewest + Limits.queueShown)
        #expect(state.questions.count { !$0.status.isOpen } > Limits.moderatorClosed)
    }

    @Test(arguments: Seeds.first(1))
    func `more open questions than a moderator's window holds`(seed: UInt64) throws {
        var day = Day(Sample.setup(moderated: false))
        var ledgers = Ledgers()
        for index in 0..<(Limits.moderatorOpen + 30) {
            try day.send(
                .ask(text: "\(index): \(Sample.text)", name: nil, talk: nil),
                by: Person.phone(index))
        }
        var state = State()
        for (entry, touched) in zip(day.entries, day.touched) {
            state.apply(entry)
            ledgers.advance(touched, state)
        }
        let before = RoleView(state, for: .moderator)
        // The first 50 of the queue are in the view although the window has passed them by.
        #expect(before.cards.count == Limits.moderatorOpen + 30)
        try day.send(.dismiss(day.state.question(number: 40).id, .other), by: Person.chief)
        let last = state.head
        let touched = state.apply(day.entries[last])
        ledgers.advance(touched, state)
        var view = before
        view.apply(ledgers.delta(.moderator, from: last, state))
        #expect(view == RoleView(state, for: .moderator))
    }

    @Test(arguments: Seeds.first(4))
    func `the ledger is the same after a restart, whoever asked for deltas in between`(
        seed: UInt64
    ) {
        var day = RandomDay(seed: seed)
        var live = Ledgers()
        var start = State()
        for entry in day.entries { live.advance(start.apply(entry), start) }
        for _ in 0..<200 {
            live.advance(day.step(), day.state)
            for kind in ViewKind.allCases { _ = live.delta(kind, from: day.state.head / 2, day.state) }
        }
        var again = Ledgers()
        var state = State()
        for entry in day.entries { again.advance(state.apply(entry), state) }
        #expect(state == day.state, "\(Seeds.hint(seed))")
        for position in 0...day.state.head {
            for kind in ViewKind.allCases {
                #expect(
                    live.delta(kind, from: position, day.state)
                        == again.delta(kind, from: position, state), "\(Seeds.hint(seed))")
                #expect(live.changed(kind, since: position) == again.changed(kind, since: position))
            }
        }
    }

    @Test func `touches beyond what they are kept for are thrown away without harm`() throws {
        var day = Day()
        var ledgers = Ledgers()
        let question = try day.question(.approved)
        var views: [Int: RoleView] = [:]
        for counter in 1...5_000 {
            try day.send(
                .vote(question, on: counter % 2 == 1, counter: counter), by: Person.phone(2))
        }
        var state = State()
        for (entry, touched) in zip(day.entries, day.touched) {
            state.apply(entry)
            ledgers.advance(touched, state)
            if state.head % 500 < 2 { views[state.head] = RoleView(state, for: .audience) }
        }
        for (position, view) in views {
            var view = view
            view.apply(ledgers.delta(.audience, from: position, state))
            #expect(view == RoleView(state, for: .audience))
        }
    }

    @Test func `an entry that a role cannot see changes nothing in its view`() throws {
        var day = Day()
        var ledgers = Ledgers()
        let question = try day.ask()
        try day.send(.edit(question, text: "Quel est le tarif, s’il vous plaît ?"), by: Person.chief)
        var state = State()
        for (entry, touched) in zip(day.entries, day.touched) {
            state.apply(entry)
            ledgers.advance(touched, state)
        }
        #expect(!ledgers.changed(.audience, since: state.head - 1))
        #expect(!ledgers.changed(.display, since: state.head - 1))
        #expect(!ledgers.changed(.speaker, since: state.head - 1))
        #expect(ledgers.changed(.moderator, since: state.head - 1))
    }
}
