// What a moderator is shown beside a question that may have been asked before.

import QATestKit
import Testing

@testable import QAShared

@Suite struct FlagTests {
    private func flag(_ crowd: Crowd, _ other: Int, _ level: FlagLevel = .strong) -> DuplicateFlag {
        DuplicateFlag(other: crowd.ids[other - 1], level: level, reasons: [.sameWords], mine: [1], theirs: [2, 3])
    }

    private func set(_ crowd: inout Crowd, _ number: Int, _ flags: [DuplicateFlag]) throws {
        try crowd.day.send(.flag(crowd.ids[number - 1], flags), by: Person.organiser)
    }

    /// Which questions are shown beside one.
    private func shown(_ crowd: Crowd, _ number: Int) -> [Int] {
        let flags = Card(crowd[number], in: crowd.state, for: .moderator).flags
        return flags.map { (crowd.ids.firstIndex(of: $0.other) ?? -1) + 1 }
    }

    @Test func `a flag is shown on both cards, to moderators alone`() throws {
        var crowd = try Crowd(2)
        try set(&crowd, 2, [flag(crowd, 1)])
        let own = Card(crowd[2], in: crowd.state, for: .moderator).flags
        #expect(own == [flag(crowd, 1)])
        let other = Card(crowd[1], in: crowd.state, for: .moderator).flags
        #expect(other.count == 1 && other[0].other == crowd.ids[1] && other[0].level == .strong)
        #expect(other[0].mine == [2, 3] && other[0].theirs == [1])
        for kind in [ViewKind.audience, .display, .speaker] {
            #expect(Card(crowd[1], in: crowd.state, for: kind).flags.isEmpty)
            #expect(Card(crowd[2], in: crowd.state, for: kind).flags.isEmpty)
        }
    }

    @Test func `flags are no action, have no commandID, and are replaced as a whole`() throws {
        var crowd = try Crowd(3)
        try set(&crowd, 3, [flag(crowd, 1)])
        #expect(crowd.day.entries.last?.commandID == nil && crowd.state.flaggedUpTo == 3)
        let actions = crowd.state.actions
        try set(&crowd, 3, [flag(crowd, 2, .probable)])
        #expect(shown(crowd, 1) == [] && shown(crowd, 2) == [3] && shown(crowd, 3) == [2])
        #expect(crowd.state.actions == actions)
        let before = crowd.state
        try set(&crowd, 3, [flag(crowd, 2, .probable)])
        expectSame(crowd.state, before)
    }

    @Test func `strong ones come first, own ones before others', and no more than five`() throws {
        var crowd = try Crowd(9)
        try set(&crowd, 5, [flag(crowd, 1, .probable), flag(crowd, 2), flag(crowd, 3, .probable)])
        for number in [6, 7, 8] { try set(&crowd, number, [flag(crowd, 5, number == 7 ? .strong : .probable)]) }
        #expect(shown(crowd, 5) == [2, 7, 1, 3, 6])
        // One that is on both sides is shown once, as its own.
        try set(&crowd, 1, [flag(crowd, 5)])
        #expect(shown(crowd, 5) == [2, 7, 1, 3, 6])
    }

    @Test func `what is told apart, united or taken back is shown no more, and comes back with an undo`() throws {
        var crowd = try Crowd(4)
        try set(&crowd, 4, [flag(crowd, 1), flag(crowd, 2), flag(crowd, 3)])
        let apart = try crowd.day.send(.distinguish(crowd.ids[0], from: crowd.ids[3]), by: Person.chief)
        #expect(shown(crowd, 4) == [2, 3] && shown(crowd, 1) == [])
        try crowd.undo(apart)
        #expect(shown(crowd, 4) == [1, 2, 3] && shown(crowd, 1) == [4])
        try crowd.unite(2, into: 1)
        #expect(shown(crowd, 4) == [1, 2, 3])
        try crowd.unite(4, into: 2)
        #expect(shown(crowd, 4) == [3] && shown(crowd, 1) == [] && shown(crowd, 2) == [] && shown(crowd, 3) == [4])
        try crowd.day.send(.withdraw(crowd.ids[2]), by: Person.phone(3))
        #expect(shown(crowd, 4) == [] && shown(crowd, 3) == [])
        try crowd.separate(4)
        // Told apart from whom it was joined with and from the founder.
        #expect(shown(crowd, 4) == [])
    }

    @Test func `groups that were told apart are not proposed again by way of another variant`() throws {
        var crowd = try Crowd(4)
        try set(&crowd, 3, [flag(crowd, 1), flag(crowd, 2)])
        try set(&crowd, 4, [flag(crowd, 2)])
        try crowd.unite(2, into: 1)
        try crowd.day.send(.distinguish(crowd.ids[0], from: crowd.ids[2]), by: Person.chief)
        // 2 stands with 1, from which 3 was told apart.
        #expect(shown(crowd, 3) == [] && shown(crowd, 2) == [4])
        try crowd.unite(4, into: 3)
        #expect(shown(crowd, 4) == [] && shown(crowd, 2) == [])
        try crowd.separate(2)
        #expect(shown(crowd, 3) == [2] && shown(crowd, 4) == [2])
    }

    @Test func `an edited text is judged anew: nothing said of its words stays`() throws {
        var crowd = try Crowd(3)
        try set(&crowd, 2, [flag(crowd, 1)])
        try set(&crowd, 3, [flag(crowd, 2), flag(crowd, 1)])
        try crowd.day.send(.edit(crowd.ids[1], text: "Quel est le tarif du certificat ?"), by: Person.chief)
        #expect(shown(crowd, 1) == [3] && shown(crowd, 2) == [] && shown(crowd, 3) == [1])
        #expect(crowd[2].flags.isEmpty && crowd[3].flags.count == 1)
    }

    @Test func `flags of what is not there, of itself, too many or too long are refused`() throws {
        let crowd = try Crowd(8)
        let id = crowd.ids[7]
        func refused(_ flags: [DuplicateFlag]) -> Rejection? {
            do throws(Rejection) {
                _ = try crowd.day.decide(.flag(id, flags), by: Person.organiser, id: numbered(1))
                return nil
            } catch {
                return error
            }
        }
        #expect(refused((1...6).map { flag(crowd, $0) })?.limit == Limits.flagsMaximum)
        #expect(refused([flag(crowd, 8)])?.code == .badValue)
        #expect(refused([DuplicateFlag(other: numbered(404), level: .strong)])?.code == .unknownQuestion)
        let words = Array(0...Limits.flagWords)
        #expect(refused([DuplicateFlag(other: crowd.ids[0], level: .strong, mine: words)])?.limit == Limits.flagWords)
        #expect(refused([DuplicateFlag(other: crowd.ids[0], level: .strong, theirs: words)])?.code == .badValue)
        #expect(refused((1...5).map { flag(crowd, $0) }) == nil)
    }

    @Test func `flags change nothing in the view of those who do not see them`() throws {
        var crowd = try Crowd(2)
        try set(&crowd, 2, [flag(crowd, 1)])
        try crowd.day.send(.distinguish(crowd.ids[0], from: crowd.ids[1]), by: Person.chief)
        var ledgers = Ledgers()
        var state = State()
        var flagged = 0
        for (entry, touched) in zip(crowd.day.entries, crowd.day.touched) {
            state.apply(entry)
            ledgers.advance(touched, state)
            let isFlag = entry.changes.contains { change in
                switch change {
                case .duplicatesFlagged, .pairDistinguished: true
                default: false
                }
            }
            guard isFlag else { continue }
            flagged += 1
            for kind in [ViewKind.audience, .display, .speaker] {
                #expect(!ledgers.changed(kind, since: state.head - 1))
            }
            #expect(ledgers.delta(.moderator, from: state.head - 1, state).upserts.count == 2)
        }
        #expect(flagged == 2)
    }
}

@Suite struct DuplicateCardTests {
    @Test func `a founder's card says how many asked, and where first`() throws {
        var crowd = try Crowd(5)
        // Phones 1 to 5 sit in Agneaux, Cherbourg, Granville, Agneaux, Cherbourg.
        func card(_ number: Int, _ kind: ViewKind = .audience) -> Card {
            Card(crowd[number], in: crowd.state, for: kind)
        }
        #expect(card(4).askers == 0 && card(4).venues == [])
        try crowd.unite(1, into: 4)
        #expect(card(4).askers == 2 && card(4).venues == [])
        try crowd.unite(5, into: 4)
        #expect(card(4).askers == 3 && card(4).venues == [Sample.agneaux, Sample.cherbourg])
        try crowd.unite(3, into: 1)
        #expect(card(4).venues == [Sample.agneaux, Sample.granville, Sample.cherbourg])
        #expect(card(4, .moderator).variants == [crowd.ids[0], crowd.ids[2], crowd.ids[4]])
        #expect(card(4).variants == [] && card(1, .moderator).into == crowd.ids[3] && !card(1, .moderator).automatic)
        #expect(card(1, .moderator).askers == 0)
    }

    @Test func `the first variants of a large group are named`() throws {
        var crowd = try Crowd(Limits.variantsShown + 3)
        for number in 2...(Limits.variantsShown + 3) { try crowd.unite(number, into: 1) }
        let card = Card(crowd[1], in: crowd.state, for: .moderator)
        #expect(card.askers == Limits.variantsShown + 3)
        #expect(card.variants == Array(crowd.ids[1...Limits.variantsShown]))
    }

    @Test func `the bytes that a state's hash is taken of tell unions, distinctions and flags`() throws {
        var crowd = try Crowd(3)
        var seen: Set<[UInt8]> = []
        func note(_ changes: [Change]) {
            var state = crowd.state
            let entry = Entry(
                sequence: state.head + 1, time: state.time, actor: Person.display, commandID: nil, changes: changes)
            state.apply(entry)
            #expect(seen.insert(state.canonicalBytes).inserted)
        }
        let ids = crowd.ids
        var union = Union(founder: ids[0], with: ids[0], before: .approved)
        note([])
        note([.unionChanged(ids[1], from: nil, to: union)])
        union.automatic = true
        note([.unionChanged(ids[1], from: nil, to: union)])
        union.before = .pending
        note([.unionChanged(ids[1], from: nil, to: union)])
        union.with = ids[2]
        note([.unionChanged(ids[1], from: nil, to: union)])
        note([.pairDistinguished(ids[1], ids[0], from: false, to: true)])
        note([.duplicatesFlagged(ids[1], [DuplicateFlag(other: ids[0], level: .strong)])])
        note([.duplicatesFlagged(ids[1], [DuplicateFlag(other: ids[0], level: .probable)])])
        _ = try crowd.add(.pending)
    }
}
