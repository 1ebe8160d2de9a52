import Testing

/// Two questions, the earlier one first.
struct TextPair: Hashable, Sendable, CustomStringConvertible {
    var earlier: String
    var later: String
    var description: String { "“\(earlier)” and “\(later)”" }
    var turned: TextPair { TextPair(earlier: later, later: earlier) }
}

/// One phenomenon of language: pairs of questions that ask the same, and pairs that look alike and do not.
struct PairTable: Sendable, CustomTestStringConvertible {
    var phenomenon: String
    var united: [TextPair]
    var apart: [TextPair]
    var testDescription: String { phenomenon }

    /// One pair a line, "a | b"; both groups are read the same way.
    init(_ phenomenon: String, united: String = "", apart: String = "") {
        self.phenomenon = phenomenon
        self.united = Self.pairs(united)
        self.apart = Self.pairs(apart)
    }

    private static func pairs(_ lines: String) -> [TextPair] {
        lines.split(separator: "\n").map { line in
            let parts = line.split(separator: " | ")
            precondition(parts.count == 2, "not a pair: \(line)")
            return TextPair(earlier: String(parts[0]), later: String(parts[1]))
        }
    }

    static let all =
        frenchTyping + frenchGrammar + frenchMarks + frenchPlaces + smallWords + frenchFacts + frenchWords
        + rephrasedFrench + frenchOrder + numbers + english + rephrasedEnglish + elsewhere
}
