/// All that the engine knows beforehand, made once and shared by its threads.
struct LanguageResources: Sendable {
    private(set) var lexicon = Lexicon()
    private let corrections: Corrections
    /// How often questions use a word, by stem: what a word tells before an event has any questions.
    var commonness: [String: Float] = [:]
    var ranker: Ranker?

    init() { self.init { _ in nil } }

    /// From the texts of the files in language/, by their names without ending.
    init(_ file: (String) -> String?) {
        for name in Self.concepts { if let text = file("concepts-" + name) { lexicon.add(concepts: text) } }
        if let text = file("opposites") { lexicon.add(opposites: text) }
        if let text = file("spelling") { lexicon.add(spelling: text) }
        corrections = Corrections(lexicon)
        for line in (file("commonness") ?? "").split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "\t")
            if parts.count == 2, let share = Float(parts[1]) { commonness[String(parts[0])] = share }
        }
        ranker = file("ranker").flatMap(Ranker.init)
    }

    /// The lists of words that mean the same, by subject.
    static let concepts = [
        "civic", "knowledge", "general", "questions", "matters", "speech", "usage", "town", "nature", "care", "digital",
        "work", "leisure",
    ]

    /// A reader for one thread.
    func reader(_ book: WordBook) -> Reader {
        Reader(
            Vocabulary(book, lexicon, corrections),
            french: lexicon.french,
            english: lexicon.english)
    }
}
