import QAShared

/// Words of a text in Latin letters that are spelt with letters of another writing: "Сombien" with a Cyrillic С.
///
/// Who reads them sees no difference, so they are the same words; a text in another writing stays what it is.
enum Lookalikes {
    /// The text letter for letter, what only looks Latin put right.
    static func latin(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains(where: isForeign) else { return scalars }
        var scalars = scalars.map { isStyled($0) ? Skeleton.latin($0) ?? $0 : $0 }
        let foreign = scalars.count(where: isForeign)
        guard foreign > 0, foreign < scalars.count(where: isLatin) else { return scalars }
        var start = 0
        for end in 0...scalars.count where end == scalars.count || !isOfWord(scalars[end]) {
            put(&scalars[start..<end])
            start = end + 1
        }
        return scalars
    }

    /// A word in which one letter looks like none of ours is one of another language.
    private static func put(_ word: inout ArraySlice<Unicode.Scalar>) {
        let foreign = word.filter(isForeign)
        guard !foreign.isEmpty, foreign.allSatisfy({ Skeleton.latin($0) != nil }) else { return }
        for index in word.indices where isForeign(word[index]) {
            word[index] = Skeleton.latin(word[index]) ?? word[index]
        }
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        Letters.isLetter(scalar) || Letters.isDigit(scalar)
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { Letters.isLetter(scalar) && !isForeign(scalar) }

    private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x370 && !(0x1E00...0x1EFF).contains(scalar.value) && Letters.isLetter(scalar)
    }

    /// Latin letters in a dress: wide, bold, script.
    private static func isStyled(_ scalar: Unicode.Scalar) -> Bool {
        (0xFF21...0xFF5A).contains(scalar.value) || (0x1D400...0x1D6A3).contains(scalar.value)
    }
}
