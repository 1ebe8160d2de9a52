/// Helps those who mistyped something.
enum Spelling {
    /// The candidate that a slip of the fingers turns into `word`; nil when none is near.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let distances = candidates.map { (word: $0, distance: distance(word, $0)) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        let tolerated = max(1, max(word.count, best.word.count) / 3)
        return best.distance <= tolerated ? best.word : nil
    }

    /// Letters to insert, drop, change or swap with their neighbour.
    ///
    /// The restricted Damerau–Levenshtein distance, three rows at a time.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var cost = min(
                    last[column] + 1, current[column - 1] + 1,
                    last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2],
                    left[row - 2] == right[column - 1]
                {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }

    /// A short name made from what somebody wrote; nil when no letter of it can be used.
    static func slug(from text: String) -> String? {
        var slug = ""
        for character in text.lowercased() {
            let plain = accents[character] ?? String(character)
            if plain.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }) {
                slug += plain
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        slug = String(slug.prefix(40))
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? nil : slug
    }

    private static let accents: [Character: String] = {
        var accents: [Character: String] = ["æ": "ae", "œ": "oe", "ß": "ss"]
        let families = [
            "a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõöø",
            "u": "ùúûü", "y": "ýÿ",
        ]
        for (plain, family) in families {
            for character in family { accents[character] = plain }
        }
        return accents
    }()
}
