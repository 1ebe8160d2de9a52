// A question that is proved to ask the same joins the others in the entry that asks it.

import QAShared
import QATestKit
import Testing

@Suite struct TwinAskTests {
    private func repeated(
        _ crowd: inout Crowd, sameAs: [Int], by phone: Int = 20, talk: TalkID? = nil
    ) throws -> Question {
        let ids = sameAs.map { crowd.ids.indices.contains($0 - 1) ? crowd.ids[$0 - 1] : numbered(404) }
        let id = try crowd.day.ask(by: Person.phone(phone), talk: talk, sameAs: ids)
        return try #require(crowd.state.question(id))
    }

    @Test(arguments: [true, false])
    func `one entry holds the question and its place`(moderated: Bool) throws {
        var crowd = try Crowd(0, moderated: moderated)
        let first = try crowd.day.ask(by: Person.phone(1))
        let second = try crowd.day.ask(by: Person.phone(2), sameAs: [first])
        let union = Union(founder: first, with: first, before: moderated ? .pending : .approved, automatic: true)
        let changes = try #require(crowd.day.entries.last).changes
        #expect(changes.count == 2 && changes.last == .unionChanged(second, from: nil, to: union))
        #expect(crowd.state.question(second)?.status == .merged(into: first))
        #expect(crowd.state.actions.isEmpty)
        #expect(crowd.state.flaggedUpTo == 2)
        let card = Card(crowd.state.question(number: 2), in: crowd.state, for: .moderator)
        #expect(card.automatic && card.into == first)
    }

    @Test func `what nobody has read is not published by taking back the question it repeats`() throws {
        var crowd = try Crowd(0)
        let read = try crowd.add(.approved)
        let unread = try repeated(&crowd, sameAs: [1], by: 2).id
        try crowd.day.send(.withdraw(crowd.ids[0]), by: Person.phone(1))
        #expect(crowd.state.question(unread)?.status == .pending)
        #expect(crowd.state.queueShown.isEmpty)
        #expect(Groups.problems(of: crowd.state) == [])
        _ = read
    }

    @Test func `of two repeats the one that was read stands in the place of what is taken back`() throws {
        var crowd = try Crowd(0)
        _ = try crowd.add(.approved)
        let unread = try repeated(&crowd, sameAs: [1], by: 7).id
        let read = try crowd.add(.approved)
        try crowd.unite(crowd.ids.count, into: 1)
        try crowd.day.send(.withdraw(crowd.ids[0]), by: Person.phone(1))
        #expect(crowd.state.question(unread)?.status.isPublic == false)
        #expect(crowd.state.questions.contains { $0.status == .approved && $0.variants.count == 1 })
        #expect(Groups.problems(of: crowd.state) == [])
        _ = read
    }

    @Test func `the first that stands is taken, by its founder`() throws {
        var crowd = try Crowd(3)
        _ = try crowd.add(.dismissed(.other))
        _ = try crowd.add(.answered)
        _ = try crowd.add(.pending)
        _ = try crowd.add(.approved, talk: Sample.certificate)
        try crowd.unite(2, into: 1)
        // Unknown, dismissed, answered, of another talk: none of them stands.
        #expect(try repeated(&crowd, sameAs: [99, 4, 5, 7]).union == nil)
        #expect(try repeated(&crowd, sameAs: [4, 6]).union?.founder == crowd.ids[5])
        let joined = try repeated(&crowd, sameAs: [5, 2, 3]).union
        #expect(joined == Union(founder: crowd.ids[0], with: crowd.ids[1], before: .pending, automatic: true))
        try crowd.day.send(.takeLive(crowd.ids[0], replacing: nil), by: Person.chief)
        #expect(try repeated(&crowd, sameAs: [2]).union?.founder == crowd.ids[0])
        #expect(try repeated(&crowd, sameAs: [7], talk: Sample.certificate).union?.founder == crowd.ids[6])
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `of three in a row the third does not come to the first by way of the second`() throws {
        var crowd = try Crowd(1)
        let second = try repeated(&crowd, sameAs: [1])
        #expect(second.union?.founder == crowd.ids[0])
        let between = try crowd.day.ask(by: Person.phone(21), sameAs: [second.id])
        #expect(crowd.state.question(between)?.union == nil)
        // Who is proved to ask the same as the founder, too, is united; and as one that stands for itself.
        let both = try crowd.day.ask(by: Person.phone(22), sameAs: [second.id, crowd.ids[0]])
        #expect(crowd.state.question(both)?.union?.founder == crowd.ids[0])
        let other = try crowd.day.ask(by: Person.phone(23), sameAs: [second.id, between])
        #expect(crowd.state.question(other)?.union?.founder == between)
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `what a person united leads to the founder that the person named`() throws {
        var crowd = try Crowd(3)
        try crowd.unite(2, into: 1)
        #expect(try repeated(&crowd, sameAs: [2]).union?.founder == crowd.ids[0])
    }

    @Test func `where people told two apart, nobody can say which of them is repeated`() throws {
        var crowd = try Crowd(5)
        try crowd.unite(2, into: 1)
        try crowd.day.send(.distinguish(crowd.ids[2], from: crowd.ids[0]), by: Person.chief)
        #expect(try repeated(&crowd, sameAs: [1, 3]).union == nil)
        // By its founder, too; and even when the first alone would stand.
        #expect(try repeated(&crowd, sameAs: [2, 3]).union == nil)
        #expect(try repeated(&crowd, sameAs: [4, 3, 2]).union == nil)
        #expect(try repeated(&crowd, sameAs: [1, 2, 4]).union?.founder == crowd.ids[0])
        #expect(try repeated(&crowd, sameAs: [3]).union?.founder == crowd.ids[2])
    }

    @Test func `a pair that was parted is not joined again by the next one who asks`() throws {
        var crowd = try Crowd(1)
        let second = try repeated(&crowd, sameAs: [1])
        try crowd.day.send(.separate(second.id), by: Person.chief)
        let third = try crowd.day.ask(by: Person.phone(21), sameAs: [crowd.ids[0], second.id])
        #expect(crowd.state.question(third)?.union == nil)
    }

    @Test func `who asks the same again adds nobody`() throws {
        var crowd = try Crowd(1)
        let again = try repeated(&crowd, sameAs: [1], by: 1)
        #expect(again.union?.founder == crowd.ids[0] && crowd[1].votes == 0)
        #expect(Card(crowd[1], in: crowd.state, for: .audience).askers == 2)
    }
}

@Suite struct TallyTests {
    @Test func `each person behind a group counts once, the founder's asker never`() throws {
        var crowd = try Crowd(3)
        try crowd.vote(11, 1)
        try crowd.vote(12, 1)
        try crowd.vote(12, 2)
        try crowd.vote(13, 2)
        try crowd.vote(1, 2)
        #expect((1...3).map { crowd[$0].votes } == [2, 3, 0])
        let union = try crowd.unite(2, into: 1)
        // 11, 12 and 13, and phone 2 who asked; not phone 1, who asked the founder.
        #expect(crowd[1].votes == 4 && crowd[2].votes == 3)
        #expect(crowd.state.queueShown == [1, 3])
        try crowd.vote(12, 1, on: false, counter: 2)
        #expect(crowd[1].votes == 4)
        try crowd.vote(12, 2, on: false, counter: 2)
        #expect(crowd[1].votes == 3)
        try crowd.vote(2, 1)
        #expect(crowd[1].votes == 3)
        try crowd.unite(3, into: 1)
        #expect(crowd[1].votes == 4)
        try crowd.undo(union)
        #expect((1...3).map { crowd[$0].votes } == [3, 2, 0])
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `the queue's order is right after each union, vote and separation`() throws {
        var crowd = try Crowd(3)
        for phone in 11...12 { try crowd.vote(phone, 1) }
        try crowd.vote(13, 3)
        #expect(crowd.state.queueShown == [1, 3, 2])
        try crowd.vote(14, 2)
        try crowd.unite(2, into: 3)
        #expect(crowd.state.queueShown == [3, 1])
        try crowd.vote(14, 2, on: false, counter: 2)
        #expect(crowd.state.queueShown == [1, 3])
        try crowd.separate(2)
        #expect(crowd.state.queueShown == [1, 3, 2])
    }

    @Test(arguments: Seeds.first(8))
    func `on days full of unions, groups, tallies, queues and cards are what the questions say`(seed: UInt64) {
        var day = RandomDay(seed: seed, moderated: seed % 2 == 0, habits: .alike)
        var largest = 0
        for _ in 0..<600 {
            _ = day.step()
            #expect(Groups.problems(of: day.state) == [], "after entry \(day.state.head), \(Seeds.hint(seed))")
            largest = max(largest, day.state.questions.map(\.variants.count).max() ?? 0)
        }
        #expect(largest > 3, "\(Seeds.hint(seed))")
        #expect(!day.state.distinguished.isEmpty)
    }
}
