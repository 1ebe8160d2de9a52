/// One thing wrong with an event file: where, what, and what to write instead.
struct EventFileProblem: Error, Equatable, CustomStringConvertible {
    /// 1, 2, 3 …; 0 when the whole file is meant.
    var line: Int
    /// In Unicode scalar values, from 1; 0 when the whole file is meant.
    var column: Int
    /// Such as `venues[1].id`, counted from 0; empty when no field is to blame.
    var field: String
    /// A sentence.
    var what: String
    /// A sentence in the imperative.
    var instead: String

    /// One line without the file's name.
    var description: String {
        let place = line > 0 ? "\(line):\(column): " : ""
        return "\(place)\(field.isEmpty ? "" : "\(field): ")\(what) \(instead)"
    }
}

/// All that is wrong with an event file, in the order of its lines.
struct EventFileProblems: Error, Equatable, CustomStringConvertible {
    let problems: [EventFileProblem]
    /// The file they were found in; nil for a text from elsewhere.
    var path: String?

    init(_ problems: [EventFileProblem]) {
        // The index keeps the order of those at one place.
        self.problems = problems.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset)
                    < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }

    /// One line a problem, each with the file's name in front, as compilers write them.
    func lines(path: String) -> [String] {
        problems.map { "\(path):\($0.line > 0 ? "" : " ")\($0)" }
    }

    /// The lines of all problems.
    var description: String { lines(path: path ?? "event file").joined(separator: "\n") }
}

extension EventFileProblem {
    /// A value as it is repeated in a message: short, in quotation marks, without anything a terminal obeys.
    static func quoted(_ text: String) -> String {
        var shown = ""
        for (position, scalar) in text.unicodeScalars.enumerated() {
            if position == 40 {
                shown += "…"
                break
            }
            if isForbidden(scalar) {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return "“\(shown)”"
    }

    /// Controls, line breaks, and what turns the direction of writing: none belongs in a title.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default:
            switch scalar.value {
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
            default: false
            }
        }
    }
}
