// What holds of every state, whatever happened before; and the fold's calm in the face of the unknown.

import QATestKit
import Testing

@testable import QAShared

@Suite struct ApplyTests {
    @Test(arguments: Seeds.first(8))
    func `counts, queues, the live question and the running talk are right after every entry`(
        seed: UInt64
    ) {
        let habits = [RandomDay.Habits(), .together, .rehearsal]
        var day = RandomDay(seed: seed, moderated: seed % 2 == 0, habits: habits[Int(seed % 3)])
        for _ in 0..<400 {
            _ = day.step()
            let state = day.state
            let hint: Comment = "after entry \(state.head), \(Seeds.hint(seed))"
            #expect(state.counts == recounted(state), hint)
            #expect(
                state.questions.filter { $0.status == .live }.map(\.number)
                    == (state.live.map { [$0] } ?? []), hint)
            #expect(state.talkPhases.values.count { $0 == .running } <= 1, hint)
            #expect(Groups.problems(of: state) == [], hint)
            for talk in Sample.talks {
                let queue = state.queues[talk]?.first(.max) ?? []
                #expect(queue == requeued(talk, state), hint)
                #expect(Set(queue).count == queue.count, hint)
            }
            #expect(state.head == day.entries.count, hint)
        }
    }

    @Test(arguments: Seeds.first(4))
    func `whoever's question or vote changed is named`(seed: UInt64) {
        var day = RandomDay(seed: seed)
        for _ in 0..<300 {
            let before = day.state
            let touched = day.step()
            for question in day.state.questions {
                let old = before.question(question.id)
                if old?.status != question.status || old?.text != question.text {
                    #expect(touched.participants.contains(question.asker), "\(Seeds.hint(seed))")
                }
                for (voter, vote) in question.voters where old?.voters[voter] != vote {
                    #expect(touched.participants.contains(voter), "\(Seeds.hint(seed))")
                }
            }
        }
    }

    private func recounted(_ state: State) -> [VenueCounts] {
        (state.setup?.venues ?? []).map { venue in
            var counts = VenueCounts(venue: venue.id)
            for question in state.questions where question.venue == venue.id {
                counts.received += 1
                switch question.status {
                case .pending: counts.pending += 1
                case .approved, .live: counts.shown += 1
                case .answered:
                    counts.shown += 1
                    counts.answered += 1
                case .dismissed: counts.dismissed += 1
                case .merged: break
                }
            }
            return counts
        }
    }

    private func requeued(_ talk: TalkID, _ state: State) -> [Int] {
        let waiting = state.questions.filter { $0.talk == talk && $0.status == .approved }
        let pins = waiting.filter { $0.pinned != nil }.sorted { ($0.pinned ?? 0) < ($1.pinned ?? 0) }
        let others = waiting.filter { $0.pinned == nil }
            .sorted { ($1.votes, $0.number) < ($0.votes, $1.number) }
        let first = pins.map(\.number)
        switch state.order {
        case .byTime: return first + others.map(\.number).sorted()
        case .byVotes: return first + others.map(\.number)
        case .byHand:
            let hand = state.queues[talk]?.hand.numbers ?? []
            #expect(hand.sorted() == waiting.map(\.number))
            return first + hand.filter { !first.contains($0) }
        case .byTurns: return first + byTurns(others, pins, talk, state)
        }
    }

    private func byTurns(_ others: [Question], _ pins: [Question], _ talk: TalkID, _ state: State) -> [Int] {
        var turns: [VenueID: Int] = [:]
        for lane in state.queues[talk]?.lanes ?? [] { turns[lane.venue] = lane.effective }
        for question in pins { turns[question.venue, default: 0] += 1 }
        var (left, taken) = (others, [Int]())
        while !left.isEmpty {
            let connected = left.filter { state.lines[$0.venue] == nil }
            let eligible = connected.isEmpty ? left : connected
            let fewest = eligible.compactMap { turns[$0.venue] }.min() ?? 0
            guard let next = eligible.first(where: { turns[$0.venue] == fewest }) else { break }
            taken.append(next.number)
            turns[next.venue, default: 0] += 1
            left.removeAll { $0.number == next.number }
        }
        return taken
    }

    @Test(arguments: Seeds.first(4))
    func `time never goes back in the log, and sequences have no holes`(seed: UInt64) {
        var day = RandomDay(seed: seed)
        day.run(300)
        #expect(day.entries.map(\.sequence) == Array(1...day.entries.count))
        for (earlier, later) in zip(day.entries, day.entries.dropFirst()) {
            #expect(earlier.time <= later.time, "\(Seeds.hint(seed))")
        }
    }

    @Test(arguments: Seeds.first(4))
    func `random days are worth the name: most kinds of refusal happen`(seed: UInt64) {
        var day = RandomDay(seed: seed)
        day.run(600)
        #expect(day.rejections.count > 8, "\(day.rejections), \(Seeds.hint(seed))")
        #expect(day.state.questions.count > 50)
        #expect(day.entries.contains { $0.changes.contains { if case .actionUndone = $0 { true } else { false } } })
    }

    @Test func `a venue that was taken out and comes back has its counts`() throws {
        var day = Day()
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        let before = day.state.counts
        var smaller = Sample.setup()
        smaller.venues.removeAll { $0.id == Sample.agneaux }
        day.append([.eventConfigured(smaller)], by: Person.organiser)
        day.append([.eventConfigured(Sample.setup())], by: Person.organiser)
        #expect(day.state.counts == before)
        try day.send(.approve(question), by: Person.chief)
        #expect(day.state.counts.map(\.pending) == [0, 0, 0])
        #expect(day.state.counts.map(\.shown) == [0, 1, 0])
    }

    @Test func `a talk that was taken out keeps its queue in order`() throws {
        var day = Day()
        let first = try day.question(.approved, by: Person.phone(1))
        let second = try day.question(.approved, by: Person.phone(2))
        try day.send(.vote(second, on: true, counter: 1), by: Person.phone(3))
        var smaller = Sample.setup()
        smaller.talks.removeFirst()
        day.append([.eventConfigured(smaller)], by: Person.organiser)
        try day.send(.setOrder(.byTime), by: Person.chief)
        try day.send(.dismiss(second, .other), by: Person.chief)
        day.append([.eventConfigured(Sample.setup())], by: Person.organiser)
        #expect(day.state.queueShown == [day.state.numbers[first]])
    }

    @Test func `a setup that leaves questions without their talk or venue is refused`() throws {
        var day = Day()
        _ = try day.ask(by: Person.phone(1, Sample.agneaux))
        var setup = Sample.setup()
        setup.venues.removeAll { $0.id == Sample.agneaux }
        #expect(throws: Rejection(.badValue, field: "venues")) {
            try day.send(.configure(setup), by: Person.organiser)
        }
        setup = Sample.setup()
        setup.talks.removeAll { $0.id == day.state.questions[0].talk }
        #expect(throws: Rejection(.badValue, field: "talks")) {
            try day.send(.configure(setup), by: Person.organiser)
        }
    }

    @Test func `a running talk that was taken out does not run beside another when it comes back`()
        throws
    {
        var day = Day()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        var smaller = Sample.setup()
        smaller.talks.removeFirst()
        try day.send(.configure(smaller), by: Person.organiser)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        try day.send(.configure(Sample.setup()), by: Person.organiser)
        #expect(Sample.talks.filter { day.state.talkPhase($0) == .running } == [Sample.certificate])
    }

    @Test(arguments: [
        Change.statusChanged(numbered(404), from: .pending, to: .live),
        .textEdited(numbered(404), from: "a", to: "b"),
        .voted(numbered(404), on: true, counter: 1),
        .tokenRevoked(numbered(404)),
        .actionUndone(sequence: 404),
        .questionAsked(
            AskedQuestion(number: 9, talk: Sample.opening, text: "a", name: nil, approved: true)),
        .unknown(kind: "merged", body: Array(#"{"kind":"merged"}"#.utf8)),
    ])
    func `a change about what is not there does nothing`(change: Change) throws {
        var day = Day()
        _ = try day.question(.live)
        let before = day.state
        day.append([change], by: Person.phone(3), id: numbered(5))
        expectSame(day.state, before)
    }

    @Test func `a vote that is older than the one counted does nothing, even when it is in the log`() throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.vote(question, on: true, counter: 2), by: Person.phone(2))
        let before = day.state
        for counter in 1...2 {
            day.append([.voted(question, on: false, counter: counter)], by: Person.phone(2))
        }
        expectSame(day.state, before)
    }

    @Test func `a blocked person nobody knows is blocked, and nothing else`() {
        var day = Day()
        day.append([.participantBlocked(numbered(1), from: false, to: true)], by: Person.chief)
        #expect(day.state.blocked == [numbered(1)])
    }

    @Test func `actions are kept up to a limit, the newest of them`() throws {
        var day = Day()
        for round in 0..<(Limits.actionsKept + 10) {
            try day.send(round % 2 == 0 ? .pauseIntake : .resumeIntake, by: Person.chief)
            try day.send(.setOrder(round % 2 == 0 ? .byTime : .byVotes), by: Person.chief)
        }
        #expect((Limits.actionsKept...2 * Limits.actionsKept).contains(day.state.actions.count))
        #expect(day.state.actions.last?.sequence == day.state.head)
        #expect(day.state.actionsShown.count == Limits.actionsShown)
        #expect(throws: Rejection(.unknownEntry, field: "sequence")) {
            try day.send(.undo(sequence: 2), by: Person.chief)
        }
    }
}
