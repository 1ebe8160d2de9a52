// What each command comes to, status by status.

import QAShared
import QATestKit
import Testing

/// What is expected of a command: another status, nothing, or a refusal.
enum Expected: Sendable {
    case to(Status)
    case nothing
    case refused(Rejection.Code)
}

@Suite struct DecideTests {
    static let statuses: [Status] = [
        .pending, .approved, .live, .answered, .dismissed(.unclear), .dismissed(.withdrawn),
        .merged(into: numbered(4)),
    ]

    /// One row a command, one column a status in the order above.
    static let rows: [(Command.Kind, [Expected])] = [
        (
            .withdraw,
            [
                .to(.dismissed(.withdrawn)), .to(.dismissed(.withdrawn)),
                .refused(.wrongStatus), .refused(.wrongStatus), .nothing, .nothing,
                .to(.dismissed(.withdrawn)),
            ]
        ),
        (
            .approve,
            [
                .to(.approved), .nothing, .nothing, .refused(.wrongStatus),
                .refused(.wrongStatus), .refused(.wrongStatus), .refused(.wrongStatus),
            ]
        ),
        (
            .dismiss,
            [
                .to(.dismissed(.other)), .to(.dismissed(.other)), .to(.dismissed(.other)),
                .to(.dismissed(.other)), .to(.dismissed(.other)), .refused(.wrongStatus),
                .refused(.wrongStatus),
            ]
        ),
        (
            .restore,
            [
                .nothing, .nothing, .nothing, .to(.approved), .to(.pending),
                .refused(.wrongStatus), .refused(.wrongStatus),
            ]
        ),
        (
            .takeLive,
            [
                .to(.live), .to(.live), .nothing, .to(.live), .refused(.wrongStatus),
                .refused(.wrongStatus), .refused(.wrongStatus),
            ]
        ),
        (
            .answer,
            [
                .to(.answered), .to(.answered), .to(.answered), .nothing,
                .refused(.wrongStatus), .refused(.wrongStatus), .refused(.wrongStatus),
            ]
        ),
        (
            .putBack,
            [
                .refused(.wrongStatus), .nothing, .to(.approved), .refused(.wrongStatus),
                .refused(.wrongStatus), .refused(.wrongStatus), .refused(.wrongStatus),
            ]
        ),
        (
            .vote,
            [
                .refused(.notOpen), .nothing, .nothing, .refused(.notOpen), .refused(.notOpen),
                .refused(.notOpen), .nothing,
            ]
        ),
    ]

    @Test(arguments: rows, statuses.indices)
    func `each command does to each status what the table says`(
        row: (kind: Command.Kind, cells: [Expected]), column: Int
    ) throws {
        let status = Self.statuses[column]
        var day = Day()
        let asker = Person.phone(1)
        let question = try day.question(status, by: asker)
        let before = day.state
        #expect(day.state.question(question)?.status == status)
        let (command, actor) = try command(row.kind, question, asker, day.state)
        var code: Rejection.Code?
        do throws(Rejection) { try day.send(command, by: actor) } catch { code = error.code }
        let after = day.state.question(question)?.status
        switch row.cells[column] {
        case .to(let expected):
            #expect(code == nil && after == expected, "\(row.kind) \(status)")
        case .nothing:
            #expect(code == nil && after == status, "\(row.kind) \(status)")
            if row.kind != .vote { expectSame(day.state, before) }
        case .refused(let expected):
            #expect(code == expected, "\(row.kind) \(status)")
            #expect(day.state == before)
        }
    }

    private func command(
        _ kind: Command.Kind, _ question: QuestionID, _ asker: Actor, _ state: State
    ) throws -> (Command, Actor) {
        switch kind {
        case .withdraw: (.withdraw(question), asker)
        case .approve: (.approve(question), Person.chief)
        case .dismiss: (.dismiss(question, .other), Person.chief)
        case .restore: (.restore(question), Person.chief)
        case .takeLive: (.takeLive(question, replacing: state.liveQuestion?.id), Person.chief)
        case .answer: (.answer(question), Person.chief)
        case .putBack: (.putBack(question), Person.chief)
        case .vote: (.vote(question, on: true, counter: 1), Person.phone(2))
        default: try #require(nil as (Command, Actor)?)
        }
    }

    // MARK: Repeats

    @Test(arguments: Seeds.first(4))
    func `a command that comes again has the sequence of the first time, for its sender alone`(
        seed: UInt64
    ) throws {
        var day = RandomDay(seed: seed)
        day.run(150)
        for (command, sequence) in day.accepted {
            #expect(try day.state.decide(command) == .known(sequence: sequence))
            var other = command
            other.actor.participant = numbered(987)
            #expect(throws: Rejection(.commandIDTaken, field: "id")) {
                try day.state.decide(other)
            }
        }
    }

    @Test func `a vote counts once, whatever comes late or twice`() throws {
        var day = Day()
        let question = try day.question(.approved)
        func votes() -> Int? { day.state.question(question)?.votes }
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        #expect(votes() == 1)
        let head = day.state.head
        #expect(try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2)) == head)
        try day.send(.vote(question, on: false, counter: 3), by: Person.phone(2))
        #expect(votes() == 0)
        try day.send(.vote(question, on: true, counter: 2), by: Person.phone(2))
        #expect(votes() == 0 && day.state.head == head + 1)
        try day.send(.vote(question, on: false, counter: 1), by: Person.phone(3))
        #expect(votes() == 0)
        try day.send(.vote(question, on: true, counter: 9), by: Person.phone(2))
        #expect(votes() == 1)
        #expect(throws: Rejection(.ownQuestion)) {
            try day.send(.vote(question, on: true, counter: 1), by: Person.phone(1))
        }
    }

    @Test func `a late repeat of a counted vote is fine after the question was answered`() throws {
        var day = Day()
        let question = try day.question(.approved)
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        try day.send(.answer(question), by: Person.chief)
        try day.send(.vote(question, on: true, counter: 1), by: Person.phone(2))
        #expect(throws: Rejection(.notOpen)) {
            try day.send(.vote(question, on: false, counter: 2), by: Person.phone(2))
        }
    }

    // MARK: The stage

    @Test func `taking a question live answers the one before in the same entry`() throws {
        var day = Day()
        let first = try day.question(.live, by: Person.phone(1))
        let second = try day.question(.approved, by: Person.phone(2))
        for stale in [nil, second, numbered(3)] as [QuestionID?] {
            #expect(throws: Rejection(.staleLive)) {
                try day.send(.takeLive(second, replacing: stale), by: Person.speaker)
            }
        }
        try day.send(.takeLive(second, replacing: first), by: Person.speaker)
        #expect(
            day.entries.last?.changes == [
                .statusChanged(first, from: .live, to: .answered),
                .statusChanged(second, from: .approved, to: .live),
            ])
        #expect(day.state.question(first)?.status == .answered)
        #expect(day.state.liveQuestion?.id == second)
    }

    @Test func `a talk that ends marks its live question answered, another's stays`() throws {
        var day = Day()
        try day.send(.startTalk(Sample.opening), by: Person.chief)
        let live = try day.question(.live)
        let head = day.state.head
        #expect(try day.send(.endTalk(Sample.certificate), by: Person.chief) == head + 1)
        #expect(day.state.liveQuestion?.id == live)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        #expect(day.state.question(live)?.status == .answered)
        #expect(day.state.live == nil)
        #expect(day.state.talkPhase(Sample.opening) == .ended)
        #expect(day.state.currentTalk == Sample.certificate)
    }

    @Test func `the current talk is the running one, else the next planned one, else the last`()
        throws
    {
        var day = Day()
        #expect(day.state.currentTalk == Sample.opening)
        try day.send(.startTalk(Sample.certificate), by: Person.chief)
        #expect(day.state.currentTalk == Sample.certificate)
        try day.send(.endTalk(Sample.certificate), by: Person.chief)
        #expect(day.state.currentTalk == Sample.opening)
        for talk in [Sample.opening, Sample.closing] {
            try day.send(.startTalk(talk), by: Person.chief)
            try day.send(.endTalk(talk), by: Person.chief)
        }
        #expect(day.state.currentTalk == Sample.closing)
        #expect(throws: Rejection(.talkOver, field: "talk")) { try day.ask() }
    }
}
