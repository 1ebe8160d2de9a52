// Uniting, separating and telling apart: what each comes to, and what is refused.

import QAShared
import QATestKit
import Testing

/// A day with questions of several rooms, named by the order in which they were asked.
struct Crowd {
    var day: Day
    private(set) var ids: [QuestionID] = []

    /// `count` approved questions by phones 1, 2, 3 …
    init(_ count: Int = 0, moderated: Bool = true) throws {
        day = Day(Sample.setup(moderated: moderated))
        for _ in 0..<count { _ = try add(.approved) }
    }

    var state: State { day.state }

    mutating func add(_ status: Status, talk: TalkID? = nil) throws -> QuestionID {
        let id = try day.question(status, by: Person.phone(ids.count + 1), talk: talk)
        ids.append(id)
        return id
    }

    subscript(_ number: Int) -> Question { day.state.question(ids[number - 1])! }

    @discardableResult
    mutating func unite(_ number: Int, into other: Int) throws -> Int {
        try day.send(.unite(ids[number - 1], into: ids[other - 1]), by: Person.chief)
    }

    @discardableResult
    mutating func separate(_ number: Int) throws -> Int {
        try day.send(.separate(ids[number - 1]), by: Person.chief)
    }

    @discardableResult
    mutating func undo(_ sequence: Int) throws -> Int {
        try day.send(.undo(sequence: sequence), by: Person.chief)
    }

    mutating func vote(_ phone: Int, _ number: Int, on: Bool = true, counter: Int = 1) throws {
        try day.send(.vote(ids[number - 1], on: on, counter: counter), by: Person.phone(phone))
    }

    /// Founder of each question, by place.
    var founders: [Int] { ids.map { id in place(day.state.question(id)!.founderID) } }

    /// Whom each was joined with, 0 for those that are not merged.
    var edges: [Int] { ids.map { id in day.state.question(id)!.union.map { place($0.with) } ?? 0 } }

    func areApart(_ one: Int, _ other: Int) -> Bool { day.state.areDistinguished(ids[one - 1], ids[other - 1]) }

    private func place(_ id: QuestionID) -> Int { (ids.firstIndex(of: id) ?? -1) + 1 }
}

@Suite struct UnionTests {
    // MARK: Unite

    @Test(
        arguments: [
            (Status.pending, nil), (.approved, nil), (.merged(into: numbered(4)), nil), (.live, .wrongStatus),
            (.answered, .wrongStatus), (.dismissed(.unclear), .wrongStatus), (.dismissed(.withdrawn), .wrongStatus),
        ] as [(Status, Rejection.Code?)])
    func `what may be merged`(status: Status, refusal: Rejection.Code?) throws {
        var crowd = try Crowd(1)
        let question = try crowd.add(status)
        let before = crowd.state
        var code: Rejection.Code?
        do throws(Rejection) { try crowd.day.send(.unite(question, into: crowd.ids[0]), by: Person.chief) } catch {
            code = error.code
        }
        #expect(code == refusal)
        if refusal == nil {
            #expect(crowd[2].status == .merged(into: crowd.ids[0]))
            let was = before.question(question)?.union?.before ?? status
            #expect(crowd[2].union == Union(founder: crowd.ids[0], with: crowd.ids[0], before: was))
        } else {
            #expect(crowd.state == before)
        }
    }

    @Test(
        arguments: [
            (Status.pending, nil), (.approved, nil), (.live, nil), (.answered, nil), (.merged(into: numbered(4)), nil),
            (.dismissed(.unclear), .wrongStatus), (.dismissed(.withdrawn), .wrongStatus),
        ] as [(Status, Rejection.Code?)])
    func `what may be merged into`(status: Status, refusal: Rejection.Code?) throws {
        var crowd = try Crowd(1)
        let target = try crowd.add(status)
        var code: Rejection.Code?
        do throws(Rejection) { try crowd.day.send(.unite(crowd.ids[0], into: target), by: Person.chief) } catch {
            code = error.code
        }
        #expect(code == refusal)
        #expect(crowd[1].union?.with == (refusal == nil ? target : nil))
        #expect(crowd[1].union?.founder == (refusal == nil ? crowd[2].founderID : nil))
    }

    @Test func `there are no chains: whoever is named, the founder is the root`() throws {
        var crowd = try Crowd(4)
        try crowd.unite(2, into: 1)
        try crowd.unite(3, into: 2)
        #expect(crowd.founders == [1, 1, 1, 4] && crowd.edges == [0, 1, 2, 0])
        // A founder brings its own.
        try crowd.unite(1, into: 4)
        #expect(crowd.founders == [4, 4, 4, 4] && crowd.edges == [4, 1, 2, 0])
        #expect(crowd[4].variants == [1, 2, 3] && crowd[1].variants == [])
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `who is in the group already stays where it is`() throws {
        var crowd = try Crowd(3)
        try crowd.unite(2, into: 1)
        try crowd.unite(3, into: 2)
        let before = crowd.state
        for (one, other) in [(1, 1), (2, 2), (2, 1), (2, 3), (3, 1), (1, 3)] { try crowd.unite(one, into: other) }
        expectSame(crowd.state, before)
    }

    @Test func `one that is merged moves to another group with those that came by it`() throws {
        var crowd = try Crowd(5)
        try crowd.unite(2, into: 1)
        try crowd.unite(3, into: 2)
        try crowd.unite(4, into: 1)
        try crowd.unite(2, into: 5)
        #expect(crowd.founders == [1, 5, 5, 1, 5] && crowd.edges == [0, 5, 2, 1, 0])
        #expect(crowd[2].union?.before == .approved)
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `questions of two rooms are united by a moderator of either, or of a third`() throws {
        for venue in Sample.venues {
            var crowd = try Crowd(2)
            #expect(crowd[1].venue != crowd[2].venue)
            try crowd.day.send(.unite(crowd.ids[1], into: crowd.ids[0]), by: Person.moderator(venue))
            try crowd.day.send(.separate(crowd.ids[1]), by: Person.moderator(venue))
            try crowd.day.send(.undo(sequence: crowd.state.head), by: Person.moderator(venue))
            #expect(crowd.founders == [1, 1])
        }
    }

    @Test func `what is not there is named`() throws {
        var crowd = try Crowd(1)
        let nobody: QuestionID = numbered(404)
        for (command, field) in [
            (Command.unite(nobody, into: crowd.ids[0]), "question"), (.unite(crowd.ids[0], into: nobody), "into"),
            (.separate(nobody), "question"), (.distinguish(nobody, from: crowd.ids[0]), "question"),
            (.distinguish(crowd.ids[0], from: nobody), "from"),
        ] {
            #expect(throws: Rejection(.unknownQuestion, field: field)) {
                try crowd.day.send(command, by: Person.chief)
            }
        }
    }

    // MARK: Separate and tell apart

    @Test func `who is separated takes along what came with it, and is never the same again`() throws {
        var crowd = try Crowd(6)
        for (one, other) in [(2, 1), (3, 2), (4, 3), (5, 1), (6, 5)] { try crowd.unite(one, into: other) }
        try crowd.separate(3)
        #expect(crowd.founders == [1, 1, 3, 3, 1, 1] && crowd.edges == [0, 1, 0, 3, 1, 5])
        #expect(crowd[3].status == .approved && crowd[3].variants == [4])
        #expect(crowd.areApart(3, 2) && crowd.areApart(1, 3) && !crowd.areApart(3, 4) && !crowd.areApart(4, 1))
        #expect(Groups.problems(of: crowd.state) == [])
        let before = crowd.state
        try crowd.separate(3)
        expectSame(crowd.state, before)
    }

    @Test func `who is pending goes back to waiting, who was read stays read`() throws {
        var crowd = try Crowd(1)
        _ = try crowd.add(.pending)
        try crowd.unite(2, into: 1)
        #expect(crowd.state.counts.map(\.pending) == [0, 0, 0] && crowd.state.counts.map(\.shown).reduce(0, +) == 1)
        try crowd.separate(2)
        #expect(crowd[2].status == .pending)
    }

    @Test func `two are told apart once, in whichever order, and uniting them takes it back`() throws {
        var crowd = try Crowd(3)
        try crowd.day.send(.distinguish(crowd.ids[0], from: crowd.ids[1]), by: Person.moderator(Sample.granville))
        let before = crowd.state
        try crowd.day.send(.distinguish(crowd.ids[1], from: crowd.ids[0]), by: Person.chief)
        try crowd.day.send(.distinguish(crowd.ids[1], from: crowd.ids[1]), by: Person.chief)
        expectSame(crowd.state, before)
        try crowd.unite(3, into: 1)
        #expect(crowd.areApart(1, 2))
        let union = try crowd.unite(2, into: 3)
        #expect(!crowd.areApart(1, 2) && crowd.founders == [1, 1, 1])
        try crowd.undo(union)
        #expect(crowd.areApart(1, 2) && crowd.areApart(2, 3) && crowd.founders == [1, 2, 1])
    }

    // MARK: The others' commands

    @Test(arguments: [
        Command.Kind.approve, .dismiss, .restore, .takeLive, .answer, .putBack,
    ])
    func `a variant has its founder's fate: it has none of its own`(kind: Command.Kind) throws {
        var crowd = try Crowd(2)
        try crowd.unite(2, into: 1)
        let id = crowd.ids[1]
        let command: Command =
            switch kind {
            case .approve: .approve(id)
            case .dismiss: .dismiss(id, .other)
            case .restore: .restore(id)
            case .takeLive: .takeLive(id, replacing: nil)
            case .answer: .answer(id)
            default: .putBack(id)
            }
        #expect(throws: Rejection(.wrongStatus)) { try crowd.day.send(command, by: Person.chief) }
        try crowd.day.send(.edit(id, text: "Une variante mieux tournée ?"), by: Person.chief)
        #expect(crowd[2].text == "Une variante mieux tournée ?")
    }

    @Test func `variants stay with a founder that is dismissed, answered, restored or blocked`() throws {
        var crowd = try Crowd(2)
        try crowd.unite(2, into: 1)
        let id = crowd.ids[0]
        for command in [Command.dismiss(id, .noTime), .restore(id), .block(id), .answer(id), .restore(id)] {
            try crowd.day.send(command, by: Person.chief)
            #expect(crowd.founders == [1, 1])
            #expect(Groups.problems(of: crowd.state) == [])
        }
    }

    @Test func `a vote for a merged question counts for its group while the founder is shown`() throws {
        var crowd = try Crowd(2)
        try crowd.unite(2, into: 1)
        try crowd.vote(7, 2)
        #expect(crowd[2].voters.count == 1 && crowd[1].votes == 2)
        #expect(throws: Rejection(.ownQuestion)) { try crowd.vote(2, 2) }
        try crowd.day.send(.takeLive(crowd.ids[0], replacing: nil), by: Person.chief)
        try crowd.vote(8, 2)
        #expect(crowd[1].votes == 3 && crowd[2].votes == 2)
        try crowd.day.send(.answer(crowd.ids[0]), by: Person.chief)
        #expect(throws: Rejection(.notOpen)) { try crowd.vote(9, 2) }
    }

    // MARK: Withdrawing

    @Test func `a variant taken back leaves the others where they are`() throws {
        var crowd = try Crowd(4)
        for (one, other) in [(2, 1), (3, 2), (4, 3)] { try crowd.unite(one, into: other) }
        try crowd.day.send(.withdraw(crowd.ids[1]), by: Person.phone(2))
        #expect(crowd[2].status == .dismissed(.withdrawn) && crowd[2].union == nil)
        #expect(crowd.founders == [1, 2, 1, 1] && crowd.edges == [0, 0, 1, 3])
        #expect(!crowd.areApart(1, 2) && !crowd.areApart(2, 3))
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test(arguments: [Status.pending, .approved], [Status.pending, .approved])
    func `the earliest variant stands in the place of a founder that is taken back`(
        founder: Status, variant: Status
    ) throws {
        var crowd = try Crowd(0)
        for status in [variant, variant, founder, .approved] { _ = try crowd.add(status) }
        for (one, other) in [(2, 3), (1, 2), (4, 3)] { try crowd.unite(one, into: other) }
        if founder == .approved { try crowd.vote(9, 3) }
        try crowd.day.send(.withdraw(crowd.ids[2]), by: Person.phone(3))
        #expect(crowd[3].status == .dismissed(.withdrawn))
        #expect(crowd[1].status == founder && crowd[1].variants == [2, 4])
        #expect(crowd.founders == [1, 1, 3, 1] && crowd.edges == [0, 1, 0, 1])
        #expect(crowd.state.queueShown == (founder == .approved ? [1] : []))
        #expect(Groups.problems(of: crowd.state) == [])
    }
}
