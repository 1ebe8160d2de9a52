// A day before the day: everything works, and all of it goes.

import QATestKit
import Testing

@testable import QAShared

@Suite struct RehearsalTests {
    @Test func `everything works as in an open event, and afterwards it is as if it had not been`() throws {
        var day = Day()
        try day.send(.amend(SetupAmendment(title: "Autrement")), by: Person.organiser)
        let token = AccessToken(id: numbered(1), check: numbered(2), role: .display, venue: nil, label: "hall")
        try day.send(.addToken(token), by: Person.organiser)
        let before = day.state
        try day.send(.startRehearsal, by: Person.organiser)
        #expect(EventInfo(day.state, for: .audience)?.phase == .rehearsal)
        let question = try day.question(.live, by: Person.phone(1))
        let variant = try day.question(.merged(into: question), by: Person.phone(2))
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(3))
        try day.send(.note(question, text: "Essai"), by: Person.chief)
        try day.send(.say(text: "Essai", about: nil), by: Person.chief)
        try day.send(.stage(text: "Essai"), by: Person.chief)
        try day.send(.block(question), by: Person.chief)
        try day.send(.startTalk(Sample.closing), by: Person.chief)
        try day.send(.pauseIntake, by: Person.chief)
        try day.send(.setOrder(.byTime), by: Person.chief)
        let last = try day.send(.separate(variant), by: Person.chief)
        try day.send(.endRehearsal, by: Person.organiser)
        // The list of actions is empty, too: nothing of the rehearsal comes back.
        #expect(day.state.actions.isEmpty)
        #expect(throws: Rejection(.unknownEntry, field: "sequence")) {
            try day.send(.undo(sequence: last), by: Person.chief)
        }
        expectSame(day.state, before)
        #expect(day.state.setup?.title == "Autrement" && day.state.order == Sample.setup().order)
        let anew = try day.ask(by: Person.phone(1))
        #expect(day.state.question(anew)?.number == 1)
    }

    @Test func `a command of the rehearsal that comes again is known, and does nothing`() throws {
        var day = Day()
        try day.send(.startRehearsal, by: Person.organiser)
        let question = try day.ask()
        try day.send(.endRehearsal, by: Person.organiser)
        let sequence = try day.send(
            .ask(text: Sample.text, name: nil, talk: nil), by: Person.phone(1), id: question.of())
        #expect(sequence < day.state.head && day.state.questions.isEmpty)
        #expect(throws: Rejection(.unknownQuestion, field: "question")) {
            try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        }
    }

    @Test func `what a room did before it heard of the end is known by its time, unless it is in the log`() throws {
        var day = Day()
        try day.send(.startRehearsal, by: Person.organiser)
        let known = try day.ask()
        let end = try day.send(.endRehearsal, by: Person.organiser)
        let over = try #require(day.state.rehearsedUntil)
        #expect(day.state.rehearsals == 1 && over == day.entries[end - 1].time)
        func item(_ id: CommandID, _ later: Int, rehearsals: Int = 0) -> Forwarded {
            Forwarded(
                ordinal: 1, id: id, actor: Person.phone(1), time: Timestamp(milliseconds: over.milliseconds + later),
                command: .ask(text: Sample.text, name: nil, talk: nil), rehearsals: rehearsals)
        }
        #expect(item(numbered(801), 0).isOfRehearsal(in: day.state))
        // Cut off over the end, and asked in earnest since.
        #expect(!item(numbered(801), 1).isOfRehearsal(in: day.state))
        // It had heard of the end, whatever its clock says.
        #expect(!item(numbered(801), -5_000, rehearsals: 1).isOfRehearsal(in: day.state))
        #expect(!item(known.of(), -5_000).isOfRehearsal(in: day.state))
    }

    @Test func `it begins before the first question alone`() throws {
        var day = Day()
        let question = try day.ask()
        try day.send(.withdraw(question), by: Person.phone(1))
        #expect(throws: Rejection(.wrongStatus)) { try day.send(.startRehearsal, by: Person.organiser) }
    }

    @Test func `begun twice it is one, and where none is on nothing ends`() throws {
        var day = Day()
        try day.send(.endRehearsal, by: Person.organiser)
        try day.send(.startRehearsal, by: Person.organiser)
        _ = try day.ask()
        try day.send(.startRehearsal, by: Person.organiser)
        #expect(day.state.questions.count == 1)
        try day.send(.endRehearsal, by: Person.organiser)
        _ = try day.ask()
        try day.send(.endRehearsal, by: Person.organiser)
        #expect(day.state.questions.count == 1 && day.state.phase == .open)
    }

    @Test func `closed and opened again it is still a rehearsal`() throws {
        var day = Day()
        try day.send(.startRehearsal, by: Person.organiser)
        _ = try day.ask()
        try day.send(.closeEvent, by: Person.organiser)
        #expect(throws: Rejection(.eventClosed)) { try day.ask(by: Person.phone(2)) }
        try day.send(.openEvent, by: Person.organiser)
        #expect(day.state.phase == .rehearsal)
        try day.send(.closeEvent, by: Person.organiser)
        try day.send(.endRehearsal, by: Person.organiser)
        #expect(day.state.phase == .open && day.state.questions.isEmpty)
    }

    @Test func `what was asked in a rehearsal does not slip into the day by an undo`() throws {
        var day = Day()
        let start = try day.send(.startRehearsal, by: Person.organiser)
        let undo = try day.send(.undo(sequence: start), by: Person.organiser)
        #expect(day.state.phase == .open)
        try day.send(.undo(sequence: undo), by: Person.organiser)
        _ = try day.ask()
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: start + 2), by: Person.organiser) }
        #expect(throws: Rejection(.unknownEntry, field: "sequence")) {
            let end = try day.send(.endRehearsal, by: Person.organiser)
            try day.send(.undo(sequence: end), by: Person.organiser)
        }
    }

    @Test func `whoever stands before the end is told the whole anew, and numbers begin at 1`() throws {
        var day = Day()
        try day.send(.startRehearsal, by: Person.organiser)
        for number in 1...5 { _ = try day.question(.approved, by: Person.phone(number)) }
        let before = day.state.head
        try day.send(.endRehearsal, by: Person.organiser)
        let end = day.state.head
        _ = try day.question(.approved, by: Person.phone(1))
        var ledgers = Ledgers()
        var state = State()
        for entry in day.entries { ledgers.advance(state.apply(entry), state) }
        for kind in ViewKind.allCases {
            for position in [before - 3, before] { #expect(ledgers.delta(kind, from: position, state).from == 0) }
            #expect(ledgers.delta(kind, from: end, state).from == end)
            #expect(ledgers.changed(kind, since: before))
        }
        #expect(RoleView(state, for: .speaker).queue.count == 1)
    }

    @Test(arguments: Seeds.first(3))
    func `random days rehearse, end it, and go on`(seed: UInt64) {
        var day = RandomDay(seed: seed, habits: .rehearsal)
        day.run(400)
        #expect(day.entries.contains { $0.changes == [.rehearsalWiped] }, "\(Seeds.hint(seed))")
    }
}

@Suite struct AmendTests {
    @Test func `what is amended is another, what is left out stays, and one undo brings all back`() throws {
        var day = Day()
        let before = day.state
        let amendment = SetupAmendment(
            title: " Journée  du littoral", moderated: false, limits: [.textMinimum: 5, .askBurst: 9],
            talks: [
                Talk(id: Sample.closing, title: "Fin", speaker: "Ada Marie"),
                Talk(id: TalkID("extra")!, title: "En plus", speaker: "Zoé"),
            ])
        let sequence = try day.send(.amend(amendment), by: Person.organiser)
        var expected = Sample.setup(moderated: false)
        expected.title = "Journée du littoral"
        expected.limits.textMinimum = 5
        expected.limits.askBurst = 9
        expected.talks = amendment.talks ?? []
        #expect(day.state.setup == expected && day.state.fileSetup == Sample.setup())
        #expect(day.state.currentTalk == Sample.closing)
        try day.send(.undo(sequence: sequence), by: Person.organiser)
        expectSame(day.state, before)
    }

    @Test func `an amendment stays while the event file says what it said, and goes when that changes`() throws {
        var day = Day()
        try day.send(.amend(SetupAmendment(title: "Autrement")), by: Person.organiser)
        try day.send(.configure(Sample.setup()), by: Person.organiser)
        #expect(day.state.setup?.title == "Autrement")
        var changed = Sample.setup()
        changed.retentionDays = 7
        try day.send(.configure(changed), by: Person.organiser)
        #expect(day.state.setup == changed)
    }

    @Test func `a talk with questions is not taken out, nor by taking back how it came in`() throws {
        var day = Day()
        let extra = Talk(id: TalkID("extra")!, title: "En plus", speaker: "Zoé")
        let added = try day.send(.amend(SetupAmendment(talks: Sample.setup().talks + [extra])), by: Person.organiser)
        _ = try day.ask(talk: extra.id)
        #expect(throws: Rejection(.badValue, field: "talks")) {
            try day.send(.amend(SetupAmendment(talks: Sample.setup().talks)), by: Person.organiser)
        }
        #expect(throws: Rejection(.superseded)) { try day.send(.undo(sequence: added), by: Person.organiser) }
    }

    private static let talk = Talk(id: Sample.opening, title: "Ouverture", speaker: "Jeanne")

    @Test(arguments: [
        (SetupAmendment(title: " \n "), "title"),
        (SetupAmendment(title: String(repeating: "a", count: 201)), "title"),
        (SetupAmendment(limits: [.textMaximum: 39]), "text_maximum"),
        (SetupAmendment(limits: [.askEverySeconds: 3_601]), "ask_every_seconds"),
        (SetupAmendment(limits: [.textMinimum: 90, .textMaximum: 60]), "text_minimum"),
        (SetupAmendment(talks: []), "talks"),
        (SetupAmendment(talks: [talk, talk]), "talks"),
        (SetupAmendment(talks: [Talk(id: Sample.opening, title: "", speaker: "Jeanne")]), "title"),
        (SetupAmendment(talks: [Talk(id: Sample.opening, title: "Ouverture", speaker: "\u{202E}")]), "speaker"),
    ])
    func `what an event file could not say is refused`(amendment: SetupAmendment, field: String) {
        var day = Day()
        let refusal = #expect(throws: Rejection.self) { try day.send(.amend(amendment), by: Person.organiser) }
        #expect(refusal?.code == .badValue && refusal?.field == field)
    }

    @Test func `labels that the event file proposes are for moderators`() throws {
        var setup = Sample.setup()
        setup.labels = ["prix"]
        let day = Day(setup)
        for kind in ViewKind.allCases {
            #expect(EventInfo(day.state, for: kind)?.labels == (kind == .moderator ? ["prix"] : []))
        }
    }
}
