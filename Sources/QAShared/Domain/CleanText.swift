// What becomes of a text before anything else looks at it; docs/PROTOCOL.md §8 says it in words.

@_spi(_Unicode) import Swift

/// Cleans a text: one line, one form, nothing that hides, turns what is beside it or piles up.
struct CleanText {
    /// Marks that one letter may carry.
    static let marksMaximum = 4

    private var output = String.UnicodeScalarView()
    private var spaceDue = false
    /// What the next joiner would stand behind: the last that is neither a mark nor a format.
    private var base: Unicode.Scalar?
    /// The last letter.
    private var letter: Unicode.Scalar?

    /// The cleaned form of a text; cleaning it again changes nothing.
    static func clean(_ raw: String) -> String {
        var cleaner = CleanText()
        cleaner.take(Array(raw.unicodeScalars))
        let kept = String(cleaner.output)
        // Below U+0300 everything is composed as it is, and nothing is a mark.
        guard kept.unicodeScalars.contains(where: { $0.value >= 0x300 }) else { return kept }
        return capped(composed(kept))
    }

    /// Canonical composition (NFC).
    static func composed(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text._nfc)
        return String(scalars)
    }

    /// Canonical decomposition (NFD).
    static func decomposed(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text._nfd)
        return String(scalars)
    }

    private mutating func take(_ scalars: [Unicode.Scalar]) {
        let isBeforeRightToLeft = Self.ahead(in: scalars)
        for (index, scalar) in scalars.enumerated() {
            if Self.isSpace(scalar) {
                spaceDue = true
                base = nil
            } else if isKept(scalar, isBeforeRightToLeft.map { $0[index] } ?? false) {
                keep(scalar)
            }
        }
    }

    private mutating func keep(_ scalar: Unicode.Scalar) {
        if spaceDue, !output.isEmpty { output.append(" ") }
        spaceDue = false
        output.append(scalar)
        if scalar.value >= 0x80, Self.isMark(scalar) || scalar.properties.generalCategory == .format { return }
        base = scalar
        if Self.isLetter(scalar) { letter = scalar }
    }

    /// For each place whether the next letter is written from right to left; nil when nothing asks for it.
    private static func ahead(in scalars: [Unicode.Scalar]) -> [Bool]? {
        guard scalars.contains(where: isDirection) else { return nil }
        var places = [Bool](repeating: false, count: scalars.count)
        var isNext = false
        for index in scalars.indices.reversed() {
            if isLetter(scalars[index]) { isNext = isRightToLeft(scalars[index]) }
            places[index] = isNext
        }
        return places
    }

    private func isKept(_ scalar: Unicode.Scalar, _ isBeforeRightToLeft: Bool) -> Bool {
        switch scalar.value {
        case 0..<0xAD: true
        case 0x200E, 0x200F, 0x61C: isBeforeRightToLeft || letter.map(Self.isRightToLeft) == true
        case 0x200B...0x200D:
            // Joiners and breaks are part of the writing of Asia, and of emoji; elsewhere they only hide.
            !spaceDue && output.last.map { !(0x200B...0x200D).contains($0.value) } == true
                && base.map(Self.isJoined) == true
        // Letters of flags, behind the black flag alone.
        case 0xE0020...0xE007F:
            !spaceDue && output.last.map { $0.value == 0x1F3F4 || (0xE0020...0xE007F).contains($0.value) } == true
        default: !Self.isHidden(scalar)
        }
    }

    /// Cuts piles of marks; formats between them do not begin a new pile.
    private static func capped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isMark) else { return text }
        var output = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            if isMark(scalar) {
                marks += 1
            } else if scalar.properties.generalCategory != .format {
                marks = 0
            }
            if marks <= marksMaximum { output.append(scalar) }
        }
        return String(output)
    }

    // MARK: Kinds of scalars

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
        [0x200E, 0x200F, 0x61C].contains(scalar.value)
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }

    /// A letter that is seen: digits have no direction of their own.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            !isHidden(scalar)
        default: false
        }
    }

    /// What is never kept: soft hyphens, overrides and isolates, invisible operators, fillers, tags.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x180E, 0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
            0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE00FF, 0xE01F0...0xE0FFF:
            true
        default: false
        }
    }

    /// Letters that are written from right to left.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    /// Beyond the alphabets of Europe, to which the signs of ohm, kelvin and ångström belong once they are composed.
    private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x590, 0x1C80..<0x1C90, 0x1D00..<0x2070, 0x2126..<0x212C, 0x2C60..<0x2C80, 0xA640..<0xA6A0,
            0xA720..<0xA800, 0xFF00..<0xFF66:
            false
        default: true
        }
    }
}
