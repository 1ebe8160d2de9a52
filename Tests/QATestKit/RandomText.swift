// Texts such as people type, and such as they should not.

/// Random texts from a fixed stock.
public enum RandomText {
    public static let words = [
        "quel", "est", "le", "prix", "du", "certificat", "à", "Noël", "pourquoi", "où", "naïve",
        "how", "many", "people", "s’il", "vous", "plaît", "مرحبا", "שלום", "สวัสดี", "問題", "👩‍💻", "🇫🇷",
        "e\u{301}te\u{301}", "Σίσυφος", "ça", "œuvre", "l'été", "100%", "<b>", "\\o/", "\"oui\"",
    ]
    /// Pieces that cleaning and checking have to deal with.
    public static let oddities = [
        "\u{0}", "\t", "\r\n", "\u{85}", "\u{A0}", "\u{200B}", "\u{200D}", "\u{202E}", "\u{2028}",
        "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{301}", "\u{3000}", "\u{1F600}", "  ", "\u{7F}",
    ]

    /// A text that the usual limits accept.
    public static func question(_ generator: inout SeededGenerator) -> String {
        var parts = ["question", "de", "la"]
        for _ in 0..<(1 + generator.below(6)) { parts.append(generator.pick(words)) }
        return parts.joined(separator: " ")
    }

    /// Anything at all, up to some length.
    public static func any(_ generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<generator.below(8) {
            switch generator.below(4) {
            case 0: text += generator.pick(oddities)
            case 1:
                let scalar = Unicode.Scalar(UInt32(generator.below(0x11_0000)))
                text.unicodeScalars.append(scalar ?? "\u{FFFD}")
            default: text += generator.pick(words)
            }
            if generator.percent(60) { text += " " }
        }
        return text
    }
}
