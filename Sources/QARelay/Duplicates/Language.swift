/// The languages that the engine reads; any other is compared as it is written.
enum Language: String, Sendable, CaseIterable {
    case french = "fr"
    case english = "en"
    case other = "other"
}

/// What a word may be in a sentence: a form of this lemma, of this class.
struct WordForm: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Nothing for a noun of both genders.
        case noun(Gender?)
        case adjective
        case verb(Tense)
        /// A class of no interest, or none known.
        case other
    }

    enum Gender: Hashable, Sendable { case masculine, feminine }

    /// "payons" and "payez" are parted from each other and from the rest: who does it is told by the verb alone.
    enum Person: Hashable, Sendable { case we, you, others }

    enum Tense: Hashable, Sendable {
        /// With the past participle: who types writes "er" for "é".
        case infinitive
        case presentParticiple
        case present(Person)
        case subjunctive
        case imperfect(Person)
        case future(Person)
        case conditional(Person)
        case past
        case pastSubjunctive

        var isFinite: Bool { self != .infinitive && self != .presentParticiple }
    }

    var lemma: String
    var kind: Kind
}

/// What dictionaries know of words, handed in; without them fewer typing slips are seen through.
///
/// Used on the thread that made it.
struct WordBook {
    /// Whether a dictionary of the language holds the word, as it is spelled.
    var isWord: (_ word: String, Language) -> Bool
    /// The words that this one may be a form of: "fermées" of "fermer" and "fermé".
    var lemmas: (_ word: String, Language) -> [String]
    /// The Snowball stem of a word.
    var stem: (_ word: String, Language) -> String
    /// The same as the lemmas, each with its class: "fermées" as a form of the verb and of the adjective.
    var forms: (_ word: String, Language) -> [WordForm] = { _, _ in [] }

    /// No dictionary at all, and endings cut by a rule of thumb.
    static var none: WordBook {
        WordBook(
            isWord: { _, _ in false }, lemmas: { _, _ in [] },
            stem: { word, _ in word.count > 5 ? String(word.prefix(6)) : word })
    }
}
