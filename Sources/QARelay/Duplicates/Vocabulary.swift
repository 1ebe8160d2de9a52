/// What is known of each word that came by; kept, since looking a word up costs more than reading a text.
final class Vocabulary {
    struct Entry {
        var stem: String
        var isKnown: Bool
        /// Without accents, sorted.
        var lemmas: [String]
        /// With its accents back, when it was typed without.
        var spelled: String
        /// The lemmas with their classes, without accents; for an unknown word the one that was probably meant.
        var forms: [WordForm] = []
        /// Whether French dictionaries hold it with a capital only.
        var isProper = false
    }

    private let book: WordBook
    private let lexicon: Lexicon
    private let corrections: Corrections
    private var entries: [Language: [String: Entry]] = [:]
    private var plain: [String: [WordForm]?] = [:]

    init(_ book: WordBook, _ lexicon: Lexicon, _ corrections: Corrections) {
        self.book = book
        self.lexicon = lexicon
        self.corrections = corrections
    }

    /// Whether two words are opposites, or look alike and are not.
    func areOpposed(_ one: String, _ other: String) -> Bool { lexicon.areOpposed(one, other) }

    /// How many words of the text being read are still looked up. A text of nothing but new words costs some
    /// milliseconds; counted whether they are known already or not, so that a text always reads the same.
    private var left = wordsLookedUp
    private static let wordsLookedUp = 150

    /// Another text begins.
    func begin() { left = Self.wordsLookedUp }

    /// The word as it stands in the text, lower case with accents.
    func entry(_ word: String, _ language: Language) -> Entry {
        guard left > 0, word.utf8.count <= 40 else {
            return Entry(stem: Letters.fold(word), isKnown: false, lemmas: [], spelled: word)
        }
        left -= 1
        if let entry = entries[language]?[word] { return entry }
        let entry = lookUp(word, language)
        // Strangers must not fill the memory with words nobody else writes.
        if entries[language, default: [:]].count >= 20_000 { entries[language] = [:] }
        entries[language, default: [:]][word] = entry
        return entry
    }

    /// What dictionaries of both languages know of a word without accents; nil when none has it.
    ///
    /// Two look-ups a word, kept, for a slip is compared with many: accents are not tried.
    func forms(of folded: String) -> [WordForm]? {
        if let known = plain[folded] { return known }
        let languages = [Language.french, .english].filter { book.isWord(folded, $0) }
        let forms = languages.isEmpty ? nil : languages.flatMap { book.forms(folded, $0) }
        if plain.count >= 5_000 { plain = [:] }
        plain[folded] = .some(forms)
        return forms
    }

    private func lookUp(_ word: String, _ language: Language) -> Entry {
        let folded = Letters.fold(word)
        guard language != .other, word.utf8.count <= 40 else {
            return Entry(stem: folded, isKnown: false, lemmas: [], spelled: word)
        }
        if word.unicodeScalars.contains(where: Letters.isDigit) {
            return Entry(stem: folded, isKnown: true, lemmas: [folded], spelled: word)
        }
        if let spelled = spelling(word, folded, language) {
            var lemmas = book.lemmas(spelled, language).map { Letters.fold($0.lowercased()) }
            if language == .french, word == folded, spelled == word, let accented = accented(word) {
                // "cameras" is a rare verb's form too.
                lemmas += book.lemmas(accented, language).map { Letters.fold($0.lowercased()) }
            }
            if language == .english { lemmas = lemmas.map(Self.british) }
            return Entry(
                stem: stem(spelled, language), isKnown: true, lemmas: Array(Set(lemmas)).sorted(), spelled: spelled,
                forms: forms(spelled, isTyped: word == folded && spelled == word, language))
        }
        let meant = corrections.nearest(to: folded)
        let isKnown = lexicon.isListed(folded) && lexicon.slips[language]?.contains(folded) != true
        return Entry(
            stem: stem(word, language), isKnown: isKnown, lemmas: meant.map { [$0] } ?? [],
            spelled: word,
            forms: meant.map { [WordForm(lemma: $0, kind: .other)] } ?? [],
            isProper: language == .french && word.count >= 3
                && book.isWord(word.prefix(1).uppercased() + word.dropFirst(), language))
    }

    /// Lemmas with classes; those of the accented word too, when one typed without accents is no noun and no adjective.
    private func forms(_ spelled: String, isTyped: Bool, _ language: Language) -> [WordForm] {
        var forms = book.forms(spelled, language)
        if language == .french, isTyped, !forms.contains(where: \.isNominal), let accented = accented(spelled) {
            forms += book.forms(accented, language)
        }
        var known: [WordForm] = []
        for var form in forms {
            form.lemma = Letters.fold(form.lemma.lowercased())
            if language == .english { form.lemma = Self.british(form.lemma) }
            if !known.contains(form) { known.append(form) }
        }
        return known
    }

    /// The word as a dictionary has it, accents put right; nil when it has none like it.
    private func spelling(_ word: String, _ folded: String, _ language: Language) -> String? {
        if book.isWord(word, language) { return word }
        guard language == .french else {
            let british = Self.british(folded)
            return british != folded && book.isWord(british, language) ? british : nil
        }
        if word != folded, book.isWord(folded, language) { return folded }
        // The accents that were typed are meant, if a word has them.
        return (word == folded ? nil : accented(word)) ?? accented(folded)
    }

    /// One spelling for what Britain and America spell in two.
    static func british(_ word: String) -> String {
        for (american, british) in endings where word.hasSuffix(american) {
            return word.dropLast(american.count) + british
        }
        return word
    }

    private static let endings = [
        ("ization", "isation"), ("izing", "ising"), ("ized", "ised"), ("ize", "ise"), ("yze", "yse"), ("bor", "bour"),
        ("lor", "lour"), ("vor", "vour"), ("mor", "mour"), ("nor", "nour"), ("enter", "entre"), ("llment", "lment"),
    ]

    /// Stems that Snowball takes for one and that are not.
    private static let kept: Set<String> = [
        "format", "formats", "formation", "formations", "forme", "formes", "general", "generation", "organe", "organes",
        "universite", "univers", "universel", "commune", "communes", "commun", "communs", "communal", "passe", "passes",
        "passage", "passages", "partie", "parties", "parti", "partis", "portee", "porte", "portes", "cours", "cour",
        "courses", "course",
        "news", "new", "policy", "police", "policies", "university", "universe", "organ", "organization",
        "organisation",
        "operation", "operator", "general", "generic", "generate", "service", "services", "serveur", "serveurs",
        "marche", "marches", "marcher", "poste", "postes", "posture", "station", "stations", "stationnement",
        "condition", "conditions", "conditionnement", "important", "import", "imports", "importance", "experience",
        "experiment", "author", "authority", "authorities", "commit", "committee", "secret", "secretaire",
        "secretaires",
    ]

    private func stem(_ word: String, _ language: Language) -> String {
        let folded = Letters.fold(word)
        if Self.kept.contains(folded) {
            // Only the plural goes, and not from what is another word without it.
            return folded != "cours" && folded.count > 4 && folded.hasSuffix("s") && !folded.hasSuffix("ss")
                ? String(folded.dropLast()) : folded
        }
        return Letters.fold(book.stem(word, language))
    }

    /// The word with accents where a dictionary wants them: the usual ones first, and not for ever.
    private func accented(_ word: String) -> String? {
        let letters = Array(word)
        guard letters.count >= 2, letters.count <= 24 else { return nil }
        let acute = letters.indices.filter { letters[$0] == "e" }
        var tries = 0
        func attempt(_ changes: [(Int, Character)]) -> String? {
            guard tries < Self.accentTries else { return nil }
            tries += 1
            var candidate = letters
            for (place, letter) in changes { candidate[place] = letter }
            let text = String(candidate)
            return book.isWord(text, .french) ? text : nil
        }
        for place in acute { if let found = attempt([(place, "é")]) { return found } }
        for place in letters.indices {
            for letter in Self.accents[letters[place]] ?? [] {
                if let found = attempt([(place, letter)]) { return found }
            }
        }
        for (index, one) in acute.enumerated() {
            for other in acute[(index + 1)...] {
                for pair in [("é", "é"), ("é", "è"), ("è", "é")] as [(Character, Character)] {
                    if let found = attempt([(one, pair.0), (other, pair.1)]) { return found }
                }
            }
        }
        if acute.count >= 3 {
            for left in acute { if let found = attempt(acute.filter { $0 != left }.map { ($0, "é") }) { return found } }
            return attempt(acute.map { ($0, "é") })
        }
        return nil
    }

    /// Dictionary look-ups spent on one word.
    private static let accentTries = 24

    private static let accents: [Character: [Character]] = [
        "e": ["è", "ê"], "a": ["à", "â"], "i": ["î", "ï"], "o": ["ô"], "u": ["û", "ù"], "c": ["ç"],
    ]
}
