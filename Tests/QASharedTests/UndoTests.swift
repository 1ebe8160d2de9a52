// Undo is a compensating command: it restores what was, or says that it was superseded.

import QATestKit
import Testing

@testable import QAShared

@Suite struct UndoTests {
    /// One action of every kind that can be taken back, on a day with questions of every status.
    static let kinds: [Command.Kind] = [
        .approve, .edit, .dismiss, .restore, .takeLive, .answer, .putBack, .block, .unblock,
        .startTalk, .endTalk, .pauseIntake, .resumeIntake, .setOrder, .pin, .unpin, .place, .ready,
        .note, .say, .hand, .stage, .clearStage, .label, .bulk, .move, .amend,
    ]

    private func prepared(_ kind: Command.Kind) throws -> (Day, Command) {
        var day = Day()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        let pending = try day.question(.pending, by: Person.phone(1))
        let approved = try day.question(.approved, by: Person.phone(2))
        let answered = try day.question(.answered, by: Person.phone(3))
        let live = try day.question(.live, by: Person.phone(4))
        try day.send(.vote(approved, on: true, counter: 1), by: Person.phone(5))
        switch kind {
        case .approve: return (day, .approve(pending))
        case .edit: return (day, .edit(approved, text: "Quel est le tarif exact ?"))
        case .dismiss: return (day, .dismiss(live, .offTopic))
        case .restore: return (day, .restore(answered))
        case .takeLive: return (day, .takeLive(approved, replacing: live))
        case .answer: return (day, .answer(live))
        case .putBack: return (day, .putBack(live))
        case .block: return (day, .block(approved))
        case .unblock:
            try day.send(.block(approved), by: Person.chief)
            return (day, .unblock(approved))
        case .startTalk: return (day, .startTalk(Sample.certificate))
        case .endTalk: return (day, .endTalk(Sample.opening))
        case .pauseIntake: return (day, .pauseIntake)
        case .resumeIntake:
            try day.send(.pauseIntake, by: Person.chief)
            return (day, .resumeIntake)
        case .setOrder: return (day, .setOrder(.byTime))
        case .pin: return (day, .pin(approved))
        case .unpin:
            try day.send(.pin(approved), by: Person.chief)
            try day.send(.pin(pending), by: Person.chief)
            return (day, .unpin(approved))
        case .place:
            try day.send(.setOrder(.byHand), by: Person.chief)
            try day.send(.approve(pending), by: Person.chief)
            return (day, .place(pending, before: approved))
        case .ready:
            let ask = Command.ask(text: "Tarif", name: nil, talk: nil, spoken: true)
            let request = try day.send(ask, by: Person.phone(6))
            let id: QuestionID = day.entries[request - 1].commandID!.of()
            try day.send(.approve(id), by: Person.chief)
            return (day, .ready(id, on: true))
        case .note: return (day, .note(pending, text: "À vérifier"))
        case .say: return (day, .say(text: "Bonjour", about: live))
        case .hand: return (day, .hand(pending, to: Sample.cherbourg))
        case .stage:
            try day.send(.stage(text: "Encore dix minutes"), by: Person.chief)
            return (day, .stage(text: "Encore cinq minutes"))
        case .clearStage:
            try day.send(.stage(text: "Encore dix minutes"), by: Person.chief)
            return (day, .clearStage)
        case .label: return (day, .label(approved, labels: ["prix"]))
        case .bulk: return (day, .bulk([pending, approved, live], .answer))
        case .move: return (day, .move(approved, to: Sample.closing))
        case .amend: return (day, .amend(SetupAmendment(title: "Autrement", moderated: false)))
        default: return try #require(nil)
        }
    }

    @Test(arguments: kinds)
    func `what is taken back is as if it had not been, and what is taken back twice is done again`(
        kind: Command.Kind
    ) throws {
        var (day, command) = try prepared(kind)
        let before = day.state
        let actor = Role.moderator.may(kind) ? Person.chief : Person.organiser
        let action = try day.send(command, by: actor)
        let after = day.state
        #expect(before.essence != after.essence)
        let undo = try day.send(.undo(sequence: action), by: actor)
        expectSame(day.state, before)
        #expect(day.state.actions.first { $0.sequence == action }?.undone == true)
        #expect(throws: Rejection(.superseded)) {
            try day.send(.undo(sequence: action), by: actor)
        }
        let redo = try day.send(.undo(sequence: undo), by: actor)
        expectSame(day.state, after)
        try day.send(.undo(sequence: redo), by: actor)
        expectSame(day.state, before)
    }

    @Test(arguments: kinds)
    func `the list of actions calls them by the command's name`(kind: Command.Kind) throws {
        var (day, command) = try prepared(kind)
        let actor = Role.moderator.may(kind) ? Person.chief : Person.organiser
        let sequence = try day.send(command, by: actor)
        let info = try #require(day.state.actionsShown.last)
        #expect(info.what == kind.rawValue && info.sequence == sequence && !info.undone)
        try day.send(.undo(sequence: sequence), by: actor)
        #expect(day.state.actionsShown.last?.what == "undo")
        #expect(day.state.actionsShown.dropLast().last?.undone == true)
    }

    @Test(arguments: Seeds.first(6))
    func `an undo right after the action restores the state, on any day`(seed: UInt64) throws {
        var day = RandomDay(seed: seed, habits: seed % 2 == 0 ? .together : RandomDay.Habits())
        for _ in 0..<300 {
            let (command, result, before) = day.attempt()
            guard case .success(.entry(let entry)) = result, day.state.actions.last?.sequence == entry.sequence,
                day.state.phase == .open, command.command.kind != .enter
            else { continue }
            var state = day.state
            let undo = StampedCommand(
                id: numbered(5), actor: Person.organiser, time: command.time,
                command: .undo(sequence: entry.sequence))
            guard case .entry(let back) = try state.decide(undo) else { continue }
            state.apply(back)
            // What is parted is told apart for good, and flags of a text go with it: those alone are not as they were.
            var known = before
            known.forgetDuplicates()
            state.forgetDuplicates()
            expectSame(state, known, "\(command.command), \(Seeds.hint(seed))")
        }
    }

    @Test func `what someone changed since is superseded`() throws {
        var day = Day()
        let question = try day.ask()
        let approval = try day.send(.approve(question), by: Person.chief)
        let edit = try day.send(
            .edit(question, text: "Quel est le tarif exact ?"), by: Person.chief)
        try day.send(.edit(question, text: "Quel est le tarif précis ?"), by: Person.chief)
        try day.send(.answer(question), by: Person.speaker)
        for sequence in [approval, edit] {
            #expect(throws: Rejection(.superseded)) {
                try day.send(.undo(sequence: sequence), by: Person.chief)
            }
        }
    }

    @Test func `nothing that is taken back makes two questions live or two talks run`() throws {
        var day = Day()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        let first = try day.question(.live, by: Person.phone(1))
        let answer = try day.send(.answer(first), by: Person.speaker)
        _ = try day.question(.live, by: Person.phone(2))
        #expect(throws: Rejection(.superseded)) {
            try day.send(.undo(sequence: answer), by: Person.chief)
        }
        let end = try day.send(.endTalk(Sample.opening), by: Person.chief)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        #expect(throws: Rejection(.superseded)) {
            try day.send(.undo(sequence: end), by: Person.chief)
        }
    }

    @Test func `a speaker takes back what was the speaker's own`() throws {
        var day = Day()
        let question = try day.question(.approved)
        let take = try day.send(.takeLive(question, replacing: nil), by: Person.otherSpeaker)
        #expect(throws: Rejection(.notAllowed)) {
            try day.send(.undo(sequence: take), by: Person.speaker)
        }
        try day.send(.undo(sequence: take), by: Person.otherSpeaker)
        #expect(day.state.question(question)?.status == .approved)
    }

    @Test func `a moderator takes back what moderators and speakers did, not the organiser`() throws {
        var day = Day()
        try day.send(.closeEvent, by: Person.organiser)
        let opening = try day.send(.openEvent, by: Person.organiser)
        #expect(throws: Rejection(.notAllowed)) {
            try day.send(.undo(sequence: opening), by: Person.chief)
        }
        #expect(day.state.phase == .open)
        try day.send(.undo(sequence: opening), by: Person.organiser)
        #expect(day.state.phase == .closed)
    }

    @Test func `only actions can be taken back`() throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        for sequence in [0, 1, 2, day.state.head, 999, -1] {
            #expect(throws: Rejection(.unknownEntry, field: "sequence")) {
                try day.send(.undo(sequence: sequence), by: Person.chief)
            }
        }
    }
}

extension State {
    fileprivate mutating func forgetDuplicates() {
        distinguished = []
        for index in questions.indices {
            questions[index].flags = []
            questions[index].flaggedBy = []
        }
    }
}

@Suite struct UndoVenueTests {
    @Test func `triage is taken back by whoever may triage that question, the stage by any moderator`() throws {
        var day = Day()
        let question = try day.question(.pending, by: Person.phone(1, Sample.agneaux))
        let elsewhere = Person.moderator(Sample.granville)
        try day.send(.edit(question, text: "Une question corrigée et lisible ?"), by: Person.chief)
        let edited = day.state.head
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.undo(sequence: edited), by: elsewhere) }
        try day.send(.block(question), by: Person.chief)
        let blocked = day.state.head
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.undo(sequence: blocked), by: elsewhere) }
        try day.send(.approve(question), by: Person.chief)
        let approved = day.state.head
        #expect(throws: Rejection(.wrongVenue)) { try day.send(.undo(sequence: approved), by: elsewhere) }
        try day.send(.takeLive(question, replacing: nil), by: Person.chief)
        try day.send(.undo(sequence: day.state.head), by: elsewhere)
        #expect(day.state.question(question)?.status == .approved)
    }
}
