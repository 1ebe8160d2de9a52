import QAShared
import QATestKit
import Testing

@Suite struct PermissionsTests {
    /// The table of PROTOCOL.md, written out: who may send what.
    private static let allowed: [Command.Kind: Set<Role>] = [
        .ask: [.audience], .withdraw: [.audience], .vote: [.audience],
        .approve: [.moderator, .organiser], .edit: [.moderator, .organiser],
        .dismiss: [.moderator, .organiser], .restore: [.moderator, .organiser],
        .block: [.moderator, .organiser], .unblock: [.moderator, .organiser],
        .unite: [.moderator, .organiser], .separate: [.moderator, .organiser],
        .distinguish: [.moderator, .organiser], .flag: [.organiser],
        .takeLive: [.moderator, .organiser, .speaker],
        .answer: [.moderator, .organiser, .speaker],
        .putBack: [.moderator, .organiser, .speaker],
        .undo: [.moderator, .organiser, .speaker],
        .startTalk: [.moderator, .organiser], .endTalk: [.moderator, .organiser],
        .pauseIntake: [.moderator, .organiser], .resumeIntake: [.moderator, .organiser],
        .setOrder: [.moderator, .organiser],
        .pin: [.moderator, .organiser], .unpin: [.moderator, .organiser],
        .place: [.moderator, .organiser], .ready: [.moderator, .organiser],
        .setLine: [.organiser],
        .closeEvent: [.organiser], .openEvent: [.organiser], .configure: [.organiser],
        .addToken: [.organiser], .revokeToken: [.organiser],
        .note: [.moderator, .organiser], .say: [.moderator, .organiser], .hand: [.moderator, .organiser],
        .stage: [.moderator, .organiser], .stageRead: [.speaker], .clearStage: [.moderator, .organiser],
        .enter: [.moderator, .organiser], .label: [.moderator, .organiser], .bulk: [.moderator, .organiser],
        .move: [.moderator, .organiser],
        .startRehearsal: [.organiser], .endRehearsal: [.organiser], .amend: [.organiser],
        .erase: [.organiser],
        .redeem: [.audience], .issueCodes: [.organiser], .revokeCodes: [.organiser],
    ]

    @Test(arguments: Command.Kind.allCases)
    func `row 26 every role may send what the table says and nothing else`(kind: Command.Kind) throws {
        let allowed = try #require(Self.allowed[kind])
        var day = Day()
        let mine = try day.question(.approved, by: Person.phone(1))
        let command = sample(kind, mine)
        for role in Role.allCases {
            #expect(role.may(kind) == allowed.contains(role), "\(role) \(kind)")
            var code: Rejection.Code?
            do throws(Rejection) {
                _ = try day.decide(command, by: Person.of(role), id: numbered(77))
            } catch {
                code = error.code
            }
            #expect((code == .notAllowed) == !allowed.contains(role), "\(role) \(kind)")
        }
        #expect(command.kind == kind)
    }

    @Test(arguments: Command.Kind.allCases)
    func `in a closed event only the organiser's own commands are taken`(kind: Command.Kind) throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.closeEvent, by: Person.organiser)
        let role = try #require(
            [Role.audience, .organiser, .speaker].first { Self.allowed[kind]?.contains($0) == true })
        var code: Rejection.Code?
        do throws(Rejection) {
            _ = try day.decide(sample(kind, question), by: Person.of(role), id: numbered(77))
        } catch {
            code = error.code
        }
        let stillTaken: [Command.Kind] = [
            .openEvent, .configure, .addToken, .revokeToken, .setLine, .erase, .issueCodes, .revokeCodes,
        ]
        #expect((code == .eventClosed) == !stillTaken.contains(kind))
    }

    @Test(arguments: [
        Command.Kind.approve, .edit, .dismiss, .restore, .block, .unblock,
    ])
    func `a moderator of a venue triages that venue's questions alone`(kind: Command.Kind) throws {
        var day = Day()
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        let command = sample(kind, question)
        #expect(kind.isTriage)
        #expect(throws: Rejection(.wrongVenue)) {
            try day.decide(command, by: Person.moderator(Sample.granville), id: numbered(1))
        }
        #expect(throws: Never.self) {
            _ = try day.decide(command, by: Person.moderator(Sample.agneaux), id: numbered(1))
            _ = try day.decide(command, by: Person.chief, id: numbered(1))
        }
    }

    @Test(arguments: [Command.Kind.takeLive, .answer, .putBack])
    func `any moderator may do what concerns the stage`(kind: Command.Kind) throws {
        var day = Day()
        let status: Status = kind == .putBack ? .live : .approved
        let question = try day.question(status, by: Person.phone(1, Sample.agneaux))
        #expect(!kind.isTriage)
        #expect(throws: Never.self) {
            try day.decide(
                sample(kind, question), by: Person.moderator(Sample.granville), id: numbered(1))
        }
    }

    @Test func `taking a question that nobody has read is to approve it`() throws {
        var day = Day()
        let question = try day.ask(by: Person.phone(1, Sample.agneaux))
        let take = Command.takeLive(question, replacing: nil)
        #expect(throws: Rejection(.wrongVenue)) {
            try day.decide(take, by: Person.moderator(Sample.granville), id: numbered(1))
        }
        #expect(throws: Rejection(.wrongStatus)) {
            try day.decide(take, by: Person.speaker, id: numbered(1))
        }
        try day.send(take, by: Person.moderator(Sample.agneaux))
        #expect(day.state.liveQuestion?.id == question)
    }

    private func sample(_ kind: Command.Kind, _ question: QuestionID) -> Command {
        switch kind {
        case .ask: .ask(text: Sample.text, name: nil, talk: nil)
        case .withdraw: .withdraw(question)
        case .vote: .vote(question, on: true, counter: 1)
        case .approve: .approve(question)
        case .edit: .edit(question, text: "Quel est le tarif du certificat ?")
        case .dismiss: .dismiss(question, .other)
        case .restore: .restore(question)
        case .block: .block(question)
        case .unblock: .unblock(question)
        case .unite: .unite(question, into: question)
        case .separate: .separate(question)
        case .distinguish: .distinguish(question, from: question)
        case .flag: .flag(question, [])
        case .takeLive: .takeLive(question, replacing: nil)
        case .answer: .answer(question)
        case .putBack: .putBack(question)
        case .note: .note(question, text: "À vérifier")
        case .say: .say(text: "Bonjour", about: question)
        case .hand: .hand(question, to: Sample.cherbourg)
        case .stage: .stage(text: "Plus près du micro")
        case .stageRead: .stageRead(numbered(5))
        case .clearStage: .clearStage
        case .enter: .enter(text: "Et le prix de la carte ?", name: nil, venue: Sample.granville, talk: nil)
        case .label: .label(question, labels: ["prix"])
        case .bulk: .bulk([question], .approve)
        case .move: .move(question, to: Sample.closing)
        case .startRehearsal: .startRehearsal
        case .endRehearsal: .endRehearsal
        case .amend: .amend(SetupAmendment(title: "Autrement"))
        case .startTalk: .startTalk(Sample.opening)
        case .endTalk: .endTalk(Sample.opening)
        case .pauseIntake: .pauseIntake
        case .resumeIntake: .resumeIntake
        case .setOrder: .setOrder(.byTime)
        case .pin: .pin(question)
        case .unpin: .unpin(question)
        case .place: .place(question, before: nil)
        case .ready: .ready(question, on: true)
        case .setLine: .setLine(Sample.agneaux, cutSince: Sample.morning)
        case .undo: .undo(sequence: 999)
        case .closeEvent: .closeEvent
        case .openEvent: .openEvent
        case .configure: .configure(Sample.setup(moderated: false))
        case .addToken:
            .addToken(
                AccessToken(
                    id: numbered(8), check: numbered(9), role: .speaker, venue: nil, label: "x"))
        case .revokeToken: .revokeToken(numbered(8))
        case .erase: .erase(question, .text)
        case .redeem: .redeem(numbered(1))
        case .issueCodes: .issueCodes(numbered(1), venue: nil, [numbered(1)])
        case .revokeCodes: .revokeCodes(numbered(1))
        }
    }
}
