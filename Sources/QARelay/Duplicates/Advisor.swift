import QAShared

/// The engine: keeps the questions of one event, finds those that may ask the same, ranks them and says why.
///
/// Pure and deterministic: the same notes and questions in the same order give the same answers. Used on one thread.
final class Advisor {
    private struct Doc {
        var id: QuestionID
        var talk: TalkID
        var venue: VenueID
        var text: String
        var founder: Int?
        var isPublic: Bool
        var isGone: Bool
        var status: Status
    }

    /// What a search asks of every question that it comes across, in a few bytes beside the rest.
    private struct Standing {
        var founder: Int32
        var talk: Int32
        var isPublic: Bool
        var isGone: Bool
    }

    /// A question found, by its founder.
    struct Found {
        var number: Int
        var score: Float
        /// Whether every word of contents of either has its like in the other: a moderator sees what little differs.
        var isNearCopy = false
    }

    /// Places of the lists read while somebody types, and for a flag: what a search costs, whatever there is.
    static let typingBudget = 10_000
    static let flagBudget = 20_000
    /// Questions that are compared word by word.
    private static let compared = 50

    private let reader: Reader
    private let ranker: Ranker?
    private var index: QuestionIndex
    private let resources: LanguageResources
    private var docs: [Doc?] = []
    private var standings: [Standing] = []
    private var talks: [TalkID: Int32] = [:]
    /// How often each founder was asked, itself among them, where it was more than once; who asks twice counts twice.
    private var timesAsked: [Int: Int] = [:]

    init(_ resources: LanguageResources, _ book: WordBook) {
        self.resources = resources
        reader = resources.reader(book)
        ranker = resources.ranker
        index = QuestionIndex(resources)
    }

    func advise(_ request: AdviceRequest) -> Advice? {
        switch request {
        case .rebuild(let notes):
            docs = []
            standings = []
            timesAsked = [:]
            index = QuestionIndex(resources)
            for note in notes { take(note) }
            return nil
        case .note(let note):
            take(note)
            return nil
        case .flag(let id, let number, let text):
            return .flags(id, text: text, flags(number, text))
        case .suggest(let ticket, let text, let talk):
            return .suggestions(ticket: ticket, suggestions(text, talk))
        }
    }

    private func take(_ note: QuestionNote) {
        while docs.count < note.number {
            docs.append(nil)
            standings.append(Standing(founder: Int32(docs.count), talk: -1, isPublic: false, isGone: true))
        }
        let talk = talks[note.talk] ?? Int32(talks.count)
        talks[note.talk] = talk
        standings[note.number - 1] = Standing(
            founder: Int32(note.founder ?? note.number), talk: talk, isPublic: note.isPublic, isGone: note.isGone)
        let old = docs[note.number - 1]
        if let founder = old?.founder { timesAsked[founder, default: 1] -= 1 }
        if let founder = note.founder { timesAsked[founder, default: 1] += 1 }
        docs[note.number - 1] = Doc(
            id: note.id, talk: note.talk, venue: note.venue, text: note.text, founder: note.founder,
            isPublic: note.isPublic,
            isGone: note.isGone, status: note.status)
        if note.isGone {
            index.remove(note.number)
        } else if old?.text != note.text || old?.isGone == true {
            index.insert(note.number, index.sketch(reader.read(note.text)))
        }
    }

    private func founder(of number: Int) -> Int { Int(standings[number - 1].founder) }

    private func timesAsked(of number: Int) -> Int { timesAsked[founder(of: number)] ?? 1 }

    // MARK: Searching

    /// Questions like a text, best first, each founder once with the best score of its group.
    ///
    /// Without learned weights they come in the order of what they share.
    func search(
        _ reading: Reading, isTyping: Bool, venue: VenueID?, budget: Int, unless isLeftOut: (Int) -> Bool
    ) -> [Found] {
        let sketch = isTyping ? index.typing(reading) : index.sketch(reading)
        let sought = index.sought(sketch)
        var features = Features(sketch, sought, index)
        let numbers = index.candidates(
            sketch, sought, budget: budget, limit: Self.compared, unless: isLeftOut)
        let members = numbers.compactMap { member($0, &features, venue) }
        let company = Company(members)
        var best: [Int: Found] = [:]
        for (place, member) in members.enumerated() {
            let (number, match) = (member.number, member.match)
            let isRead = sketch.language != .other && match.side.sketch.language != .other
            let score =
                isRead
                ? ranker?.score(company.values(of: member), isTyping: isTyping) ?? -Float(place) : unread(match)
            let founder = founder(of: number)
            var found = best[founder] ?? Found(number: founder, score: -.infinity)
            found.score = max(found.score, score)
            if isRead, match.coversBoth, sketch.words.count > 1 { found.isNearCopy = true }
            best[founder] = found
        }
        return best.values
            .sorted { ($0.score, $1.number) > ($1.score, $0.number) }
    }

    /// A question with what the text of the features has in common with it; other rooms count when a venue is given.
    private func member(_ number: Int, _ features: inout Features, _ venue: VenueID?) -> Company.Member? {
        guard let other = index.sketches[number - 1], let doc = docs[number - 1] else { return nil }
        let match = features.match(
            other, isOtherRoom: venue != nil && doc.venue != venue, timesAsked: timesAsked(of: number), index)
        return Company.Member(number: number, match: match)
    }

    /// In languages that are not read only nearly the same letters count.
    private func unread(_ match: Features.Match) -> Float {
        guard let ranker else { return 0 }
        if match.letters >= 0.95 { return ranker.strong }
        return match.letters >= 0.8 ? max(ranker.probable, ranker.suggested) : -Self.behind
    }

    /// Puts what repeats a better one behind the rest: two wordings of one question must not take two of three places.
    func spread(_ found: [Found]) -> [Found] {
        guard let ranker else { return found }
        let asked = Array(found.prefix(Limits.suggestionsAsked))
        var kept: [Found] = []
        var repeated: [Found] = []
        var repeating: Set<Int> = []
        for one in asked {
            if repeating.contains(one.number) {
                repeated.append(Found(number: one.number, score: one.score - Self.behind))
            } else {
                if kept.count < Limits.suggestionsShown - 1 {
                    repeating.formUnion(same(as: one.number, among: asked.map(\.number), ranker))
                }
                kept.append(one)
            }
        }
        return kept + found.dropFirst(Limits.suggestionsAsked) + repeated
    }

    /// More than any two scores lie apart.
    private static let behind: Float = 20

    /// Those of the found that very probably ask the same as one of them. Not "A replaces B" for "B replaces A".
    private func same(as number: Int, among numbers: [Int], _ ranker: Ranker) -> [Int] {
        guard let sketch = index.sketches[number - 1] else { return [] }
        var features = Features(sketch, index.sought(sketch), index)
        let members = numbers.filter { $0 != number }.compactMap { member($0, &features, docs[number - 1]?.venue) }
        let company = Company(members)
        return members.filter {
            !$0.match.turnsNouns && ranker.score(company.values(of: $0), isTyping: false) >= ranker.strong
        }.map(\.number)
    }

    /// Numbers of public questions of the talk that may mean what is being typed.
    private func suggestions(_ text: String, _ talk: TalkID) -> [Int] {
        guard let wanted = talks[talk] else { return [] }
        return proposals(text, from: floor) { number in
            let standing = standings[founder(of: number) - 1]
            return !standing.isPublic || standing.talk != wanted
        }
        .prefix(Limits.suggestionsAsked).map(\.number)
    }

    /// What somebody who has typed so much is shown, best first, of what scores so much.
    func proposals(_ text: String, from floor: Float, unless isLeftOut: (Int) -> Bool) -> [Found] {
        let reading = reader.read(text, isTyping: true)
        guard !reading.isEmpty || !reading.marks.isEmpty else { return [] }
        // What strangers type must not stay in memory.
        let extent = index.extent
        defer { index.shrink(to: extent) }
        let found = search(reading, isTyping: true, venue: nil, budget: Self.typingBudget, unless: isLeftOut)
        return spread(found.filter { $0.score >= floor })
    }

    /// Questions that this one may repeat, as a moderator of its room is shown them, best first, at no threshold.
    func likely(
        _ reading: Reading, _ number: Int, _ venue: VenueID, unless isLeftOut: (Int) -> Bool = { _ in false }
    ) -> [Found] {
        search(reading, isTyping: false, venue: venue, budget: Self.flagBudget) { $0 == number || isLeftOut($0) }
    }

    private func flags(_ number: Int, _ text: String) -> [DuplicateFlag] {
        guard number <= docs.count, let doc = docs[number - 1], let ranker else { return [] }
        let reading = reader.read(text)
        guard !reading.isEmpty else { return [] }
        let own = founder(of: number)
        let found = likely(reading, number, doc.venue) { other in
            founder(of: other) == own || standings[founder(of: other) - 1].isGone
        }
        return found.filter { $0.score >= ranker.probable || $0.isNearCopy }.prefix(Limits.flagsMaximum).compactMap {
            one in
            flag(one, reading, doc)
        }
    }

    private func flag(_ found: Found, _ reading: Reading, _ doc: Doc) -> DuplicateFlag? {
        guard let other = docs[found.number - 1], let ranker else { return nil }
        let theirs = reader.read(other.text)
        let sketch = index.sketch(reading)
        var features = Features(sketch, index.sought(sketch), index)
        let isOtherRoom = other.venue != doc.venue
        let match = features.match(
            index.sketch(theirs), isOtherRoom: isOtherRoom, timesAsked: timesAsked(of: found.number), index)
        let reasons = Reasons(reading, theirs, match, isOtherRoom: isOtherRoom, other: other.status)
        return DuplicateFlag(
            other: other.id, level: found.score >= ranker.strong ? .strong : .probable, reasons: reasons.codes,
            mine: Array(reasons.mine.prefix(Limits.flagWords)), theirs: Array(reasons.theirs.prefix(Limits.flagWords)))
    }

    // MARK: Measuring

    /// Distinct words kept, of all questions.
    var wordCount: Int { index.words.infos.count }

    /// The score from which somebody who types is shown a question.
    var floor: Float { ranker?.suggested ?? -.infinity }

    /// The scores of a question with others, as a flag would have them.
    func score(_ number: Int, against others: [Int]) -> [(number: Int, score: Float)] {
        guard let ranker, let doc = docs[number - 1] else { return [] }
        let rows = features(reader.read(doc.text), number, doc.venue, isTyping: false, against: others)
        return rows.map { ($0.number, ranker.score($0.values, isTyping: false)) }
    }

    /// What the training script learns from: the features of a question against each one that a search finds, or against
    /// those named, as they stand among those that a search finds.
    func features(_ number: Int, against others: [Int]?) -> [(number: Int, values: [Float])] {
        guard let doc = docs[number - 1] else { return [] }
        return features(reader.read(doc.text), number, doc.venue, isTyping: false, against: others)
    }

    /// The same of a text that is being typed, by whom is not known.
    func features(typed text: String, against others: [Int]?) -> [(number: Int, values: [Float])] {
        let extent = index.extent
        defer { index.shrink(to: extent) }
        return features(reader.read(text, isTyping: true), 0, nil, isTyping: true, against: others)
    }

    private func features(
        _ reading: Reading, _ number: Int, _ venue: VenueID?, isTyping: Bool, against others: [Int]?
    ) -> [(number: Int, values: [Float])] {
        let sketch = isTyping ? index.typing(reading) : index.sketch(reading)
        let sought = index.sought(sketch)
        var features = Features(sketch, sought, index)
        let budget = isTyping ? Self.typingBudget : Self.flagBudget
        let found = index.candidates(sketch, sought, budget: budget, limit: Self.compared) { $0 == number }
        let members = found.compactMap { member($0, &features, venue) }
        let company = Company(members)
        let wanted = others.map { $0.compactMap { member($0, &features, venue) } } ?? members
        return wanted.map { ($0.number, company.values(of: $0)) }
    }
}
