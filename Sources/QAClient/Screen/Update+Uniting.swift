// Uniting a question with any other: its number or words are typed, and Enter does it.

import QAShared

extension Model {
    mutating func pressUniting(_ key: Key, _ uniting: Mode.Uniting, _ effects: inout [Effect]) {
        var uniting = uniting
        switch key {
        case .escape:
            mode = .normal
            say(words.nothingDone)
        case .enter:
            guard let card = expected.cards[uniting.id] else { return mode = .normal }
            guard let other = target(of: uniting) else { return }
            mode = .normal
            unite(card, other, &effects)
        case .up: moveHit(-1, &uniting)
        case .down: moveHit(1, &uniting)
        case .pageUp: moveHit(-listHeight, &uniting)
        case .pageDown: moveHit(listHeight, &uniting)
        default:
            guard uniting.line.edit(key) else { return }
            uniting.chosen = nil
            mode = .uniting(found(uniting))
        }
    }

    private mutating func moveHit(_ step: Int, _ uniting: inout Mode.Uniting) {
        guard !uniting.hits.isEmpty else { return }
        let index = max(0, min(uniting.hits.count - 1, hitIndex(uniting) + step))
        uniting.chosen = uniting.hits[index]
        mode = .uniting(uniting)
    }

    /// Where the hit is that Enter is for.
    func hitIndex(_ uniting: Mode.Uniting) -> Int {
        uniting.chosen.flatMap { uniting.hits.firstIndex(of: $0) } ?? 0
    }

    /// The question that Enter is for.
    func target(of uniting: Mode.Uniting) -> Card? {
        guard !uniting.hits.isEmpty else { return nil }
        return expected.cards[uniting.hits[hitIndex(uniting)]]
    }

    /// The questions that the text finds: that number first, then those that may ask the same, then what is still
    /// to be done, newest first.
    mutating func found(_ uniting: Mode.Uniting) -> Mode.Uniting {
        var uniting = uniting
        guard let card = expected.cards[uniting.id] else {
            uniting.hits = []
            return uniting
        }
        let query = Folded.text(uniting.line.text)
        let digits = query.drop { $0 == "#" || $0 == " " }
        let alike = expected.candidates(of: card).map(\.card.id)
        func rank(_ other: Card) -> (Int, Int, Int, Int) {
            (
                Int(digits) == other.number ? 0 : 1, alike.firstIndex(of: other.id) ?? alike.count,
                other.isOpen ? 0 : other.status == "merged" ? 2 : 1, -other.number
            )
        }
        var hits: [(rank: (Int, Int, Int, Int), id: QuestionID)] = []
        let founder = expected.founder(of: card).id
        for other in expected.cards.values
        where expected.founder(of: other).id != founder && matches(other, query) {
            hits.append((rank(other), other.id))
        }
        uniting.hits = hits.sorted { $0.rank < $1.rank }.map(\.id)
        return uniting
    }
}
