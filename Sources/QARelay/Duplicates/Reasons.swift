import QAShared

/// Says in words' places and codes why two questions are taken for alike.
struct Reasons {
    var codes: [FlagReason] = []
    /// Places of words that only one of the two has.
    var mine: [Int] = []
    var theirs: [Int] = []

    init(_ reading: Reading, _ other: Reading, _ match: Features.Match, isOtherRoom: Bool, other status: Status) {
        let sameWords = match.unmatchedQuery == 0 && match.unmatchedOther == 0
        let sameAsks = reading.asks == other.asks
        if reading.language == .other || other.language == .other {
            codes = [.unreadLanguage, .sameWording]
            return
        }
        if reading.language != other.language {
            codes.append(.otherLanguage)
        } else {
            codes.append(sameAsks ? .sameType : .otherType)
            // Who does what to whom: the same words in another order are not the same wording.
            if sameWords, Self.areOrdered(reading, other) == false {
                codes.append(.order)
            } else if sameWords, !match.hasSynonyms, reading.marks == other.marks, reading.denials == other.denials {
                codes.append(.sameWording)
            }
        }
        if match.hasSynonyms {
            codes.append(.likeWords)
        } else if sameWords, !codes.contains(.sameWording) {
            codes.append(.sameWords)
        }
        if !reading.numbers.isEmpty || !other.numbers.isEmpty {
            codes.append(reading.numbers == other.numbers ? .sameNumbers : .otherNumbers)
        }
        names(reading, other)
        if reading.language == other.language {
            if reading.denials.isEmpty != other.denials.isEmpty { codes.append(.negation) }
            if Self.tense(reading) != Self.tense(other) { codes.append(.tense) }
        }
        if isOtherRoom, reading.isOfRoom || other.isOfRoom { codes.append(.otherRoom) }
        let isNarrower = (match.unmatchedQuery == 0) != (match.unmatchedOther == 0)
        if isNarrower, sameAsks { codes.append(.narrower) }
        switch status {
        case .dismissed: codes.append(.dismissed)
        case .answered: codes.append(.answered)
        default: break
        }
        if reading.language == other.language { differences(reading, other, match) }
    }

    /// Whether the words stand in one order, but for a verb before or behind what it speaks of; nil when they are others.
    private static func areOrdered(_ reading: Reading, _ other: Reading) -> Bool? {
        let ours = reading.words.map(\.stem)
        let theirs = other.words.map(\.stem)
        guard ours.sorted() == theirs.sorted() else { return nil }
        if ours == theirs { return true }
        return TwinRule.turns(reading).contains { TwinRule.turned(reading.words, $0).map(\.stem) == theirs }
            || TwinRule.turns(other).contains { TwinRule.turned(other.words, $0).map(\.stem) == ours }
    }

    private mutating func names(_ reading: Reading, _ other: Reading) {
        let ours = Set(reading.words.filter(\.isName).map(\.folded))
        let theirs = Set(other.words.filter(\.isName).map(\.folded))
        guard !ours.isEmpty, !theirs.isEmpty else { return }
        codes.append(ours.isDisjoint(with: theirs) ? .otherNames : .sameNames)
    }

    private static func tense(_ reading: Reading) -> Set<String> {
        let tenses: Set<String> = [
            "va", "aura", "sera", "ira", "pourra", "devra", "faudra", "voudra", "fera", "etait", "avait", "fut",
            "allait", "will",
            "did", "was", "had", "been", "goingto",
        ]
        return Set(reading.marks).intersection(tenses)
    }

    private mutating func differences(_ reading: Reading, _ other: Reading, _ match: Features.Match) {
        mine = Self.places(reading, other, match.unmatchedQuery)
        theirs = Self.places(other, reading, match.unmatchedOther)
    }

    private static func places(_ reading: Reading, _ other: Reading, _ unmatched: UInt64) -> [Int] {
        var places: Set<Int> = []
        for (index, word) in reading.words.enumerated() where index < 64 && unmatched & (1 << UInt64(index)) != 0 {
            places.insert(word.position)
        }
        var left = Dictionary(other.spots.map { ($0.name, 1) }, uniquingKeysWith: +)
        for spot in reading.spots {
            if let count = left[spot.name], count > 0 {
                left[spot.name] = count - 1
            } else {
                places.insert(spot.position)
            }
        }
        return places.sorted()
    }
}
