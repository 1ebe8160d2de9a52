import QAShared

/// Reads the files that the engine is tried on; what cannot be used is refused with its line, and nothing is passed over.
struct TrialFile {
    private let path: String
    private let lines: [Substring]

    init(_ text: String, _ path: String) {
        self.path = path
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// Questions from one JSON object a line.
    func questions() throws(Stop) -> [DuplicatesTrial.Item] {
        var items: [DuplicatesTrial.Item] = []
        var places: [String: Int] = [:]
        for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            let json = try? JSON.parse(String(line))
            func word(_ name: String) -> String? {
                if case .string(let word)? = json?[name], !word.isEmpty { word } else { nil }
            }
            guard let id = word("id"), let event = word("event"), let venue = word("venue"), let text = word("text")
            else {
                throw bad(
                    index, "This is not a question.",
                    "Write {\"id\": …, \"event\": …, \"venue\": …, \"text\": …}.")
            }
            guard let venue = VenueID(venue) else {
                throw bad(
                    index, "“\(venue)” is no venue.", "Write its short name: small letters, digits and hyphens.")
            }
            if let place = places.updateValue(index + 1, forKey: id) {
                throw bad(index, "Line \(place) has the id “\(id)” already.", "Give each question an id of its own.")
            }
            items.append(DuplicatesTrial.Item(id: id, event: event, venue: venue, text: text))
        }
        return items
    }

    /// Pairs of ids from the first two columns; a first line that begins with “id” names the columns.
    func pairs(of questions: [DuplicatesTrial.Item]) throws(Stop) -> [(String, String)] {
        let events = Dictionary(questions.map { ($0.id, $0.event) }) { first, _ in first }
        var pairs: [(String, String)] = []
        for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            if line.hasPrefix("#") || index == 0 && line.hasPrefix("id") { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count >= 2, !columns[0].isEmpty, !columns[1].isEmpty else {
                throw bad(index, "This is not a pair.", "Write id_a and id_b, parted by a tab.")
            }
            for id in columns.prefix(2) where events[id] == nil {
                throw bad(index, "No question has the id “\(id)”.", "Give the pairs that belong to --set.")
            }
            guard events[columns[0]] == events[columns[1]] else {
                throw bad(
                    index, "The questions “\(columns[0])” and “\(columns[1])” belong to two events.",
                    "Only what was asked at one event is judged.")
            }
            pairs.append((columns[0], columns[1]))
        }
        return pairs
    }

    private func bad(_ index: Int, _ what: String, _ instead: String) -> Stop {
        Stop(code: "bad_line", sentence: "\(path), line \(index + 1): \(what) \(instead)", status: .unusable)
    }
}
