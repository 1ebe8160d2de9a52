// Two questions that may ask the same: which of them would join the other, and in which words they differ.

import QAShared

/// What uniting two questions would come to.
enum Pairing: Equatable, Sendable {
    /// The first joins the group of the second, whose founder has that number.
    case joins(QuestionID, into: QuestionID, founder: Int)
    /// They are in one group already.
    case together
    /// Neither can join the other as they stand.
    case impossible
}

/// A question that may ask the same as another, and what the hub says of the two.
struct Candidate: Equatable, Sendable {
    var card: Card
    var flag: DuplicateFlag
}

extension Card {
    /// Whether something is still to be done with it.
    var isOpen: Bool { ["pending", "approved", "live"].contains(status) }
    /// The venues of all who asked it, in the order of first asking.
    var askingVenues: [VenueID] { venues.isEmpty ? [venue] : venues }
    fileprivate var mayJoin: Bool { status == "pending" || status == "approved" }

    /// What the audience has seen more of goes first, then what was asked first.
    fileprivate func leads(_ other: Card) -> Bool {
        func rank(_ card: Card) -> Int { card.status == "live" ? 0 : card.status == "approved" ? 1 : 2 }
        return (rank(self), number) < (rank(other), other.number)
    }
}

extension Expectation {
    /// The root of a question's group, as far as it is known here.
    func founder(of card: Card) -> Card { card.into.flatMap { cards[$0] } ?? card }

    /// How two questions would be united: live before approved before pending before the older one; an answered
    /// question joins none, and one that is merged already is the one that moves.
    func pairing(_ one: Card, _ other: Card) -> Pairing {
        let (own, target) = (founder(of: one), founder(of: other))
        guard own.id != target.id else { return .together }
        let isMerged = one.status == "merged"
        let joins = (isMerged || one.mayJoin) && target.status != "dismissed"
        let isJoined = !isMerged && target.mayJoin && one.status != "dismissed"
        if joins, !(isJoined && one.leads(target)) {
            return .joins(one.id, into: other.id, founder: target.number)
        }
        return isJoined ? .joins(target.id, into: one.id, founder: one.number) : .impossible
    }

    /// The questions that may ask the same, most probable first, one a group.
    func candidates(of card: Card) -> [Candidate] {
        var seen: Set<QuestionID> = [founder(of: card).id]
        return card.flags.compactMap { flag in
            guard let other = cards[flag.other], seen.insert(founder(of: other).id).inserted else { return nil }
            return Candidate(card: other, flag: flag)
        }
    }

    /// The questions merged into this one that are known here.
    func variants(of card: Card) -> [Card] { card.variants.compactMap { cards[$0] } }

    /// Whether there is something to judge, and here: of two questions it is the one that would join the other.
    func isDoubtful(_ card: Card) -> Bool {
        guard card.isOpen else { return false }
        return candidates(of: card).contains { candidate in
            switch pairing(card, candidate.card) {
            case .joins(let id, _, _): id == card.id || candidate.card.status == "merged"
            case .together: false
            case .impossible: card.status != "live"
            }
        }
    }

    /// The questions to judge, those with a strong likeness first.
    func doubtful() -> [Card] {
        let sorted = cards.values.filter(isDoubtful).sorted { $0.number < $1.number }
        let isStrong = { (card: Card) in self.candidates(of: card).first?.flag.level == .strong }
        return sorted.filter(isStrong) + sorted.filter { !isStrong($0) }
    }
}

/// Words of a text by their index.
enum WordList {
    /// The text split at white space, as the hub counts the words.
    static func of(_ text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
    }

    /// Runs of neighbouring words, without the signs at their ends; what the text does not have is passed over.
    static func runs(_ indexes: [Int], of text: String) -> [String] {
        let words = of(text)
        var runs: [String] = []
        var last: Int?
        for index in Set(indexes).sorted() where words.indices.contains(index) {
            if let last, last == index - 1, !runs.isEmpty {
                runs[runs.count - 1] += " " + words[index]
            } else {
                runs.append(words[index])
            }
            last = index
        }
        return runs.map(bare)
    }

    /// The words without `?`, `,` and the like around them, unless they are nothing else.
    private static func bare(_ words: String) -> String {
        let isSign = { (character: Character) in "?!.,;:…()«»\"“” ".contains(character) }
        let start = words.drop(while: isSign)
        let end = start.reversed().drop(while: isSign).reversed()
        return end.isEmpty ? words : String(end)
    }
}
