/// When two texts are proved to ask the same: the same words of contents in the same order, save slips of the fingers,
/// with the same question words, negations, numbers, tenses, modals, quantifiers, prepositions and persons.
///
/// A rule and no threshold: "quand" and "combien", 1964 and 1968 are as alike as two wordings of one question.
enum TwinRule {
    /// All that must be equal to the letter, as one text; nil when there is too little to prove anything.
    static func frame(_ reading: Reading) -> String? {
        guard reading.language != .other else { return reading.plain.isEmpty ? nil : "other " + reading.letters }
        guard !reading.words.isEmpty || !reading.numbers.isEmpty else { return nil }
        let frame = reading.frame
        // Scopes tell nothing but where a negation stands.
        let scopes = frame.scopes.contains("-") ? frame.scopes : []
        let parts = [frame.asks, frame.persons, frame.tenses, frame.others, frame.denials, scopes]
        return reading.language.rawValue + parts.map { "|" + $0.joined(separator: " ") }.joined()
    }

    /// How many slips may lie between two texts of so many words.
    static func slips(_ words: Int) -> Int { words <= 2 ? 1 : words <= 8 ? 2 : 3 }

    /// Whether the words of contents are the same, slips aside; the frames are known to be equal.
    static func aligns(_ a: [Word], _ b: [Word], _ vocabulary: Vocabulary, upTo most: Int = .max) -> Bool {
        guard a.count == b.count else { return false }
        var left = min(most, slips(a.count))
        for (one, other) in zip(a, b) {
            if one.folded != other.folded, vocabulary.areOpposed(one.folded, other.folded) {
                return false
            }
            if isSame(one, other) { continue }
            guard left > 0,
                isSlip(one, other, onlyWord: a.count == 1) && !isNearer(one, other, vocabulary)
                    || (a.count > 1 && areSlips(one, other, vocabulary))
            else { return false }
            left -= 1
        }
        return true
    }

    /// "Quand seront publiés les résultats ?" and "Quand les résultats seront-ils publiés ?": after these words the
    /// verb may stand before or behind what it speaks of, and nothing else of contents is there to be confused with.
    ///
    /// Where else the first word may stand: behind so many words.
    static func turns(_ reading: Reading) -> [Int] {
        let words = reading.words
        guard reading.language == .french, reading.asks.count == 1, turning.contains(reading.asks[0]), words.count >= 2,
            !reading.frame.isCounted, let first = words.first, !isInfinitive(first)
        else { return [] }
        // "Le chien du voisin mord" is not "mord le chien": of more than two words the first must be the verb.
        let isVerb = first.gender == nil && first.forms.contains { if case .verb = $0.kind { true } else { false } }
        guard isVerb || (words.count == 2 && !reading.marks.contains("a") && reading.frame.others.isEmpty) else {
            return []
        }
        // What stands behind a preposition may go on behind the verb.
        let inner = isVerb ? Set(reading.frame.cuts.filter { $0 >= 2 && $0 < words.count }).sorted().prefix(3) : []
        return inner + [words.count]
    }

    /// The words with the first one behind so many.
    static func turned(_ words: [Word], _ place: Int) -> [Word] {
        Array(words[1..<place]) + [words[0]] + words[place...]
    }

    /// Where prepositions stand when the first word has gone behind so many.
    static func turned(_ cuts: [Int], _ place: Int) -> [Int] { cuts.map { $0 > 0 && $0 < place ? $0 - 1 : $0 } }

    /// "licencier", and neither "licencié" nor a noun.
    static func isInfinitive(_ word: Word) -> Bool {
        word.forms.contains { $0.kind == .verb(.infinitive) && $0.lemma == word.folded }
            && !word.forms.contains { $0.isFiniteVerb || $0.isNominal }
    }

    private static let turning: Set<String> = [
        "quand", "ou", "comment", "pourquoi", "combien", "heure", "apartir", "depuis", "jusque", "dou", "duree",
        "parou", "jusqueheure", "apartirheure",
    ]

    /// One form, or two forms of one word.
    static func isSame(_ a: Word, _ b: Word) -> Bool {
        // "le tour" and "la tour".
        if let one = a.gender, let other = b.gender, one != other, !isOfOneGender(a, b) { return false }
        if let one = a.amount, let other = b.amount, one != other { return false }
        if a.folded == b.folded {
            // "pêcheur" and "pécheur": whoever writes accents means them.
            let areWritten = a.text != b.text && a.text != a.folded && b.text != b.folded
            if a.text != b.text, a.isSpelled, b.isSpelled {
                // Whoever writes accents elsewhere means the word without.
                let isMeant = (a.text == a.folded && a.isAmongAccents) || (b.text == b.folded && b.isAmongAccents)
                if areWritten || (isMeant && WordForm.areParted(a.forms, b.forms)) { return false }
            }
            return true
        }
        if a.isName || b.isName || a.isProper || b.isProper || isPair(a.folded, b.folded) { return false }
        // "cl" and "dl" are forms of the litre to a dictionary.
        if min(a.folded.utf8.count, b.folded.utf8.count) <= 2 { return false }
        // "é" sounds like "er"; "choisi" does not sound like "choisir".
        if isInfinitive(a) != isInfinitive(b), !a.folded.hasSuffix("er"), !b.folded.hasSuffix("er"),
            a.isKnown, b.isKnown, a.forms.contains(where: \.isFrenchVerb)
        {
            return false
        }
        if a.isKnown, b.isKnown { return WordForm.agree(a.forms, b.forms) || sounds(a, like: b) }
        return a.isKnown == b.isKnown && a.stem == b.stem && a.stem.utf8.count >= 4
    }

    /// Whether dictionaries give a noun one gender alone: another article is a slip then.
    private static func isOfOneGender(_ a: Word, _ b: Word) -> Bool {
        guard a.folded == b.folded, !parted.contains(a.folded), !Sentence.twofold.contains(a.folded) else {
            return false
        }
        if ofBothGenders.contains(a.folded) { return true }
        let one = genders(a)
        return one.count == 1 && one == genders(b) && !one.contains(nil)
    }

    private static func genders(_ word: Word) -> Set<WordForm.Gender?> {
        var genders: Set<WordForm.Gender?> = []
        for form in word.forms {
            switch form.kind {
            case .noun(let gender): genders.insert(gender)
            case .adjective: genders.insert(nil)
            case .verb, .other: break
            }
        }
        return genders
    }

    /// "la pub" and "le pub" are spelled out alike.
    private static let parted: Set<String> = ["publicite"]

    /// Nouns that people give either gender without meaning another thing.
    private static let ofBothGenders: Set<String> = ["enzyme", "enzymes", "covid", "interview", "wifi", "hlm"]

    /// "finit" and "fini": a silent letter lost from a form of the same verb.
    private static func sounds(_ a: Word, like b: Word) -> Bool {
        guard a.folded == b.folded + "t" || b.folded == a.folded + "t" else { return false }
        return a.forms.contains { one in
            guard case .verb = one.kind else { return false }
            return b.forms.contains { other in
                if case .verb = other.kind { one.lemma == other.lemma } else { false }
            }
        }
    }

    /// Two words of which one looks like a form of the other.
    private static func isPair(_ a: String, _ b: String) -> Bool { pairs.contains(a < b ? a + " " + b : b + " " + a) }

    private static let pairs: Set<String> = [
        "cour cours", "fil fils", "bon bons", "vis vise", "tour tours", "bal bals", "interet interets", "echec echecs",
        "assise assises", "fond fonds", "lunette lunettes", "custom customs", "premise premises", "term terms",
        "glass glasses", "spirit spirits", "arm arms", "good goods",
    ]

    /// Whether one of the two is the other with a slip: just one of them is a word, or both are the same word misspelled.
    static func isSlip(_ a: Word, _ b: Word, onlyWord: Bool) -> Bool {
        guard !a.isName, !b.isName, !a.isProper, !b.isProper else { return false }
        if !onlyWord, isSilent(a, b) || isSilent(b, a) { return true }
        let one = Array(a.folded.utf8)
        let other = Array(b.folded.utf8)
        guard a.isKnown != b.isKnown else {
            return !a.isKnown
                && a.lemmas.contains { lemma in
                    let meant = Array(lemma.utf8)
                    return b.lemmas.contains(lemma) && Slip.isLikely(one, of: meant) && Slip.isLikely(other, of: meant)
                }
        }
        // "la lunete" is no slip of "les lunettes".
        let (known, unknown) = a.isKnown ? (a, b) : (b, a)
        let isPlural = known.folded.hasSuffix("s")
        let counterpart = isPlural ? String(known.folded.dropLast()) : known.folded + "s"
        if isPair(known.folded, counterpart), unknown.folded.hasSuffix("s") != isPlural { return false }
        let length = min(one.count, other.count)
        guard length >= 4, one[0] == other[0] || (one[0] == other[1] && one[1] == other[0]) else { return false }
        guard !isOpposed(one, other) else { return false }
        if a.isKnown ? Slip.isLikely(other, of: one) : Slip.isLikely(one, of: other) { return true }
        // "prednisolone" is no slip of "prednisone": nobody types two letters too many.
        let isLong = length >= 9 && !onlyWord && one.suffix(3) == other.suffix(3) && abs(one.count - other.count) < 2
        if isLong, Letters.distance(one, other, limit: 2) == 2 { return true }
        if onlyWord { return false }
        // A slip on top of another ending: "inscripitons" for "inscription".
        // "visute" for "visites".
        let whole = a.isKnown ? other : one
        let isNumber = known.forms.contains { form in
            form.isNominal && Slip.isLikely(whole, of: Array(form.lemma.utf8)) && !isPair(form.lemma, known.folded)
        }
        if whole.count >= 6, isNumber { return true }
        let typed = Array(Twins.light(unknown.folded).utf8)
        let forms = known.lemmas.map { Array($0.utf8) } + [Array(Twins.light(known.folded).utf8)]
        return typed.count >= 5
            && forms.contains {
                ($0 == typed && typed.count >= 6) || (Slip.isLikely(typed, of: $0) && $0[0] == typed[0])
            }
    }

    /// "une cart" for "une carte": an English word of the lists that in French is another one without the letter that nobody
    /// hears. The article says that it is French: "le rest" may be English, and nothing that is has "une" before it.
    private static func isSilent(_ typed: Word, _ meant: Word) -> Bool {
        typed.gender == .feminine && meant.gender == .feminine && typed.folded.utf8.count >= 4
            && typed.folded + "e" == meant.folded && typed.isKnown
            && !typed.forms.contains(where: { $0.isNominal || $0.isFrenchVerb })
            && meant.forms.contains(where: \.isNoun)
    }

    /// Whether the one that no dictionary holds is nearer to a third word: "fision" is "fission" with a letter lost, and not
    /// "fusion"; "marmote" is "marmotte".
    private static func isNearer(_ a: Word, _ b: Word, _ vocabulary: Vocabulary) -> Bool {
        guard a.isKnown != b.isKnown else { return false }
        let (typed, known) = a.isKnown ? (b, a) : (a, b)
        // A swap leaves every letter there: "fiannce" is nearer to "finance" than to "fiance".
        if typed.folded.utf8.sorted() == known.folded.utf8.sorted() { return false }
        let meant = [known.folded, Twins.light(known.folded)]
        let words = Slip.spelledOut(Array(typed.folded.utf8)).map { String(decoding: $0, as: UTF8.self) }
        if words.contains(where: meant.contains) { return false }
        return words.contains { word in
            guard !meant.contains(word), !meant.contains(Twins.light(word)), !known.lemmas.contains(word),
                let forms = vocabulary.forms(of: word)
            else { return false }
            // "enterre" cannot stand where "entrée" does.
            return !known.forms.contains(where: \.isNoun) || forms.isEmpty || forms.contains(where: \.isNoun)
        }
    }

    /// Whether two words that no dictionary holds, "restrea" and "redtera", are slips of one that it does: the one with two
    /// letters swapped or one doubled, the other in any way.
    private static func areSlips(_ a: Word, _ b: Word, _ vocabulary: Vocabulary) -> Bool {
        guard !a.isKnown, !b.isKnown, ![a, b].contains(where: { $0.isName || $0.isProper }) else { return false }
        return [(a, b), (b, a)].contains { one, other in
            let typed = Array(other.folded.utf8)
            return Slip.undone(Array(one.folded.utf8)).contains { meant in
                Slip.isLikely(typed, of: meant)
                    && vocabulary.forms(of: String(decoding: meant, as: UTF8.self)) != nil
            }
        }
    }

    /// "hyper" and "hypo" are two letters apart and a world.
    private static func isOpposed(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        for (one, other) in prefixes where starts(a, one) && starts(b, other) || starts(a, other) && starts(b, one) {
            return true
        }
        return false
    }

    private static func starts(_ word: [UInt8], _ prefix: [UInt8]) -> Bool { word.starts(with: prefix) }

    private static let prefixes: [([UInt8], [UInt8])] = [
        ("hyper", "hypo"), ("inter", "intra"), ("macro", "micro"), ("endo", "exo"), ("sur", "sous"), ("pre", "post"),
        ("im", "ex"), ("in", "ex"), ("pro", "anti"), ("mono", "poly"), ("ante", "anti"), ("uni", "bi"),
        ("over", "under"),
        ("centri", "centro"), ("ortho", "para"), ("ferr", "ferm"), ("iso", "aniso"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
}

extension WordForm {
    fileprivate var isNoun: Bool { if case .noun = kind { true } else { false } }
    fileprivate var isFrenchVerb: Bool { if case .verb = kind { true } else { false } }
}
