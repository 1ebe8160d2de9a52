import Yams

extension YamlError {
    /// The parser's complaint with its line, and what usually lies behind it.
    func problem(in text: String) -> EventFileProblem {
        switch self {
        case .scanner(let context, let complaint, let mark, _),
            .parser(let context, let complaint, let mark, _),
            .composer(let context, let complaint, let mark, _):
            let isOpen = complaint.contains("end of stream") || complaint.contains("expected ',' or")
            if isOpen, let opening = context?.mark {
                return EventFileProblem(
                    line: opening.line, column: opening.column, field: "",
                    what: "The file is not YAML: what begins here never ends.",
                    instead: "Close the quotation mark or bracket.")
            }
            return EventFileProblem(
                line: mark.line, column: mark.column, field: "",
                what: "The file is not YAML: \(complaint).", instead: Self.advice(complaint))
        case .reader(let complaint, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            return EventFileProblem(
                line: line, column: column, field: "",
                what: "The file is not YAML: \(complaint).",
                instead: "Remove the character that cannot be seen here.")
        default:
            return EventFileProblem(
                line: 1, column: 1, field: "", what: "The file is not YAML.",
                instead: "Compare it with events/example-minimal.yaml.")
        }
    }

    private static func advice(_ complaint: String) -> String {
        let hints: [(part: String, advice: String)] = [
            ("mapping values are not allowed", "Put a text that contains “: ” in quotation marks."),
            (
                "cannot start any token",
                "Indent with spaces, not tabs; put a text that begins with @, ` or % in quotation marks."
            ),
            ("tab", "Indent with spaces, not tabs."),
            ("could not find expected ':'", "Write every line as “key: value”."),
            ("expected alphabetic", "Put a text that begins with * or & in quotation marks."),
            ("undefined alias", "Put a text that begins with * in quotation marks."),
            ("expected <document start>", "Put everything into one document, without a line “---” inside."),
            ("another document", "Put everything into one document, without a line “---” inside."),
            ("escape", "Write \\\\ for a backslash, or use single quotation marks."),
        ]
        if let hint = hints.first(where: { complaint.contains($0.part) }) { return hint.advice }
        return "Give all keys of one part the same indentation, and look at the line before too."
    }
}
