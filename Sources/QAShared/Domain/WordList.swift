// Words that an organiser does not want to see unread, and names that nobody of the audience may go by.

/// The organiser's words and what becomes of a question that holds one.
public struct WordList: Equatable, Sendable {
    /// Words, or several in a row.
    public var words: [String]
    /// Whether such a question is refused; else it waits for a moderator.
    public var refuses: Bool

    public init(words: [String] = [], refuses: Bool = false) {
        self.words = words
        self.refuses = refuses
    }

    /// Whether something is left of an entry of the list to compare texts with.
    public static func isComparable(_ word: String) -> Bool {
        Skeleton.readings(word).contains { !$0.isEmpty }
    }
}

/// A word list and the event's names, made ready to be looked up at every question.
struct Screening: Equatable, Sendable {
    private struct Pattern: Hashable, Sendable {
        /// Its place in the list.
        var place: Int
        var words: [Skeleton.Word]
    }

    private let list: WordList
    /// By the key of the first word.
    private var patterns: [[Unicode.Scalar]: [Pattern]] = [:]
    /// The same with each letter once, for words of which one is stretched.
    private var squeezed: [[Unicode.Scalar]: [Pattern]] = [:]
    private var reserved: Set<[Unicode.Scalar]> = []

    init() { list = WordList() }

    init(_ setup: EventSetup) {
        list = setup.words
        for (place, word) in list.words.enumerated() {
            for words in Skeleton.readings(word) where !words.isEmpty {
                patterns[words[0].key, default: []].append(Pattern(place: place, words: words))
                let short = words.map(\.squeezed)
                squeezed[short[0].key, default: []].append(Pattern(place: place, words: short))
            }
        }
        reserve(setup)
    }

    // MARK: Words

    /// The first entry of the list that a text holds.
    func found(in text: String) -> String? {
        guard !patterns.isEmpty else { return nil }
        var place: Int?
        for words in Skeleton.readings(text) {
            for index in words.indices {
                if let here = match(words[index...]) { place = min(here, place ?? here) }
            }
        }
        return place.map { list.words[$0] }
    }

    private func match(_ words: ArraySlice<Skeleton.Word>) -> Int? {
        guard let first = words.first else { return nil }
        var matches = patterns[first.key, default: []].filter { Self.begins(words, with: $0.words) }
        if first.isStretched {
            let short = words.prefix(8).map(\.squeezed)
            matches += squeezed[short[0].key, default: []].filter { Self.begins(short[...], with: $0.words) }
        }
        return matches.map(\.place).min()
    }

    private static func begins(_ words: ArraySlice<Skeleton.Word>, with pattern: [Skeleton.Word]) -> Bool {
        words.count >= pattern.count && zip(words, pattern).allSatisfy { $0.looksLike($1) }
    }

    // MARK: Names

    /// Whether a name could be taken for a moderator's, a speaker's or a venue's.
    func isReserved(_ name: String) -> Bool {
        !reserved.isDisjoint(with: Skeleton.names(name))
    }

    private static let offices = [
        "modérateur", "modératrice", "modération", "moderator", "organisateur", "organisatrice", "organisation",
        "organiser", "organizer", "intervenant", "intervenante", "orateur", "oratrice", "speaker", "régie",
        "administrateur", "administratrice", "administrator", "admin",
    ]

    /// Whoever has a token is known by its label, and was even if it is revoked.
    mutating func reserve(_ token: AccessToken) {
        reserved.formUnion(Skeleton.names(token.label))
    }

    private mutating func reserve(_ setup: EventSetup) {
        let venues = setup.venues.map(\.name)
        var names = venues + setup.talks.map(\.speaker) + [setup.title]
        for office in Self.offices { names += [office] + venues.flatMap { [office + $0, $0 + office] } }
        for name in names { reserved.formUnion(Skeleton.names(name)) }
    }
}
