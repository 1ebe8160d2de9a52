import QAShared
import QATestKit
import Testing

/// One-time codes: who may vote, what one code is worth, and what becomes of it.
@Suite struct VoteCodeTests {
    private static func setup() -> EventSetup {
        var setup = Sample.setup()
        setup.votes = .codes
        return setup
    }

    private func day(codes: Int = 3) throws -> Day {
        var day = Day(Self.setup())
        try day.send(
            .issueCodes(numbered(1), venue: Sample.agneaux, (1...codes).map { numbered($0) }), by: Person.organiser)
        return day
    }

    // MARK: Signs

    @Test(arguments: Seeds.first(20))
    func `a code is read as it is printed, and as people type it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let code = VoteCode(using: &generator)
        #expect(code.text.count == 14 && code.text.split(separator: "-").map(\.count) == [4, 4, 4])
        let bare = code.text.filter { $0 != "-" }
        for typed in [code.text, code.text.lowercased(), bare, " \(bare) ", code.text.replacing("-", with: "\u{2013}")]
        {
            #expect(VoteCode(typed: typed) == code, "\(typed)")
        }
        #expect(VoteCode(typed: String(bare.dropLast())) == nil && VoteCode(typed: bare + "7") == nil)
    }

    @Test(arguments: ["", "AAAA-AAAA-AAAA", "0000-1111-2222", "7KQW-39XF-MTC\u{0410}", "é", "7KQW 39XF MTC!"])
    func `what holds another sign is no code`(typed: String) { #expect(VoteCode(typed: typed) == nil) }

    @Test func `a thousand codes are a thousand, of every sign there is`() {
        var generator = SeededGenerator(seed: 3)
        let codes = (0..<1_000).map { _ in VoteCode(using: &generator).text }
        #expect(Set(codes).count == 1_000)
        #expect(Set(codes.joined()).count == 22)
    }

    // MARK: Who may vote

    @Test func `row 31 a vote without a code is refused, a question is not`() throws {
        var day = try day()
        let question = try day.question(.approved, by: Person.phone(1))
        let voter = Person.phone(2)
        #expect(throws: Rejection(.codeNeeded)) { try day.send(.vote(question, on: true, counter: 1), by: voter) }
        try day.send(.redeem(numbered(1)), by: voter)
        try day.send(.vote(question, on: true, counter: 1), by: voter)
        #expect(day.state.question(question)?.votes == 1)
    }

    @Test func `row 31 one code makes one voter, on whichever device it is tried next`() throws {
        var day = try day()
        let (one, other) = (Person.phone(2), Person.phone(3))
        let first = try day.send(.redeem(numbered(1)), by: one, id: numbered(900))
        // The answer was lost: the same command comes again.
        #expect(try day.send(.redeem(numbered(1)), by: one, id: numbered(900)) == first)
        #expect(throws: Rejection(.codeUsed, field: "code")) { try day.send(.redeem(numbered(1)), by: other) }
        #expect(throws: Rejection(.codeUnknown, field: "code")) { try day.send(.redeem(numbered(99)), by: other) }
        // Who holds one keeps the second paper good for somebody else.
        try day.send(.redeem(numbered(2)), by: one)
        try day.send(.redeem(numbered(2)), by: other)
        #expect(day.state.codes.usedCount == 2 && day.state.codes.issuedCount == 3)
    }

    @Test func `a blocked device redeems nothing`() throws {
        var day = try day()
        let question = try day.ask(by: Person.phone(1))
        try day.send(.block(question), by: Person.chief)
        #expect(throws: Rejection(.blocked)) { try day.send(.redeem(numbered(1)), by: Person.phone(1)) }
    }

    @Test func `where everybody votes there are no codes, and the rule stays while there are questions`() throws {
        var open = Day()
        #expect(throws: Rejection(.badValue, field: "votes")) {
            try open.send(.issueCodes(numbered(1), venue: nil, [numbered(1)]), by: Person.organiser)
        }
        #expect(throws: Rejection(.codeUnknown, field: "code")) {
            try open.send(.redeem(numbered(1)), by: Person.phone(1))
        }
        try open.send(.configure(Self.setup()), by: Person.organiser)
        _ = try open.ask()
        #expect(throws: Rejection(.badValue, field: "votes")) {
            try open.send(.configure(Sample.setup()), by: Person.organiser)
        }
    }

    @Test func `whoever asked what was merged supports it from the moment on at which a code is redeemed`() throws {
        var day = try day()
        let founder = try day.question(.approved, by: Person.phone(1))
        let twin = try day.question(.approved, by: Person.phone(2))
        try day.send(.unite(twin, into: founder), by: Person.chief)
        #expect(day.state.question(founder)?.votes == 0)
        try day.send(.redeem(numbered(1)), by: Person.phone(2))
        #expect(day.state.question(founder)?.votes == 1)
        try day.send(.separate(twin), by: Person.chief)
        #expect(day.state.question(founder)?.votes == 0)
        try day.send(.unite(twin, into: founder), by: Person.chief)
        #expect(day.state.question(founder)?.votes == 1)
        #expect(Groups.problems(of: day.state) == [])
    }

    // MARK: Batches

    @Test func `what nobody used of a batch can be taken back, and what was used stays`() throws {
        var day = try day()
        try day.send(.redeem(numbered(1)), by: Person.phone(2))
        try day.send(.revokeCodes(numbered(1)), by: Person.organiser)
        #expect(throws: Rejection(.codeUnknown, field: "code")) {
            try day.send(.redeem(numbered(2)), by: Person.phone(3))
        }
        #expect(day.state.codes.batches.map { [$0.issued, $0.used, $0.revoked] } == [[3, 1, 2]])
        #expect(day.state.codes.isHolder(Person.phone(2).participant) && day.state.codes.issuedCount == 1)
        #expect(throws: Rejection(.badValue, field: "batch")) {
            try day.send(.revokeCodes(numbered(9)), by: Person.organiser)
        }
    }

    @Test func `a batch grows by its parts, and is bounded`() throws {
        var day = try day()
        try day.send(.issueCodes(numbered(1), venue: Sample.agneaux, [numbered(4), numbered(3)]), by: Person.organiser)
        #expect(day.state.codes.batches.map(\.issued) == [4])
        let many: [CodeID] = (1...Limits.codesOnce + 1).map { numbered(1_000 + $0) }
        #expect(throws: Rejection(.badValue, field: "codes", limit: Limits.codesOnce)) {
            try day.send(.issueCodes(numbered(2), venue: nil, many), by: Person.organiser)
        }
        #expect(throws: Rejection(.unknownVenue, field: "venue")) {
            try day.send(.issueCodes(numbered(2), venue: VenueID("nowhere"), [numbered(7)]), by: Person.organiser)
        }
    }

    @Test func `after a rehearsal the codes are good, and nobody has used one`() throws {
        var day = try day()
        try day.send(.startRehearsal, by: Person.organiser)
        try day.send(.redeem(numbered(1)), by: Person.phone(2))
        try day.send(.endRehearsal, by: Person.organiser)
        #expect(day.state.codes.usedCount == 0 && day.state.codes.issuedCount == 3)
        #expect(day.state.codes.batches.map(\.used) == [0])
        try day.send(.redeem(numbered(1)), by: Person.phone(3))
        #expect(throws: Rejection(.codeUsed, field: "code")) { try day.send(.redeem(numbered(1)), by: Person.phone(2)) }
    }

    @Test func `redeeming is no action that somebody could take back`() throws {
        var day = try day()
        let redeemed = try day.send(.redeem(numbered(1)), by: Person.phone(2))
        #expect(day.state.actions.isEmpty)
        #expect(throws: Rejection(.unknownEntry, field: "sequence")) {
            try day.send(.undo(sequence: redeemed), by: Person.organiser)
        }
    }

    @Test(arguments: Seeds.first(12))
    func `row 31 whatever happens, no question has more supporters than there are codes`(seed: UInt64) throws {
        var day = RandomDay(seed: seed, moderated: false, habits: .codes, setup: Self.setup())
        for _ in 0..<300 {
            _ = day.step()
            let state = day.state
            let most = state.questions.map(\.votes).max() ?? 0
            #expect(
                most <= state.codes.usedCount && state.codes.usedCount <= state.codes.issuedCount, "\(Seeds.hint(seed))"
            )
            #expect(Groups.problems(of: state) == [], "after entry \(state.head), \(Seeds.hint(seed))")
        }
        #expect(day.state.codes.usedCount > 0)
        // What the log says of it is all there is.
        var again = State()
        for entry in day.entries {
            let read = try EntryCoding.decode(EntryCoding.encode(entry))
            #expect(read == entry)
            again.apply(read)
        }
        #expect(again == day.state && again.canonicalBytes == day.state.canonicalBytes)
    }
}
