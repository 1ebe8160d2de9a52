import QAShared

/// The questions that simulated people ask, from a file with one JSON object a line.
struct DemoQuestions {
    struct Item: Equatable {
        var text: String
        /// Index among the event's venues.
        var venue: Int
    }

    static let maximumBytes = 16_777_216

    let items: [Item]

    /// Reads `text` and `venue` of each line; venues that the event does not have are dealt out in turn.
    ///
    /// Fails at the first line that is no question.
    init(_ lines: String, venues: [VenueID]) throws(TextFile.Unreadable) {
        var items: [Item] = []
        var strangers: [String: Int] = [:]
        let all = lines.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in all.enumerated() where !line.allSatisfy(\.isWhitespace) {
            guard let json = try? JSON.parse(String(line)), case .string(let text)? = json["text"]
            else {
                throw TextFile.Unreadable(
                    line: index + 1, what: "This is not a question.",
                    instead: "Write one object a line: {\"text\": \"…\", \"venue\": \"…\"}.")
            }
            guard case .string(let name)? = json["venue"] else {
                items.append(Item(text: text, venue: index % venues.count))
                continue
            }
            if let known = venues.firstIndex(where: { $0.text == name }) {
                items.append(Item(text: text, venue: known))
            } else {
                let turn = strangers[name] ?? strangers.count
                strangers[name] = turn
                items.append(Item(text: text, venue: turn % venues.count))
            }
        }
        guard !items.isEmpty else {
            throw TextFile.Unreadable(
                what: "The file has no question.",
                instead: "Write one object a line: {\"text\": \"…\", \"venue\": \"…\"}.")
        }
        self.items = items
    }

    init(path: String, venues: [VenueID]) throws(TextFile.Unreadable) {
        try self.init(TextFile.read(path, maximumBytes: Self.maximumBytes), venues: venues)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same people do the same things for the same seed.
struct DemoGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True so many times in a hundred.
    mutating func percent(_ chance: Int) -> Bool { Int.random(in: 0..<100, using: &self) < chance }
}
