// The only door from other people's text to the screen.

/// One visible unit of text and the columns it takes.
struct Cluster: Hashable, Sendable {
    var text: String
    /// 1 or 2.
    var width: Int
}

/// Makes any text harmless to a terminal: no control, no direction override, nothing invisible, no
/// pile of marks.
enum Sanitizer {
    /// Marks that may stand on one base; more are left out.
    private static let marksMaximum = 4

    /// The clusters of a text in order, each safe to write to a terminal.
    static func clusters(_ text: String) -> [Cluster] {
        // Most texts are plain ASCII, and a whole screen of them is drawn at every key.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            return text.map { Cluster(text: String($0), width: 1) }
        }
        return clean(text).compactMap { character in
            let limited = limit(character)
            let width = TextWidth.of(limited)
            return width == 0 ? nil : Cluster(text: String(limited), width: width)
        }
    }

    /// The text without anything that a terminal could take for an order or show as nothing.
    static func clean(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch kind(scalar) {
            case .kept: output.append(scalar)
            case .space: output.append(" ")
            case .dropped: break
            case .replaced: output.append("\u{FFFD}")
            case .joiner:
                // A joiner joins two visible things; anywhere else it only hides.
                if joins(output.last), index + 1 < scalars.count, joins(scalars[index + 1]) {
                    output.append(scalar)
                }
            }
        }
        return String(output)
    }

    private enum Kind {
        case kept, space, dropped, replaced, joiner
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0xA0: return .space
        case 0x20..<0x7F: return .kept
        case 0x00...0x1F, 0x7F...0x9F: return .dropped
        case 0x200C, 0x200D: return .joiner
        // A blank Braille cell and Hangul fillers are seen as nothing, but take a column.
        case 0x2800, 0x115F, 0x1160, 0x3164, 0xFFA0: return .space
        default: break
        }
        // Soft hyphens, directions, variation selectors, tags, word joiners.
        if scalar.properties.isDefaultIgnorableCodePoint { return .dropped }
        switch scalar.properties.generalCategory {
        case .control, .format: return .dropped
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: return .space
        case .privateUse, .surrogate, .unassigned: return .replaced
        default: return .kept
        }
    }

    private static func joins(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar, !scalar.isASCII, kind(scalar) == .kept else { return false }
        return true
    }

    private static func limit(_ character: Character) -> Character {
        var marks = 0
        var output = String.UnicodeScalarView()
        for scalar in character.unicodeScalars {
            if TextWidth.isMark(scalar) {
                marks += 1
                if marks > marksMaximum { continue }
            }
            output.append(scalar)
        }
        return marks > marksMaximum ? String(output).first ?? " " : character
    }
}
