// Taking unions back: votes are as before, those who came along go along, and who was parted stays apart.

import QATestKit
import Testing

@testable import QAShared

@Suite struct UnionUndoTests {
    @Test func `a union taken back leaves all as it was, but for knowing that the two are not the same`() throws {
        var crowd = try Crowd(4)
        try crowd.unite(2, into: 1)
        for phone in 11...14 { try crowd.vote(phone, phone % 4 + 1) }
        try crowd.vote(11, 3)
        let before = crowd.state
        let union = try crowd.unite(1, into: 3)
        let after = crowd.state
        #expect(crowd.state.actionsShown.last?.what == "unite" && crowd.state.actionsShown.last?.number == 1)
        let undo = try crowd.undo(union)
        #expect(crowd.areApart(1, 3) && !crowd.areApart(2, 3))
        var known = before
        known.distinguished = crowd.state.distinguished
        expectSame(crowd.state, known)
        #expect(crowd.state.actionsShown.suffix(2).map(\.what) == ["unite", "undo"])
        // Doing it again takes the knowledge back too.
        let redo = try crowd.undo(undo)
        expectSame(crowd.state, after)
        try crowd.undo(redo)
        expectSame(crowd.state, known)
    }

    @Test func `a separation taken back is as if it had not been`() throws {
        var crowd = try Crowd(5)
        for (one, other) in [(2, 1), (3, 2), (4, 3), (5, 3)] { try crowd.unite(one, into: other) }
        for phone in 11...15 { try crowd.vote(phone, phone % 5 + 1) }
        let before = crowd.state
        let separation = try crowd.separate(3)
        let after = crowd.state
        let info = try #require(crowd.state.actionsShown.last)
        #expect(info.what == "separate" && info.number == 3)
        let undo = try crowd.undo(separation)
        expectSame(crowd.state, before)
        try crowd.undo(undo)
        expectSame(crowd.state, after)
    }

    @Test func `a distinction is taken back as any action`() throws {
        var crowd = try Crowd(2)
        let before = crowd.state
        let action = try crowd.day.send(.distinguish(crowd.ids[0], from: crowd.ids[1]), by: Person.chief)
        let info = try #require(crowd.state.actionsShown.last)
        #expect(info.what == "distinguish" && info.number == 2)
        try crowd.undo(action)
        expectSame(crowd.state, before)
    }

    @Test func `a move taken back brings the question to where it was, and knows it was not the same`() throws {
        var crowd = try Crowd(4)
        try crowd.unite(2, into: 1)
        try crowd.unite(3, into: 2)
        let before = crowd.state
        let move = try crowd.unite(2, into: 4)
        try crowd.undo(move)
        #expect(crowd.areApart(2, 4) && !crowd.areApart(1, 2))
        var known = before
        known.distinguished = crowd.state.distinguished
        expectSame(crowd.state, known)
    }

    @Test func `who joined by a question since goes with it when its union is taken back`() throws {
        var crowd = try Crowd(4)
        let union = try crowd.unite(2, into: 1)
        try crowd.unite(3, into: 2)
        let last = try crowd.day.ask(by: Person.phone(20), sameAs: [crowd.ids[2]])
        try crowd.undo(union)
        #expect(crowd.founders == [1, 2, 2, 4])
        #expect(crowd.state.question(last)?.union?.founder == crowd.ids[1])
        #expect(Groups.problems(of: crowd.state) == [])
        // And comes along when it is done again.
        try crowd.undo(crowd.state.head)
        #expect(crowd.founders == [1, 1, 1, 4])
        #expect(crowd.state.question(last)?.union?.founder == crowd.ids[0])
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `who was given variants since its separation brings them back`() throws {
        var crowd = try Crowd(4)
        try crowd.unite(2, into: 1)
        let separation = try crowd.separate(2)
        try crowd.unite(3, into: 2)
        try crowd.undo(separation)
        #expect(crowd.founders == [1, 1, 1, 4] && crowd.edges == [0, 1, 2, 0])
        #expect(Groups.problems(of: crowd.state) == [])
    }

    @Test func `what somebody changed since is superseded`() throws {
        var crowd = try Crowd(5)
        let union = try crowd.unite(2, into: 1)
        try crowd.unite(2, into: 3)
        #expect(throws: Rejection(.superseded)) { try crowd.undo(union) }

        // The founder was merged itself: a question is never put below a variant.
        let separation = try crowd.separate(2)
        try crowd.unite(3, into: 4)
        #expect(throws: Rejection(.superseded)) { try crowd.undo(separation) }

        // The question was dealt with.
        try crowd.unite(1, into: 5)
        let other = try crowd.separate(1)
        try crowd.day.send(.answer(crowd.ids[0]), by: Person.chief)
        #expect(throws: Rejection(.superseded)) { try crowd.undo(other) }
    }

    @Test func `nobody is put back into a group whose founder was taken back, or whose fellow has left`() throws {
        var crowd = try Crowd(4)
        try crowd.unite(2, into: 1)
        let first = try crowd.separate(2)
        try crowd.day.send(.withdraw(crowd.ids[0]), by: Person.phone(1))
        #expect(throws: Rejection(.superseded)) { try crowd.undo(first) }

        try crowd.unite(3, into: 2)
        try crowd.unite(4, into: 3)
        let second = try crowd.separate(4)
        try crowd.separate(3)
        #expect(throws: Rejection(.superseded)) { try crowd.undo(second) }
    }

    @Test func `an approval cannot be taken back from under a union`() throws {
        var crowd = try Crowd(1)
        _ = try crowd.add(.pending)
        let approval = try crowd.day.send(.approve(crowd.ids[1]), by: Person.chief)
        try crowd.unite(2, into: 1)
        #expect(throws: Rejection(.superseded)) { try crowd.undo(approval) }
    }

    @Test(arguments: Seeds.first(6))
    func `undoing the latest action of any day of unions restores votes and places exactly`(seed: UInt64) throws {
        var day = RandomDay(seed: seed, moderated: seed % 2 == 0, habits: .alike)
        var taken = 0
        for _ in 0..<350 {
            let (command, result, before) = day.attempt()
            guard case .success(.entry(let entry)) = result, day.state.actions.last?.sequence == entry.sequence,
                // What was entered and is taken back stays, withdrawn.
                command.command.kind != .enter
            else { continue }
            var state = day.state
            let undo = StampedCommand(
                id: numbered(5), actor: Person.organiser, time: command.time, command: .undo(sequence: entry.sequence))
            guard case .entry(let back) = try state.decide(undo) else { continue }
            state.apply(back)
            taken += 1
            let hint: Comment = "\(command.command), \(Seeds.hint(seed))"
            #expect(state.questions.map(\.votes) == before.questions.map(\.votes), hint)
            #expect(state.questions.map(\.union) == before.questions.map(\.union), hint)
            #expect(state.questions.map(\.status) == before.questions.map(\.status), hint)
            #expect(state.queueShown == before.queueShown, hint)
            #expect(Groups.problems(of: state) == [], hint)
        }
        #expect(taken > 40)
    }
}
