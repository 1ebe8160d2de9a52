import QAShared
import Testing

@testable import QAClient

/// Which of two questions joins the other, what is proposed, and in which words two texts differ.
@Suite struct PairingTests {
    private static func pairing(_ one: String, _ other: String) -> Pairing {
        let cards = [
            Fixture.card(7, Fixture.granville, one, "Première ?"),
            Fixture.card(12, Fixture.agneaux, other, "Seconde ?"),
        ]
        var view = RoleView()
        for card in cards { view.cards[card.id] = card }
        return Expectation(view, []).pairing(cards[0], cards[1])
    }

    private static let older = Pairing.joins(Fixture.id(12), into: Fixture.id(7), founder: 7)
    private static let newer = Pairing.joins(Fixture.id(7), into: Fixture.id(12), founder: 12)

    @Test(arguments: [
        ("pending", "pending", older), ("approved", "approved", older), ("approved", "pending", older),
        ("pending", "approved", newer), ("pending", "live", newer), ("approved", "live", newer),
        ("live", "approved", older), ("answered", "pending", older), ("pending", "answered", newer),
        ("dismissed", "pending", .impossible), ("live", "answered", .impossible),
        ("answered", "answered", .impossible), ("live", "dismissed", .impossible),
    ])
    func `the audience's question stays, then the older one, and an answered one joins none`(
        _ one: String, _ other: String, _ expected: Pairing
    ) {
        #expect(Self.pairing(one, other) == expected)
    }

    @Test func `a merged question is the one that moves, and one of a group stands for its founder`() throws {
        let expected = Fixture.duplicates().expected
        let card = { (number: Int) in try #require(expected.cards[Fixture.id(number)]) }
        #expect(
            try expected.pairing(card(15), card(2)) == .joins(Fixture.id(15), into: Fixture.id(2), founder: 2))
        #expect(
            try expected.pairing(card(20), card(15)) == .joins(Fixture.id(20), into: Fixture.id(15), founder: 3))
        #expect(
            try expected.pairing(card(1), card(15)) == .joins(Fixture.id(3), into: Fixture.id(1), founder: 1))
        #expect(try expected.pairing(card(14), card(16)) == .together)
        #expect(try expected.pairing(card(3), card(16)) == .together)
    }

    @Test func `of a pair the one that would join is to be judged, and each pair once`() {
        let expected = Fixture.duplicates(venue: nil).expected
        #expect(expected.doubtful().map(\.number) == [20, 21, 22])
        #expect(expected.candidates(of: expected.cards[Fixture.id(20)]!).map(\.card.number) == [13, 11, 22])
    }

    @Test func `one group is proposed once, and what is unknown here not at all`() {
        let model = Fixture.changed(Fixture.duplicates()) { view in
            view.cards[Fixture.id(20)]?.flags = [
                Fixture.flag(15, .strong), Fixture.flag(3, .strong), Fixture.flag(999, .strong),
                Fixture.flag(13, .probable),
            ]
        }
        let card = model.expected.cards[Fixture.id(20)]!
        #expect(model.expected.candidates(of: card).map(\.card.number) == [15, 13])
    }

    @Test func `there is nothing to judge between an answered, a live or a dismissed question and its like`() {
        for (one, other) in [("answered", "answered"), ("live", "answered"), ("dismissed", "pending")] {
            let model = Fixture.changed(Fixture.model(venue: nil)) { view in
                view.cards[Fixture.id(30)] = Fixture.card(30, Fixture.agneaux, one, "Une ?")
                view.cards[Fixture.id(31)] = Fixture.card(31, Fixture.agneaux, other, "Autre ?")
                Fixture.put([Fixture.flag(31, .strong)], on: 30, &view)
            }
            // A dismissed like of an open question can be told apart, nothing else.
            #expect(model.expected.doubtful().map(\.number) == (other == "pending" ? [31] : []), "\(one)")
        }
    }

    @Test func `what is on its way to be united is shown united, from both venues`() {
        let model = Fixture.after(
            Fixture.duplicates(), Fixture.outgoing(.unite(Fixture.id(20), into: Fixture.id(13))))
        let cards = model.expected.cards
        #expect(cards[Fixture.id(20)]?.status == "merged" && cards[Fixture.id(20)]?.into == Fixture.id(13))
        #expect(cards[Fixture.id(13)]?.askers == 2 && cards[Fixture.id(13)]?.variants == [Fixture.id(20)])
        #expect(cards[Fixture.id(13)]?.venues == [Fixture.granville, Fixture.agneaux])
        #expect(model.expected.waiting == [Fixture.id(20), Fixture.id(13)])
    }

    @Test func `a founder takes its variants along, and one that moves leaves its group`() {
        let along = Fixture.after(
            Fixture.duplicates(), Fixture.outgoing(.unite(Fixture.id(3), into: Fixture.id(2)))
        ).expected.cards
        #expect(along[Fixture.id(2)]?.variants == [3, 14, 15, 16].map(Fixture.id))
        #expect(along[Fixture.id(2)]?.askers == 5 && along[Fixture.id(3)]?.askers == 0)
        #expect([14, 15, 16].allSatisfy { along[Fixture.id($0)]?.into == Fixture.id(2) })
        let moved = Fixture.after(
            Fixture.duplicates(), Fixture.outgoing(.unite(Fixture.id(15), into: Fixture.id(2)))
        ).expected.cards
        #expect(moved[Fixture.id(3)]?.variants == [14, 16].map(Fixture.id) && moved[Fixture.id(3)]?.askers == 3)
        #expect(moved[Fixture.id(15)]?.into == Fixture.id(2) && moved[Fixture.id(2)]?.askers == 2)
    }

    @Test(arguments: [
        ([4], ["avant"]), ([4, 5], ["avant 2010"]), ([5, 1, 4, 5], ["coûte", "avant 2010"]), ([6], ["?"]),
        ([5, 6], ["2010"]), ([], []), ([-1, 7, 99], []),
    ])
    func `words are named by where they stand, and neighbours are one`(_ indexes: [Int], _ runs: [String]) {
        #expect(WordList.runs(indexes, of: Fixture.price) == runs)
    }

    @Test func `words are split where the hub splits them`() {
        #expect(WordList.of("  un\u{3000}deux \u{301}trois ") == ["un", "deux", "\u{301}trois"])
        #expect(WordList.of("").isEmpty)
    }
}
