/// Reads lines "fr, fr | en, en" of the lists of concepts.
///
/// By bytes and with numbers instead of strings: three megabytes are read at every start, by debug builds too.
struct ConceptLines {
    /// A word or an expression.
    struct Term {
        /// The numbers of all its words.
        var words: [Int32] = []
        /// Those that are left when function words are left out; none when its sense lies in them.
        var kept: [Int32] = []
    }

    private enum Role {
        case kept
        /// A function word that says little.
        case small
        /// One without which the expression means something else.
        case telling
    }

    private let french: Grammar
    private let english: Grammar
    private var frenchRoles: [Role?] = []
    private var englishRoles: [Role?] = []

    init(french: Grammar, english: Grammar) {
        self.french = french
        self.english = english
    }

    /// The terms of each line; lines without two sides are passed over.
    mutating func read(_ text: String, _ numbers: inout WordNumbers) -> [(french: [Term], english: [Term])] {
        let text = Array(text.utf8)
        var lines: [(french: [Term], english: [Term])] = []
        var start = 0
        while start < text.count {
            let end = Self.end(of: Ascii.newline, text, start, text.count)
            let bar = text[start] == Ascii.hash ? end : Self.end(of: Ascii.bar, text, start, end)
            if bar < end {
                let left = terms(text, start, bar, &numbers, isFrench: true)
                let right = terms(text, bar + 1, end, &numbers, isFrench: false)
                if !left.isEmpty, !right.isEmpty { lines.append((left, right)) }
            }
            start = end + 1
        }
        return lines
    }

    private enum Ascii {
        static let newline = UInt8(ascii: "\n")
        static let hash = UInt8(ascii: "#")
        static let bar = UInt8(ascii: "|")
        static let comma = UInt8(ascii: ",")
    }

    /// Where the sign stands, or the end.
    private static func end(of sign: UInt8, _ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, text[index] != sign { index += 1 }
        return index
    }

    private mutating func terms(
        _ text: [UInt8], _ from: Int, _ to: Int, _ numbers: inout WordNumbers, isFrench: Bool
    ) -> [Term] {
        var terms: [Term] = []
        var start = from
        while start < to {
            let end = Self.end(of: Ascii.comma, text, start, to)
            let words = Self.words(text, start, end, &numbers)
            if !words.isEmpty { terms.append(term(words, numbers, isFrench: isFrench)) }
            start = end + 1
        }
        return terms
    }

    /// The words of a term in lower case without accents, parted at blanks, hyphens and apostrophes.
    private static func words(
        _ text: [UInt8], _ from: Int, _ to: Int, _ numbers: inout WordNumbers
    ) -> [Int32] {
        var words: [Int32] = []
        var word: [UInt8] = []
        var index = from
        while index < to {
            let byte = text[index]
            index += 1
            if byte <= 0x20 || byte == 0x27 || byte == 0x2D {
                if !word.isEmpty { words.append(numbers.insert(word)) }
                word.removeAll(keepingCapacity: true)
            } else if byte < 0x80 {
                word.append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
            } else if byte == 0xC3, index < to, plain[Int(text[index] & 0x3F)] != 0 {
                word.append(plain[Int(text[index] & 0x3F)])
                index += 1
            } else {
                // Letters that are rarer.
                return Letters.fold(String(decoding: text[from..<to], as: UTF8.self).lowercased()).unicodeScalars
                    .split(whereSeparator: isBetween).map { numbers.insert(Array(String($0).utf8)) }
            }
        }
        if !word.isEmpty { words.append(numbers.insert(word)) }
        return words
    }

    private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar == "'" || scalar == "’" || scalar == "-"
    }

    /// The plain letter of each of U+00C0 … U+00FF that has one; 0 for the others.
    private static let plain: [UInt8] = (0xC0...0xFF as ClosedRange<UInt32>).map { value in
        guard let scalar = Unicode.Scalar(value) else { return 0 }
        let folded = Array(Letters.fold(String(Character(scalar)).lowercased()).utf8)
        return folded.count == 1 ? folded[0] : 0
    }

    private mutating func term(_ words: [Int32], _ numbers: WordNumbers, isFrench: Bool) -> Term {
        if words.count == 1 { return Term(words: words, kept: words) }
        var term = Term(words: words)
        var isTold = false
        for word in words {
            switch role(word, numbers, isFrench: isFrench) {
            case .kept: term.kept.append(word)
            case .small: break
            case .telling: isTold = true
            }
        }
        // "give up" is not "give", "pas de réseau" not "réseau"; "se former" and "pay for" are what is left.
        if isTold, term.kept.count == 1 { term.kept = [] }
        return term
    }

    private mutating func role(_ word: Int32, _ numbers: WordNumbers, isFrench: Bool) -> Role {
        let index = Int(word)
        if isFrench {
            while frenchRoles.count <= index { frenchRoles.append(nil) }
            if let role = frenchRoles[index] { return role }
        } else {
            while englishRoles.count <= index { englishRoles.append(nil) }
            if let role = englishRoles[index] { return role }
        }
        let role = Self.role((isFrench ? french : english).words[String(decoding: numbers[word], as: UTF8.self)])
        if isFrench { frenchRoles[index] = role } else { englishRoles[index] = role }
        return role
    }

    private static func role(_ word: WordRole?) -> Role {
        switch word {
        case nil, .content: .kept
        case .empty, .courtesy: .small
        case .counts(let name): helpers.contains(name) ? .small : .telling
        case .denies, .asks, .number: .telling
        }
    }

    private static let helpers: Set<String> = [
        "se", "me", "moi", "nous", "vous", "us", "them", "to", "for", "is", "has", "a", "est", "etre", "avoir", "fait",
        "faire",
    ]
}
