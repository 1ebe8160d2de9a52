/// Letters without case and accents.
enum Letters {
    /// Lower case of a letter; a letter of two scalars in lower case stays as it is.
    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: return Unicode.Scalar(scalar.value + 0x20) ?? scalar
        case 0..<0x80: return scalar
        case 0xC0...0xDE where scalar.value != 0xD7: return Unicode.Scalar(scalar.value + 0x20) ?? scalar
        case 0xDF...0xFF: return scalar
        default:
            let mapping = scalar.properties.lowercaseMapping.unicodeScalars
            return mapping.count == 1 ? mapping[mapping.startIndex] : scalar
        }
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61...0x7A, 0x41...0x5A: return true
        case 0..<0xAA: return false
        default: return scalar.properties.isAlphabetic || isMark(scalar)
        }
    }

    /// A lower-case word without accents: œ is oe, combining marks are left out.
    static func fold(_ word: String) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word }
        var folded = ""
        for scalar in word.unicodeScalars {
            if scalar.value < 0x80 {
                folded.unicodeScalars.append(scalar)
            } else if let plain = plain[scalar] {
                folded += plain
            } else if !isMark(scalar) {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    private static let plain: [Unicode.Scalar: String] = {
        var plain: [Unicode.Scalar: String] = ["œ": "oe", "æ": "ae", "ß": "ss", "²": "2", "³": "3"]
        for (base, letters) in [
            ("a", "àâäáãåā"), ("e", "éèêëēę"), ("i", "îïíìī"), ("o", "ôöóòõøō"), ("u", "ùûüúū"), ("c", "çć"),
            ("y", "ÿý"), ("n", "ñń"), ("s", "šś"), ("z", "žźż"), ("l", "ł"),
        ] {
            for scalar in letters.unicodeScalars { plain[scalar] = base }
        }
        return plain
    }()

    /// How many insertions, deletions, substitutions and swaps of neighbours lie between two words; `limit` + 1 when
    /// there are more than `limit` (optimal string alignment: Damerau 1964, Levenshtein 1966).
    static func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
        if abs(a.count - b.count) > limit { return limit + 1 }
        var before: [Int] = []
        var above = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var best = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
                row.append(best)
            }
            if row.min() ?? 0 > limit { return limit + 1 }
            before = above
            above = row
        }
        return min(above[b.count], limit + 1)
    }
}
