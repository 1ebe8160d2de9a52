// Floor requests: questions that their askers want to say themselves.

import QATestKit
import Testing

@testable import QAShared

@Suite struct FloorTests {
    private func request(
        _ day: inout Day, _ subject: String = "Tarif", by actor: Actor = Person.phone(1), talk: TalkID? = nil,
        sameAs: [QuestionID] = []
    ) throws(Rejection) -> QuestionID {
        let ask = Command.ask(text: subject, name: nil, talk: talk, spoken: true)
        let sequence = try day.send(ask, by: actor, sameAs: sameAs)
        return day.entries[sequence - 1].commandID!.of()
    }

    @Test func `the subject may be short, yet says something, and is edited by the same rule`() throws {
        var day = Day()
        let id = try request(&day)
        #expect(day.state.question(id)?.spoken == true && day.state.question(id)?.text == "Tarif")
        #expect(throws: Rejection(.textTooShort, field: "text", limit: Limits.subjectMinimum)) {
            try request(&day, "ab", by: Person.phone(2))
        }
        #expect(throws: Rejection(.textTooLong, field: "text", limit: 200)) {
            try request(&day, String(repeating: "mot ", count: 60), by: Person.phone(2))
        }
        try day.send(.edit(id, text: "Prix"), by: Person.chief)
        #expect(day.state.question(id)?.text == "Prix")
    }

    @Test func `one open request a person and talk`() throws {
        var day = Day()
        let first = try request(&day)
        #expect(throws: Rejection(.floorTaken)) { try request(&day) }
        _ = try request(&day, talk: Sample.closing)
        _ = try request(&day, by: Person.phone(2))
        _ = try day.ask(by: Person.phone(1))
        try day.send(.takeLive(first, replacing: nil), by: Person.chief)
        #expect(throws: Rejection(.floorTaken)) { try request(&day) }
        try day.send(.answer(first), by: Person.speaker)
        _ = try request(&day)
    }

    @Test func `an event without a floor takes none`() throws {
        var setup = Sample.setup()
        setup.floor = false
        var day = Day(setup)
        #expect(throws: Rejection(.floorClosed)) { try request(&day) }
        #expect(EventInfo(day.state, for: .audience)?.floor == false)
        _ = try day.ask()
    }

    @Test func `it is never taken for a duplicate, by nobody`() throws {
        var day = Day()
        let written = try day.question(.approved, by: Person.phone(1))
        let id = try request(&day, Sample.text, by: Person.phone(2), sameAs: [written])
        #expect(day.state.question(id)?.status == .pending)
        let repeated = try day.ask(by: Person.phone(3), sameAs: [id])
        #expect(day.state.question(repeated)?.status == .pending)
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.unite(id, into: written), by: Person.chief) }
        #expect(throws: Rejection(.wrongStatus, field: "into")) {
            try day.send(.unite(written, into: id), by: Person.chief)
        }
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.flag(id, []), by: Person.organiser) }
    }

    @Test func `it waits in the same queue and takes its venue's turn`() throws {
        var day = Day(Sample.setup(moderated: false, order: .byTurns))
        _ = try day.ask(by: Person.phone(1, Sample.agneaux))
        let id = try request(&day, by: Person.phone(2, Sample.granville))
        _ = try day.ask(by: Person.phone(3, Sample.agneaux))
        #expect(day.state.queueShown == [1, 2, 3])
        try day.send(.takeLive(id, replacing: nil), by: Person.speaker)
        #expect(day.state.turnsShown.map(\.turns) == [1, 0, 0])
    }

    @Test func `who has the floor may decline it, and then it was no turn`() throws {
        var day = Day()
        let id = try request(&day)
        let written = try day.question(.live, by: Person.phone(2))
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.withdraw(written), by: Person.phone(2)) }
        try day.send(.takeLive(id, replacing: written), by: Person.chief)
        try day.send(.withdraw(id), by: Person.phone(1))
        #expect(day.state.question(id)?.status == .dismissed(.withdrawn))
        #expect(day.state.live == nil && day.state.turnsShown.map(\.turns).reduce(0, +) == 1)
    }

    @Test func `who is among the first is told so, and so is who falls behind`() throws {
        var day = Day(Sample.setup(moderated: false, order: .byVotes))
        let ids = try (1...3).map { try day.ask("Question \($0), je vous prie ?", by: Person.phone($0)) }
        let id = try request(&day, by: Person.phone(4))
        let number = try #require(day.state.numbers[id])
        #expect(day.state.near == [])
        try day.send(.takeLive(ids[0], replacing: nil), by: Person.speaker)
        #expect(day.state.near == [number])
        let touched = try #require(day.touched.last)
        #expect(touched.near == [number] && touched.participants.contains(Person.phone(4).participant))
        for kind in ViewKind.allCases {
            let card = Card(day.state.question(number: number), in: day.state, for: kind)
            #expect(card.spoken && card.near == (kind == .moderator || kind == .speaker))
        }
        let other = try day.ask("Une autre question encore ?", by: Person.phone(5))
        try day.send(.vote(other, on: true, counter: 1), by: Person.phone(6))
        #expect(day.state.near == [] && day.touched.last?.near == [number])
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        #expect(day.touched.last?.near == [])
    }

    @Test func `the microphone is told to moderators, the speaker and the asker`() throws {
        var day = Day()
        let id = try request(&day)
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.ready(id, on: true), by: Person.chief) }
        try day.send(.approve(id), by: Person.chief)
        let brought = try day.send(.ready(id, on: true), by: Person.moderator(Sample.cherbourg))
        func isReady(_ kind: ViewKind) -> Bool {
            day.state.question(id).map { Card($0, in: day.state, for: kind).ready } == true
        }
        #expect(isReady(.moderator) && isReady(.speaker) && !isReady(.audience))
        #expect(day.touched.last?.participants == [Person.phone(1).participant])
        try day.send(.takeLive(id, replacing: nil), by: Person.speaker)
        #expect(isReady(.speaker))
        try day.send(.answer(id), by: Person.speaker)
        #expect(!isReady(.moderator))
        // Who waits anew is brought the microphone anew.
        let again = try day.send(.restore(id), by: Person.chief)
        #expect(!isReady(.moderator) && !isReady(.speaker))
        try day.send(.undo(sequence: again), by: Person.chief)
        try day.send(.undo(sequence: brought), by: Person.chief)
        #expect(day.state.question(id)?.ready == false)
        let written = try day.question(.approved, by: Person.phone(2))
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.ready(written, on: true), by: Person.chief) }
    }

    @Test(arguments: Seeds.first(20))
    func `whoever is near is so in every state, and each who moved is named`(seed: UInt64) {
        var habits = RandomDay.Habits()
        habits.spoken = 50
        habits.weights[.takeLive] = 16
        var day = RandomDay(seed: seed, moderated: seed % 2 == 0, habits: habits)
        var known: Set<Int> = []
        for _ in 0..<300 {
            let touched = day.step()
            let state = day.state
            let near = state.queueShown.prefix(Limits.floorNear).filter { state.question(number: $0).spoken }
            #expect(state.near == near, "\(Seeds.hint(seed))")
            #expect(Set(touched.near) == known.symmetricDifference(near), "\(Seeds.hint(seed))")
            known = Set(near)
            #expect(state.floor == state.questions.filter(\.spoken).map(\.number))
            #expect(state.questions.allSatisfy { !$0.spoken || $0.union == nil && $0.variants.isEmpty })
        }
    }
}
