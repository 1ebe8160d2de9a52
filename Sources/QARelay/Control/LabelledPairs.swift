import QAShared

/// What was decided of pairs of questions, for measuring and teaching the engine: texts and venues, nobody's identity.
enum LabelledPairs {
    /// One JSON object a pair. `label` is 1 for questions that are united and 0 for those told apart; `by` says whether a
    /// moderator decided it or the strict rule did and nobody took it back.
    static func lines(_ state: State) -> [String] {
        var lines: [String] = []
        for question in state.questions {
            guard let union = question.union, let other = state.question(union.with), isKept(question), isKept(other)
            else { continue }
            lines.append(line(other, question, label: 1, by: union.automatic ? "rule" : "moderator"))
        }
        for pair in state.distinguished.sorted() {
            guard let one = state.question(pair.first), let other = state.question(pair.second), isKept(one),
                isKept(other)
            else { continue }
            let (first, second) = one.number < other.number ? (one, other) : (other, one)
            lines.append(line(first, second, label: 0, by: "moderator"))
        }
        return lines
    }

    /// What its asker took back, or what is about a person, teaches nobody.
    private static func isKept(_ question: Question) -> Bool {
        ![.dismissed(.withdrawn), .dismissed(.personal), .dismissed(.offensive)].contains(question.status)
    }

    private static func line(_ one: Question, _ other: Question, label: Int, by: String) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, question) in [("a", one), ("b", other)] {
                writer.object(name) { writer in
                    writer.member("id", question.id.text)
                    writer.member("number", question.number)
                    writer.member("venue", question.venue.text)
                    writer.member("text", question.text)
                }
            }
            writer.member("label", label)
            writer.member("by", by)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
