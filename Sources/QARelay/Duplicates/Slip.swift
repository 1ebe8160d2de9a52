/// What fingers and ears do to a word, told from another word that merely looks alike: "cellulase" is no slip of "cellulose",
/// though no dictionary holds it.
enum Slip {
    /// Whether a word that no dictionary holds is this one with a slip: a swap, a letter doubled, lost or too much, a
    /// neighbouring key, a sound written otherwise. The shorter the word, the fewer of them.
    static func isLikely(_ typed: [UInt8], of meant: [UInt8]) -> Bool {
        switch typed.count - meant.count {
        case 0: isSubstitution(typed, meant)
        case 1: isInsertion(typed, meant)
        case -1: isLoss(typed, meant)
        default: false
        }
    }

    /// Whether two words of one length differ by a swap or by neighbours on a keyboard.
    static func isKeySlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let places = a.indices.filter { a[$0] != b[$0] }
        guard places.count == 1 else { return true }
        return areNext(a[places[0]], b[places[0]], rows)
    }

    /// What may have been meant, when two letters were swapped or one struck twice; for words of six letters and more.
    static func undone(_ typed: [UInt8]) -> [[UInt8]] {
        guard typed.count >= 6 else { return [] }
        return (1..<typed.count - 1).map { place in
            var meant = typed
            if typed[place] == typed[place + 1] { meant.remove(at: place) } else { meant.swapAt(place, place + 1) }
            return meant
        }
    }

    /// The word with one consonant doubled or no longer so, or with the letter that a phone's spelling leaves out or puts for another.
    static func spelledOut(_ typed: [UInt8]) -> [[UInt8]] {
        let (h, i, y) = (UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "y"))
        return typed.indices.flatMap { place -> [[UInt8]] in
            let letter = typed[place]
            var found: [[UInt8]] = []
            func add(_ change: (inout [UInt8]) -> Void) {
                var word = typed
                change(&word)
                found.append(word)
            }
            if !vowels.contains(letter) { add { $0.insert(letter, at: place) } }
            if place > 0, letter == typed[place - 1] { add { $0.remove(at: place) } }
            if letter == i { add { $0[place] = y } }
            if letter == y { add { $0[place] = i } }
            if "ctp".utf8.contains(letter) { add { $0.insert(h, at: place + 1) } }
            return found
        }
    }

    private static func isSubstitution(_ typed: [UInt8], _ meant: [UInt8]) -> Bool {
        let places = typed.indices.filter { typed[$0] != meant[$0] }
        if places.count == 2 { return places[1] == places[0] + 1 && typed[places[0]] == meant[places[1]] }
        guard places.count == 1, let place = places.first else { return false }
        let pair = [typed[place], meant[place]].sorted()
        // One key struck twice, or the wrong one of two.
        let around = [place - 1, place + 1].filter(typed.indices.contains)
        if typed.count >= 6, around.contains(where: { typed[$0] == typed[place] }) { return true }
        if alike.contains(pair) { return typed.count >= 5 }
        // Endings part one substance from another: -ase, -ose, -ane, -ene.
        if vowels.contains(pair[0]), vowels.contains(pair[1]) {
            // "visute": the key beside it, in a word of more vowels than this; "struct" is no slip of "strict".
            let isBeside =
                pair == Self.besides && typed.count >= 6 && typed.filter(vowels.contains).count >= 3
            return place < typed.count - (isBeside ? 2 : 3) && (isBeside || typed.count >= 8)
        }
        return typed.count >= 7 && areNeighbours(pair[0], pair[1])
    }

    private static func isInsertion(_ typed: [UInt8], _ meant: [UInt8]) -> Bool {
        guard let place = extra(typed, meant), place > 0 else { return false }
        let around = [place - 1, place + 1].filter(typed.indices.contains).map { typed[$0] }
        return around.contains { $0 == typed[place] || (meant.count >= 5 && areNeighbours($0, typed[place])) }
            || (meant.count >= 7 && place < typed.count - 1)
    }

    private static func isLoss(_ typed: [UInt8], _ meant: [UInt8]) -> Bool {
        guard let place = extra(meant, typed), place > 0 else { return false }
        let around = [place - 1, place + 1].filter(meant.indices.contains).map { meant[$0] }
        // Nobody hears an "e" at the end.
        let isHeard = place == meant.count - 1 && meant[place] != UInt8(ascii: "e")
        return around.contains(meant[place]) || meant.count >= (isHeard ? 7 : 5)
    }

    /// Which letter the longer word has too many; nil when more than one.
    private static func extra(_ long: [UInt8], _ short: [UInt8]) -> Int? {
        let place = short.indices.first { long[$0] != short[$0] } ?? short.count
        return long[(place + 1)...].elementsEqual(short[place...]) ? place : nil
    }

    private static func areNeighbours(_ a: UInt8, _ b: UInt8) -> Bool { areNext(a, b, rows) || areNext(a, b, columns) }

    private static func areNext(_ a: UInt8, _ b: UInt8, _ lines: [[UInt8]]) -> Bool {
        lines.contains { line in
            guard let one = line.firstIndex(of: a), let other = line.firstIndex(of: b) else { return false }
            return abs(one - other) == 1
        }
    }

    private static let rows = ["azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map {
        Array($0.utf8)
    }
    private static let columns = ["aqw", "zsx", "edc", "rfv", "tgb", "yhn", "ujn", "olm", "qaz", "wsx", "ujm"].map {
        Array($0.utf8)
    }
    private static let vowels = Array("aeiou".utf8)
    private static let besides = Array("iu".utf8)
    /// Letters that sound alike.
    private static let alike = Set(
        ["cs", "sz", "iy", "ck", "kq", "gj", "ct", "mn", "dt"].map { Array($0.utf8).sorted() })
}
