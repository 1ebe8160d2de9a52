import QAShared

/// What an organiser takes home of an event: its questions and counts, without anybody's identity and without keys.
struct Export {
    enum Format: String, CaseIterable, Sendable {
        case csv
        case json
        case geojson
    }

    enum Part: String, CaseIterable, Sendable {
        case questions
        case counts
    }

    /// What is asked for; without a part, CSV gives the questions, JSON everything, GeoJSON the counts.
    struct Choice: Equatable, Sendable {
        var format: Format
        var what: Part?

        /// Between two lines, and behind the last one: CSV wants both characters (RFC 4180).
        var lineEnd: String { format == .csv ? "\r\n" : "\n" }
    }

    let state: State

    init(_ state: State) { self.state = state }

    /// The lines of the file.
    func lines(_ choice: Choice) -> [String] {
        switch (choice.format, choice.what) {
        case (.csv, .counts): countRows.map(CSV.row)
        case (.csv, _): questionRows.map(CSV.row)
        case (.json, let what): json(what)
        case (.geojson, _): geoJSON
        }
    }

    // MARK: Tables

    private var questionRows: [[CSV.Cell]] {
        let head = [
            "number", "time", "venue", "talk", "kind", "status", "reason", "votes", "merged_into", "text", "original",
            "name", "venues",
        ]
        return [head.map(CSV.Cell.text)]
            + state.questions.map { question in
                let told = told(question)
                return [
                    .number(question.number), .text(StructuredLog.text(of: question.asked)), .text(question.venue.text),
                    .text(question.talk.text), .text(question.spoken ? "spoken" : "written"),
                    .text(question.status.word), .text(question.reason ?? ""), .number(question.votes),
                    founder(of: question).map(CSV.Cell.number) ?? .text(""), .text(told.text),
                    .text(told.original ?? ""),
                    .text(told.name ?? ""), .text(state.venues(asking: question).map(\.text).joined(separator: " ")),
                ]
            }
    }

    /// One row a venue and talk, those without questions too.
    private var countRows: [[CSV.Cell]] {
        var rows = [(["venue", "talk"] + DayCounts().byName.map(\.name)).map(CSV.Cell.text)]
        for (venue, talks) in zip(setup.venues, state.dayCounts) {
            for talk in setup.talks {
                let counts = talks.first { $0.talk == talk.id }?.counts ?? DayCounts()
                rows.append(
                    [.text(venue.id.text), .text(talk.id.text)] + counts.byName.map { CSV.Cell.number($0.count) })
            }
        }
        return rows
    }

    // MARK: What of a question is told

    /// The words of a question; none of one that its asker took back.
    func told(_ question: Question) -> (text: String, original: String?, name: String?) {
        if question.status == .dismissed(.withdrawn) { return ("", nil, nil) }
        return (question.text, question.original, question.name)
    }

    /// The number of the question that this one is merged into.
    func founder(of question: Question) -> Int? {
        guard case .merged(let founder) = question.status else { return nil }
        return state.numbers[founder]
    }

    /// An event that was never set up has nothing in it.
    var setup: EventSetup { state.setup ?? EventSetup(id: "", title: "", languages: [], venues: [], talks: []) }
}

extension Question {
    /// Why it was dismissed, if it was.
    var reason: String? {
        guard case .dismissed(let reason) = status else { return nil }
        return reason.rawValue
    }
}

extension DayCounts {
    /// All counters flat, as the columns of a table want them.
    var byName: [(name: String, count: Int)] {
        [
            ("received", received), ("pending", pending), ("shown", shown), ("answered", answered),
            ("dismissed", dismissed), ("merged", merged), ("spoken", spoken), ("turns", turns),
        ] + DismissReason.allCases.map { ("dismissed_" + $0.rawValue, reasons[$0] ?? 0) }
    }
}

/// Comma-separated values by RFC 4180, made so that no spreadsheet takes a stranger's text for a formula.
enum CSV {
    enum Cell: Equatable {
        case number(Int)
        case text(String)
    }

    /// A record without its end of line.
    static func row(_ cells: [Cell]) -> String {
        let written = cells.map { cell in
            switch cell {
            case .number(let number): String(number)
            case .text(let text): quoted(defended(text))
            }
        }
        return written.joined(separator: ",")
    }

    private static let separating: Set<Unicode.Scalar> = ["\"", ",", ";", "\r", "\n", "\t"]

    private static func quoted(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy({ !separating.contains($0) }), text.first != " ", text.last != " " {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// What begins a formula in one spreadsheet or another; the wide forms are read as the narrow ones.
    private static let beginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// The text with an apostrophe before whatever a spreadsheet would calculate: at its beginning, and behind a semicolon,
    /// at which a French one parts the cells of any file.
    static func defended(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        // Where an apostrophe goes if a formula begins: before what is passed over.
        var begin: Int? = 0
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if let start = begin {
                if beginnings.contains(scalar) {
                    output.insert("'", at: output.index(output.endIndex, offsetBy: start - index))
                    begin = nil
                } else if !isPassedOver(scalar) {
                    begin = nil
                }
            }
            output.append(scalar)
            if scalar == ";" { begin = index + 1 }
        }
        return String(output)
    }

    /// What a spreadsheet may drop before it looks: blanks, quotes, and what leaves no ink.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\"" || scalar.properties.isDefaultIgnorableCodePoint
            || scalar.properties.generalCategory == .format
    }
}
