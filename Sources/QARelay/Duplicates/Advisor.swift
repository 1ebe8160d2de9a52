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
    /// How many questions each founder stands for, itself among them, where there are more than one.
    private var askers: [Int: Int] = [:]

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
            askers = [:]
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
        if let founder = old?.founder { askers[founder, default: 1] -= 1 }
        if let founder = note.founder { askers[founder, default: 1] += 1 }
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

    private func askers(of number: Int) -> Int { askers[founder(of: number)] ?? 1 }

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
        var best: [Int: Found] = [:]
        for (place, number) in numbers.enumerated() {
            guard let other = index.sketches[number - 1], let doc = docs[number - 1] else { continue }
            let match = features.match(
                other, isOtherRoom: venue != nil && doc.venue != venue, askers: askers(of: number), index)
            let isRead = sketch.language != .other && other.language != .other
            let score = isRead ? ranker?.score(match.values, isTyping: isTyping) ?? -Float(place) : unread(match)
            let founder = founder(of: number)
            var found = best[founder] ?? Found(number: founder, score: -.infinity)
            found.score = max(found.score, score)
            if isRead, match.coversBoth, sketch.words.count > 1 { found.isNearCopy = true }
            best[founder] = found
        }
        return best.values
            .sorted { ($0.score, $1.number) > ($1.score, $0.number) }
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
        var kept: [Found] = []
        var repeated: [Found] = []
        for one in found.prefix(Limits.suggestionsAsked) {
            let repeats =
                kept.count < Limits.suggestionsShown && kept.contains { isSame(one.number, $0.number, ranker) }
            if repeats {
                repeated.append(Found(number: one.number, score: one.score - Self.behind))
            } else {
                kept.append(one)
            }
        }
        return kept + found.dropFirst(Limits.suggestionsAsked) + repeated
    }

    /// More than any two scores lie apart.
    private static let behind: Float = 20

    private func isSame(_ number: Int, _ other: Int, _ ranker: Ranker) -> Bool {
        guard let one = index.sketches[number - 1], let two = index.sketches[other - 1] else { return false }
        var features = Features(one, index.sought(one), index)
        let match = features.match(
            two, isOtherRoom: docs[number - 1]?.venue != docs[other - 1]?.venue, askers: askers(of: other), index)
        return ranker.score(match.values, isTyping: false) >= ranker.strong
    }

    /// Numbers of public questions of the talk that may mean what is being typed.
    private func suggestions(_ text: String, _ talk: TalkID) -> [Int] {
        let reading = reader.read(text, isTyping: true)
        guard !reading.isEmpty || !reading.marks.isEmpty else { return [] }
        guard let wanted = talks[talk] else { return [] }
        // What strangers type must not stay in memory.
        let extent = index.extent
        defer { index.shrink(to: extent) }
        let found = search(reading, isTyping: true, venue: nil, budget: Self.typingBudget) { number in
            let standing = standings[founder(of: number) - 1]
            return !standing.isPublic || standing.talk != wanted
        }
        let floor = ranker?.suggested ?? -.infinity
        return spread(found.filter { $0.score >= floor }).prefix(Limits.suggestionsAsked).map(\.number)
    }

    private func flags(_ number: Int, _ text: String) -> [DuplicateFlag] {
        guard number <= docs.count, let doc = docs[number - 1], let ranker else { return [] }
        let reading = reader.read(text)
        guard !reading.isEmpty else { return [] }
        let own = founder(of: number)
        let found = search(reading, isTyping: false, venue: doc.venue, budget: Self.flagBudget) { other in
            other == number || founder(of: other) == own || standings[founder(of: other) - 1].isGone
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
            index.sketch(theirs), isOtherRoom: isOtherRoom, askers: askers(of: found.number), index)
        let reasons = Reasons(reading, theirs, match, isOtherRoom: isOtherRoom, other: other.status)
        return DuplicateFlag(
            other: other.id, level: found.score >= ranker.strong ? .strong : .probable, reasons: reasons.codes,
            mine: Array(reasons.mine.prefix(Limits.flagWords)), theirs: Array(reasons.theirs.prefix(Limits.flagWords)))
    }

    // MARK: Measuring

    /// Distinct words kept, of all questions.
    var wordCount: Int { index.words.infos.count }

    /// The score of one pair, as a flag would have it; nil when either question is not there.
    func score(_ text: String, _ venue: VenueID, against number: Int) -> Float? {
        guard let ranker, let other = index.sketches[number - 1], let doc = docs[number - 1] else { return nil }
        return features(text, venue, other, doc, askers(of: number)).map { ranker.score($0, isTyping: false) }
    }

    private func features(_ text: String, _ venue: VenueID, _ other: Sketch, _ doc: Doc, _ askers: Int) -> [Float]? {
        let sketch = index.sketch(reader.read(text))
        var features = Features(sketch, index.sought(sketch), index)
        return features.match(other, isOtherRoom: doc.venue != venue, askers: askers, index).values
    }

    /// What the training script learns from: the features of a text against each question that a search finds, or against
    /// the questions named.
    func features(_ text: String, _ venue: VenueID, isTyping: Bool, against numbers: [Int]?) -> [(
        number: Int, values: [Float]
    )] {
        let reading = reader.read(text, isTyping: isTyping)
        let sketch = isTyping ? index.typing(reading) : index.sketch(reading)
        let sought = index.sought(sketch)
        var features = Features(sketch, sought, index)
        let numbers =
            numbers ?? index.candidates(sketch, sought, budget: Self.flagBudget, limit: Self.compared) { _ in false }
        return numbers.compactMap { number in
            guard let other = index.sketches[number - 1], let doc = docs[number - 1] else { return nil }
            return (
                number, features.match(other, isOtherRoom: doc.venue != venue, askers: askers(of: number), index).values
            )
        }
    }
}
