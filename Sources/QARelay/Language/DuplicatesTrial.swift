import QAShared

/// Runs the engine over files of questions as a hub would, for measuring it.
struct DuplicatesTrial {
    struct Item {
        var id: String
        var event: String
        var venue: VenueID
        var text: String
    }

    private let resources: LanguageResources
    private let book: WordBook
    private let typed: Int
    /// All questions of a file belong to one talk.
    fileprivate static let talk: TalkID = slug("talk")
    /// Candidates printed for a question.
    fileprivate static let printed = 10

    init(resources: LanguageResources, book: WordBook, typed: Int) {
        self.resources = resources
        self.book = book
        self.typed = typed
    }

    private static func slug<Kind>(_ name: String) -> Slug<Kind> {
        guard let slug = Slug<Kind>(name) else { preconditionFailure("\(name) is a short name") }
        return slug
    }

    /// Questions from one JSON object a line.
    static func questions(of text: String, _ path: String) throws -> [Item] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return try lines.enumerated().compactMap { index, line in
            if line.allSatisfy(\.isWhitespace) { return nil }
            guard let json = try? JSON.parse(String(line)), case .string(let id)? = json["id"],
                case .string(let text)? = json["text"]
            else {
                throw Stop(
                    code: "bad_line",
                    sentence:
                        "\(path), line \(index + 1): this is not a question. Write {\"id\": …, \"event\": …, \"venue\": …, \"text\": …}.",
                    status: .unusable)
            }
            func word(_ name: String) -> String? { if case .string(let word)? = json[name] { word } else { nil } }
            return Item(
                id: id, event: word("event") ?? "", venue: word("venue").flatMap { VenueID($0) } ?? slug("venue"),
                text: text)
        }
    }

    /// Pairs of ids from the first two columns.
    static func pairs(of text: String) -> [(String, String)] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let columns = line.split(separator: "\t")
            guard columns.count >= 2, !line.hasPrefix("#"), columns[0] != "id_a" else { return nil }
            return (String(columns[0]), String(columns[1]))
        }
    }

    func run(_ mode: DuplicatesCommand.Mode, _ questions: [Item], _ pairs: [(String, String)]?) -> [String] {
        var events: [String] = []
        var byEvent: [String: [Item]] = [:]
        for question in questions {
            if byEvent[question.event] == nil { events.append(question.event) }
            byEvent[question.event, default: []].append(question)
        }
        var partners: [String: [String]] = [:]
        for (one, other) in pairs ?? [] {
            partners[one, default: []].append(other)
            partners[other, default: []].append(one)
        }
        var lines: [String] = []
        if mode == .features { lines.append((["id_a", "id_b"] + Features.names).joined(separator: "\t")) }
        for event in events {
            var run = EventRun(mode, resources, book, typed, pairs == nil ? nil : partners)
            for question in byEvent[event] ?? [] { lines += run.take(question) }
        }
        return lines
    }

    /// One event, question by question.
    private struct EventRun {
        let mode: DuplicatesCommand.Mode
        let advisor: Advisor
        let reader: Reader
        var twins: Twins
        let typed: Int
        let partners: [String: [String]]?
        var items: [Item] = []
        var founders: [Int] = []
        var numbers: [String: Int] = [:]

        init(
            _ mode: DuplicatesCommand.Mode, _ resources: LanguageResources, _ book: WordBook, _ typed: Int,
            _ partners: [String: [String]]?
        ) {
            self.mode = mode
            self.typed = typed
            self.partners = partners
            advisor = Advisor(resources, book)
            reader = resources.reader(book)
            twins = Twins(reader: reader)
        }

        mutating func take(_ item: Item) -> [String] {
            let number = items.count + 1
            // As the hub unites: into a founder that is proved to be the same, too.
            let same = twins.same(as: item.text, talk: DuplicatesTrial.talk, venue: item.venue)
            let founder = same.map { founders[$0 - 1] }.first(where: same.contains) ?? number
            let lines = answer(item, founder)
            items.append(item)
            founders.append(founder)
            numbers[item.id] = number
            twins.insert(number: number, text: item.text, talk: DuplicatesTrial.talk, venue: item.venue)
            _ = advisor.advise(
                .note(
                    QuestionNote(
                        number: number, id: QuestionID(high: 1, low: UInt64(number)), talk: DuplicatesTrial.talk,
                        venue: item.venue, text: item.text, founder: founder == number ? nil : founder, isPublic: true,
                        isGone: false, status: .approved)))
            return lines
        }

        private func answer(_ item: Item, _ founder: Int) -> [String] {
            switch mode {
            case .stream:
                let name = founder <= items.count ? items[founder - 1].id : item.id
                return ["\(item.id)\t\(name)"]
            case .pairs:
                let wanted = (partners?[item.id] ?? []).compactMap { numbers[$0] }
                return advisor.score(item.text, item.venue, against: wanted).map {
                    "\(items[$0.number - 1].id)\t\(item.id)\t\($0.score)"
                }
            case .rank:
                let found = advisor.search(
                    reader.read(shown(item.text), isTyping: typed < 100), isTyping: typed < 100, venue: item.venue,
                    budget: typed < 100 ? Advisor.typingBudget : Advisor.flagBudget
                ) { _ in false }
                return advisor.spread(found).prefix(DuplicatesTrial.printed).map {
                    "\(item.id)\t\(items[$0.number - 1].id)\t\($0.score)"
                }
            case .timing: return []
            case .stems:
                return ["\(item.id)\t\(reader.read(item.text).words.map(\.stem).joined(separator: " "))"]
            case .features:
                let wanted = partners.map { $0[item.id] ?? [] }?.compactMap { numbers[$0] }
                let rows = advisor.features(shown(item.text), item.venue, isTyping: typed < 100, against: wanted)
                return rows.map { row in
                    ([item.id, items[row.number - 1].id] + row.values.map { "\($0)" }).joined(separator: "\t")
                }
            }
        }

        /// The first so many characters, rounded up.
        private func shown(_ text: String) -> String {
            typed == 100 ? text : String(text.prefix((text.count * typed + 99) / 100))
        }
    }
}
