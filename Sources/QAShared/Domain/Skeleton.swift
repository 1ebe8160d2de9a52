// What a text looks like, so that a word is known under whatever signs it is spelt.

/// Compares words by their looks (Unicode Technical Standard 39), without case and accents.
public enum Skeleton {
    /// A word of a text as it is compared.
    struct Word: Hashable, Sendable {
        /// "1" is what may be an i as well as an l.
        var letters: [Unicode.Scalar]

        /// The same for all words that this one could be taken for.
        var key: [Unicode.Scalar] { letters.map { $0 == "i" || $0 == "l" ? "1" : $0 } }

        /// Each letter once, however often it is repeated.
        var squeezed: Word {
            var once: [Unicode.Scalar] = []
            for letter in letters where once.last != letter { once.append(letter) }
            return Word(letters: once)
        }

        /// Whether a letter stands three times in a row, as in no language but that of the stubborn.
        var isStretched: Bool {
            letters.indices.dropFirst(2).contains { letters[$0] == letters[$0 - 1] && letters[$0] == letters[$0 - 2] }
        }

        func looksLike(_ other: Word) -> Bool {
            letters.count == other.letters.count
                && zip(letters, other.letters).allSatisfy { one, two in
                    one == two || one == "1" && (two == "i" || two == "l") || two == "1" && (one == "i" || one == "l")
                }
        }
    }

    /// The words of a text in both readings: as letters look, and as they look in lower case.
    static func readings(_ text: String) -> [[Word]] {
        let plain = CleanText.decomposed(text).unicodeScalars.filter { !isLeftOut($0) }
        let seen = words(of: plain.flatMap { looks($0) ?? lower($0).flatMap { looks($0) ?? [$0] } })
        let read = words(of: plain.flatMap(lower).flatMap { looks($0) ?? [$0] })
        return seen == read ? [seen] : [seen, read]
    }

    /// A name as it looks, without spaces and signs; the same for names that could be taken for each other.
    static func names(_ name: String) -> [[Unicode.Scalar]] {
        readings(name).map { words in words.flatMap(\.key) }.filter { !$0.isEmpty }
    }

    private static func words(of scalars: [Unicode.Scalar]) -> [Word] {
        var words: [Word] = []
        // Letters that stand alone, to be read together: "c o n", "c.o.n".
        var spelt: [Unicode.Scalar] = []
        for part in scalars.split(whereSeparator: { !isLetter($0) && !signs.keys.contains($0) }) {
            let letters = self.letters(part)
            guard !letters.isEmpty else { continue }
            if letters.count == 1 {
                spelt += letters
            } else {
                close(&spelt, &words)
                words.append(Word(letters: letters))
            }
        }
        close(&spelt, &words)
        return words
    }

    private static func close(_ spelt: inout [Unicode.Scalar], _ words: inout [Word]) {
        if spelt.count > 2 {
            words.append(Word(letters: joined(spelt)))
        } else {
            words += spelt.map { Word(letters: [$0]) }
        }
        spelt = []
    }

    /// The letters of a word, with the digits and signs in it that stand for letters.
    private static func letters(_ part: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var part = part
        // At the edges these are punctuation.
        while let last = part.last, last == "!" || last == "|" { part.removeLast() }
        while let first = part.first, first == "!" || first == "|" { part.removeFirst() }
        let isNumber = !part.contains { isLetter($0) && !(0x30...0x39).contains($0.value) }
        return isNumber ? part.filter(isLetter) : joined(part.map { signs[$0] ?? $0 })
    }

    /// Pairs of letters that look like one.
    private static func joined(_ letters: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var output: [Unicode.Scalar] = []
        for letter in letters {
            switch (output.last, letter) {
            case ("r", "n"): output[output.count - 1] = "m"
            case ("v", "v"): output[output.count - 1] = "w"
            default: output.append(letter)
            }
        }
        return output
    }

    /// Digits and signs that people write for letters.
    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "1", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s", "€": "e",
        "!": "1", "|": "1",
    ]

    // MARK: Scalars

    /// The one Latin letter that a letter of another writing looks like, in the same case; nil where there is none.
    ///
    /// Small Greek letters stay what they are but for the omicron: formulas mean them.
    public static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0..<0x370, 0x1E00...0x1EFF, 0x2000...0x214F, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xAB30...0xAB6F: return nil
        case 0x3AC...0x3CE where scalar != "ο": return nil
        case 0x399, 0x406: return "I"
        case 0x456: return "i"
        default: break
        }
        guard let looks = table[scalar.value], looks.count == 1, (0x61...0x7A).contains(looks[0].value) else {
            return nil
        }
        return scalar.properties.isUppercase ? Unicode.Scalar(looks[0].value - 0x20) : looks[0]
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: return true
        case 0..<0x80: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spacingMark, .nonspacingMark:
            return true
        default: return false
        }
    }

    private static func lower(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar.value {
        case 0x41...0x5A: [Unicode.Scalar(UInt8(scalar.value) + 0x20)]
        case 0..<0x80: [scalar]
        case 0xDF, 0x1E9E: ["s", "s"]
        case 0x3C2: ["σ"]
        default: Array(scalar.properties.lowercaseMapping.unicodeScalars.filter { !isLeftOut($0) })
        }
    }

    /// What a scalar is read as, in lower case; nil for one that looks like itself alone.
    private static func looks(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        switch scalar {
        // A capital I between small letters is an l to the eye.
        case "I": ["1"]
        case "A"..."Z": lower(scalar)
        default: table[scalar.value]
        }
    }

    /// Accents, points and what cannot be seen; the vowels of India stay.
    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0xAD: return false
        case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, 0x610...0x61A,
            0x64B...0x65F, 0x670, 0x6D6...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
            return true
        default:
            return scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
        }
    }

    private static let table: [UInt32: [Unicode.Scalar]] = {
        var table: [UInt32: [Unicode.Scalar]] = [:]
        for line in Confusables.table.split(separator: "\n") {
            let parts = line.split(separator: " ")
            let read = Array(parts[0].dropLast().unicodeScalars)
            for part in parts.dropFirst() {
                if let value = UInt32(part, radix: 16) { table[value] = read }
            }
        }
        return table
    }()
}
