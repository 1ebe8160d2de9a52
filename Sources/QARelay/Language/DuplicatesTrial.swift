import QAShared

/// Runs the engine over files of questions as a hub would, for measuring it; the files are read in `TrialFile`.
struct DuplicatesTrial {
    struct Item {
        var id: String
        var event: String
        var venue: VenueID
        var text: String
    }

    private let resources: LanguageResources
    private let book: WordBook
    private let typed: Int?
    private let isShown: Bool
    /// All questions of a file belong to one talk.
    fileprivate static let talk: TalkID = {
        guard let talk = TalkID("talk") else { preconditionFailure("it is a short name") }
        return talk
    }()
    /// Candidates printed for a question.
    fileprivate static let printed = 10

    /// `typed` is the share of each text that is typed, in percent; nil for questions that were sent. `isShown` leaves out
    /// what the hub would not show.
    init(resources: LanguageResources, book: WordBook, typed: Int?, isShown: Bool = false) {
        self.resources = resources
        self.book = book
        self.typed = typed
        self.isShown = isShown
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
            var run = EventRun(mode, self, pairs == nil ? nil : partners)
            for question in byEvent[event] ?? [] { lines += run.take(question) }
        }
        return lines
    }

    /// The first so many percent of a text's characters, rounded up.
    static func part(_ percent: Int, of text: String) -> String {
        String(text.prefix((text.count * percent + 99) / 100))
    }

    /// One event, question by question.
    private struct EventRun {
        let mode: DuplicatesCommand.Mode
        let trial: DuplicatesTrial
        let advisor: Advisor
        let reader: Reader
        var twins: Twins
        let partners: [String: [String]]?
        var items: [Item] = []
        var founders: [Int] = []
        var numbers: [String: Int] = [:]

        init(_ mode: DuplicatesCommand.Mode, _ trial: DuplicatesTrial, _ partners: [String: [String]]?) {
            self.mode = mode
            self.trial = trial
            self.partners = partners
            advisor = Advisor(trial.resources, trial.book)
            reader = trial.resources.reader(trial.book)
            twins = Twins(reader: reader)
        }

        mutating func take(_ item: Item) -> [String] {
            let number = items.count + 1
            // As the hub unites: into a founder that is proved to be the same, too.
            let same = twins.same(as: item.text, talk: DuplicatesTrial.talk, venue: item.venue)
            let founder = same.map { founders[$0 - 1] }.first(where: same.contains) ?? number
            // Suggestions are for who has not sent it yet; everything else the engine is asked once it has been told.
            let early = mode == .rank || mode == .features && trial.typed != nil
            var lines = early ? answer(item, number, founder) : []
            items.append(item)
            founders.append(founder)
            numbers[item.id] = number
            twins.insert(number: number, text: item.text, talk: DuplicatesTrial.talk, venue: item.venue)
            if !early {
                // Judged as if the strict rule had found nothing: what it unites nobody needs to be shown.
                tell(item, number, founder: nil)
                lines = answer(item, number, founder)
            }
            tell(item, number, founder: founder == number ? nil : founder)
            return lines
        }

        private func tell(_ item: Item, _ number: Int, founder: Int?) {
            let note = QuestionNote(
                number: number, id: QuestionID(high: 1, low: UInt64(number)), talk: DuplicatesTrial.talk,
                venue: item.venue, text: item.text, founder: founder, isPublic: true, isGone: false, status: .approved)
            _ = advisor.advise(.note(note))
        }

        private func answer(_ item: Item, _ number: Int, _ founder: Int) -> [String] {
            switch mode {
            case .stream: ["\(item.id)\t\(items[founder - 1].id)"]
            case .pairs: advisor.score(number, against: earlier(item) ?? []).map { row($0.number, item, $0.score) }
            case .rank: proposed(item).map { "\(item.id)\t\(items[$0.number - 1].id)\t\($0.score)" }
            case .flag:
                advisor.likely(reader.read(item.text), number, item.venue).prefix(DuplicatesTrial.printed).map {
                    "\(item.id)\t\(items[$0.number - 1].id)\t\($0.score)"
                }
            case .timing: []
            case .stems: ["\(item.id)\t\(reader.read(item.text).words.map(\.stem).joined(separator: " "))"]
            case .features: features(item, number)
            }
        }

        private func row(_ earlier: Int, _ item: Item, _ score: Float) -> String {
            "\(items[earlier - 1].id)\t\(item.id)\t\(score)"
        }

        /// The very search that answers who types at a hub.
        private func proposed(_ item: Item) -> [Advisor.Found] {
            let text = DuplicatesTrial.part(trial.typed ?? 100, of: item.text)
            let found = advisor.proposals(text, from: trial.isShown ? advisor.floor : -.infinity) { _ in false }
            return Array(found.prefix(trial.isShown ? Limits.suggestionsShown : DuplicatesTrial.printed))
        }

        private func features(_ item: Item, _ number: Int) -> [String] {
            let rows =
                if let typed = trial.typed {
                    advisor.features(typed: DuplicatesTrial.part(typed, of: item.text), against: earlier(item))
                } else {
                    advisor.features(number, against: earlier(item))
                }
            return rows.map { row in
                ([item.id, items[row.number - 1].id] + row.values.map { "\($0)" }).joined(separator: "\t")
            }
        }

        /// The numbers of the earlier questions that it is to be judged with; nil for all that are found.
        private func earlier(_ item: Item) -> [Int]? {
            let own = numbers[item.id] ?? .max
            return partners.map { ($0[item.id] ?? []).compactMap { numbers[$0] }.filter { $0 < own } }
        }
    }
}
