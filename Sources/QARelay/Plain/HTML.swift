// Writing a page: whatever people typed is text, and there is one way to write it.

/// A page as it is written; markup is this program's own, everything else goes through `text`.
struct HTML {
    private(set) var source = ""

    /// An element with what is in it. Attributes without a value are left out when nil; names are this program's own.
    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String?)] = [], _ content: (inout HTML) -> Void
    ) {
        open(name, attributes)
        content(&self)
        source += "</\(name)>"
    }

    /// An element with a text in it.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String?)] = [], _ text: String) {
        element(name, attributes) { $0.text(text) }
    }

    mutating func element(_ name: StaticString, _ text: String) { element(name, [], text) }

    /// An element that has no content, such as `input`.
    mutating func open(_ name: StaticString, _ attributes: [(StaticString, String?)] = []) {
        source += "<\(name)"
        for (name, value) in attributes {
            if let value { source += " \(name)=\"\(Self.escaped(value))\"" }
        }
        source += ">"
    }

    mutating func text(_ text: String) { source += Self.escaped(text) }

    /// A person's words, kept apart from what is around them.
    mutating func words(_ text: String, class name: String? = nil) {
        element("bdi", [("class", name)], ShownText.of(text))
    }

    /// What a person typed, as it was typed; the line break in front is the one that browsers drop.
    mutating func typed(_ text: String) { source += "\n" + Self.escaped(text) }

    /// A picture of our own making, such as a QR code.
    mutating func picture(svg: String) { source += svg }

    mutating func doctype() { source += "<!doctype html>\n" }

    /// Between elements that would otherwise run into one word.
    mutating func space() { source += " " }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            // Browsers change or drop controls and what is no character: neither is written at all.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": break
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}

/// A text as it is drawn, on these pages as on the others.
enum ShownText {
    /// Marks on one letter: with more they paint over the neighbours.
    private static let marks = 4

    /// At most four marks on a letter, and no line that begins with a French "?" or "»".
    static func of(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var run = 0
        for scalar in text.unicodeScalars {
            run = isMark(scalar) ? run + 1 : 0
            if run <= marks { output.append(scalar) }
        }
        return typeset(String(output))
    }

    /// French signs stay on the line of the word before them.
    static func typeset(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var output = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isBeforeSign = next.map { "?!:;»".unicodeScalars.contains($0) } ?? false
            let isAfterSign =
                index > 0 && scalars[index - 1] == "«"
                || index > 1 && scalars[index - 2] == "n" && scalars[index - 1] == "°"
            output.append(scalar == " " && (isBeforeSign || isAfterSign) ? "\u{A0}" : scalar)
        }
        return String(output)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
