import QAShared
import QATestKit
import Testing

@Suite struct AskTests {
    private func ask(_ day: inout Day, by actor: Actor = Person.phone(1), talk: TalkID? = nil)
        -> Rejection?
    {
        do throws(Rejection) {
            _ = try day.ask(by: actor, talk: talk)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a question waits where the event is moderated and is public where it is not`()
        throws
    {
        var moderated = Day()
        var free = Day(Sample.setup(moderated: false))
        let waiting = try moderated.ask()
        let shown = try free.ask()
        #expect(moderated.state.question(waiting)?.status == .pending)
        #expect(free.state.question(shown)?.status == .approved)
    }

    @Test func `its id is the id of the command, its text is clean`() throws {
        var day = Day()
        try day.send(
            .ask(text: " Quel\r\nest \u{202E}le\tprix ? ", name: " Anne\n", talk: nil),
            by: Person.phone(1), id: numbered(42))
        let question = try #require(day.state.question(numbered(42)))
        #expect(question.text == "Quel est le prix ?")
        #expect(question.name == "Anne")
        #expect(question.number == 1)
        #expect(question.talk == Sample.opening)
        #expect(question.venue == Person.phone(1).venue)
    }

    @Test func `what stands in the way is said`() throws {
        var nothing = Day(empty: ())
        #expect(ask(&nothing)?.code == .noTalk)
        var setup = Sample.setup()
        setup.talks = []
        var without = Day(setup)
        #expect(ask(&without)?.code == .noTalk)

        var day = Day()
        #expect(ask(&day, talk: TalkID("nowhere")) == Rejection(.unknownTalk, field: "talk"))
        #expect(ask(&day, by: Person.phone(1, VenueID("paris")!))?.code == .unknownVenue)
        let question = try day.ask()
        try day.send(.pauseIntake, by: Person.chief)
        #expect(ask(&day)?.code == .intakePaused)
        try day.send(.resumeIntake, by: Person.chief)
        try day.send(.block(question), by: Person.chief)
        #expect(ask(&day)?.code == .blocked)
        #expect(ask(&day, by: Person.phone(2)) == nil)
        try day.send(.unblock(question), by: Person.chief)
        #expect(ask(&day) == nil)
    }

    @Test func `a full event takes no more`() throws {
        var setup = Sample.setup()
        setup.limits.questionsMaximum = 2
        var day = Day(setup)
        _ = try day.ask()
        _ = try day.ask()
        #expect(ask(&day) == Rejection(.tooManyQuestions, limit: 2))
    }

    @Test func `only its asker takes a question back, and nobody brings it back`() throws {
        var day = Day()
        let question = try day.ask()
        #expect(throws: Rejection(.notYours)) {
            try day.send(.withdraw(question), by: Person.phone(2))
        }
        try day.send(.withdraw(question), by: Person.phone(1))
        #expect(throws: Rejection(.wrongStatus)) {
            try day.send(.restore(question), by: Person.chief)
        }
        #expect(throws: Rejection(.badValue, field: "reason")) {
            try day.send(.dismiss(question, .withdrawn), by: Person.chief)
        }
    }

    @Test func `a blocked person may not vote, yet may take a question back`() throws {
        var day = Day()
        let mine = try day.ask(by: Person.phone(1))
        let other = try day.question(.approved, by: Person.phone(2))
        try day.send(.block(mine), by: Person.chief)
        #expect(throws: Rejection(.blocked)) {
            try day.send(.vote(other, on: true, counter: 1), by: Person.phone(1))
        }
        try day.send(.withdraw(mine), by: Person.phone(1))
    }

    @Test func `an edit keeps the first text, and going back to it is no edit`() throws {
        var day = Day()
        let question = try day.ask()
        try day.send(.edit(question, text: "Quel est le tarif exact ?"), by: Person.chief)
        try day.send(.edit(question, text: "Quel est le tarif précis ?"), by: Person.chief)
        #expect(day.state.question(question)?.original == Sample.text)
        try day.send(.edit(question, text: Sample.text), by: Person.chief)
        #expect(day.state.question(question)?.original == nil)
        #expect(throws: Rejection(.textEmpty, field: "text")) {
            try day.send(.edit(question, text: "\n"), by: Person.chief)
        }
    }

    @Test func `a token is added once, for a venue that is there, and revoked for good`() throws {
        var day = Day()
        func token(_ venue: VenueID?) -> AccessToken {
            AccessToken(
                id: numbered(5), check: numbered(6), role: .speaker, venue: venue, label: "scène")
        }
        #expect(throws: Rejection(.unknownVenue, field: "venue")) {
            try day.send(.addToken(token(VenueID("paris"))), by: Person.organiser)
        }
        try day.send(.addToken(token(Sample.agneaux)), by: Person.organiser)
        #expect(throws: Rejection(.badValue, field: "token")) {
            try day.send(.addToken(token(nil)), by: Person.organiser)
        }
        try day.send(.revokeToken(numbered(5)), by: Person.organiser)
        #expect(day.state.token(numbered(5))?.revoked == true)
        #expect(throws: Rejection(.tokenInvalid, field: "token")) {
            try day.send(.revokeToken(numbered(7)), by: Person.organiser)
        }
    }

    @Test func `tokens that were revoked use nothing up, and lists show the newest of them`() throws {
        var day = Day()
        func token(_ number: Int) -> AccessToken {
            AccessToken(
                id: numbered(number), check: numbered(1), role: .speaker, venue: nil, label: "n\(number)")
        }
        // Somebody who signs in again and again.
        for number in 1...Limits.tokensMaximum + 10 {
            try day.send(.addToken(token(number)), by: Person.organiser)
            try day.send(.revokeToken(numbered(number)), by: Person.organiser)
        }
        for number in 1...Limits.tokensMaximum {
            try day.send(.addToken(token(10_000 + number)), by: Person.organiser)
        }
        #expect(throws: Rejection(.tooManyTokens, field: "token", limit: Limits.tokensMaximum)) {
            try day.send(.addToken(token(20_000)), by: Person.organiser)
        }
        try day.send(.revokeToken(numbered(10_001)), by: Person.organiser)
        try day.send(.addToken(token(20_000)), by: Person.organiser)
        let listed = day.state.listedTokens
        #expect(listed.count { !$0.revoked } == Limits.tokensMaximum)
        #expect(listed.filter(\.revoked).map(\.label).first == "n12" && listed.count == 2 * Limits.tokensMaximum)
    }
}
