// Function words that say nothing to the ranker and tell two questions apart to the strict rule, by what stands around them.

extension Sentence {
    /// Under which name a word that is empty elsewhere counts here.
    func fineName(at index: Int) -> String? {
        switch grammar.language {
        case .french: fineFrench(at: index)
        case .english: fineEnglish(at: index)
        case .other: nil
        }
    }

    // MARK: French

    private func fineFrench(at index: Int) -> String? {
        let token = tokens[index]
        switch token.folded {
        case "et":
            // "Où …, et combien …": two questions with or without a mark between them.
            if case .asks? = grammar.words[folded(index + 1)] { return nil }
            return isFresh || isEnding(index + 1) || ["ou", "a"].contains(folded(index + 1)) ? nil : "et"
        case "le", "la", "les", "l":
            // "le plus cher" and "plus cher"; "qui le remplace" and "qui remplace".
            if ["plus", "moins"].contains(folded(index + 1)) { return "superlative" }
            return isPronoun(at: index) ? token.folded : nil
        case "de", "d": return isAfterVerb(index) ? "de" : nil
        case "des": return token.text == "dès" || opensTime(index + 1) ? "dès" : nil
        // "pas que le lundi", "plus que deux".
        case "que", "qu": return !isFresh && (opensDenial != nil || hasDenial) ? "que" : nil
        case "vraiment", "exactement", "simplement", "justement", "franchement", "concretement":
            return isBesideDenial(index) ? token.folded : nil
        default: return nil
        }
    }

    /// "Qui la remplace ?", "Peut-on les voir ?", "L'avez-vous vu ?": before a verb that is no noun it is no article.
    private func isPronoun(at index: Int) -> Bool {
        let next = index + 1
        guard next < tokens.count, !tokens[next].isSign, !tokens[next].afterComma else { return false }
        if Self.havings.contains(folded(next)) { return !(folded(next) == "a" && tokens[index].text == "là") }
        guard grammar.words[folded(next)] == nil else { return false }
        let forms = forms(next)
        guard forms.contains(where: { $0.isFiniteVerb || isInfinitive($0, next) }),
            // "peche" without its accents may be "pèche" and "pêche".
            tokens[next].text.utf8.count >= 7 || isSpelled(next)
        else { return false }
        return !forms.contains(where: \.isNominal) || ["qui", "ne", "n"].contains(folded(index - 1))
    }

    private static let havings: Set<String> = [
        "a", "as", "ai", "ont", "avons", "avez", "avait", "avaient", "aviez", "avions", "aura", "auront", "aurez",
        "aurons", "aurait", "auraient",
    ]

    /// "changer de logiciel": behind a verb it is no link between two nouns.
    private func isAfterVerb(_ index: Int) -> Bool {
        guard index > 0, !tokens[index].afterComma, grammar.words[folded(index - 1)] == nil else { return false }
        let forms = forms(index - 1)
        // "décide d'agir", but "vient de partir" and "vient partir".
        if self.forms(index + 1).contains(where: { isInfinitive($0, index + 1) }) {
            return forms.contains { $0.lemma == "venir" }
        }
        guard forms.contains(where: { $0.isFiniteVerb || isInfinitive($0, index - 1) }) else {
            // "qui deicde de la suite"
            return isUnknown(index - 1) && Self.beforeVerbs.contains(folded(index - 2))
        }
        return !forms.contains(where: \.isNominal) || Self.beforeVerbs.contains(folded(index - 2))
    }

    private static let beforeVerbs: Set<String> = ["qui", "on", "il", "elle", "ils", "elles", "ne", "n", "se", "s"]

    private func isInfinitive(_ form: WordForm, _ index: Int) -> Bool {
        form.kind == .verb(.infinitive) && form.lemma == folded(index)
    }

    /// "des samedi", "des 3 mois", "des le matin": phones leave out the accent of "dès".
    private func opensTime(_ index: Int) -> Bool {
        let word = folded(index)
        if Self.times.contains(word) { return true }
        if case .number? = grammar.words[word] { return true }
        return word.unicodeScalars.first.map(Letters.isDigit) ?? false
    }

    private static let times: Set<String> = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "fevrier", "mars", "avril",
        "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "demain", "maintenant",
        "aujourdhui", "le", "la", "l", "que", "qu",
    ]

    /// "vraiment pas" and "pas vraiment".
    private func isBesideDenial(_ index: Int) -> Bool {
        [index - 1, index + 1].contains { place in
            if case .denies? = grammar.words[folded(place)] { return true }
            return ["plus", "not"].contains(folded(place))
        }
    }

    /// Whether "a" is the preposition and not the verb: phones leave out its accent.
    func isPreposition(at index: Int) -> Bool {
        let token = tokens[index]
        if token.text != "a" { return ["a", "au", "aux"].contains(token.folded) }
        var next = index + 1
        if ["qui", "que", "y", "l", "m", "n"].contains(folded(index - 1)) || Self.had.contains(folded(next)) {
            return false
        }
        // "Quel âge a le maire ?"
        if grammar.words[folded(index - 2)] == .asks("quel") { return false }
        if ["t", "il", "elle", "on", "le", "les", "ete", "eu", "pas", "plus", "jamais"].contains(folded(next)) {
            return false
        }
        if case .asks? = grammar.words[folded(next)] { return true }
        while case .counts(let name)? = grammar.words[folded(next)], MarkKind(name) == .other { next += 1 }
        if isParticiple(next) { return false }
        // "Combien de naissances par an a la maternité ?": nothing that acts ends in "par an".
        if folded(index - 2) == "par", Self.spans.contains(folded(index - 1)) { return true }
        return !hasAccents || isFresh || hasVerb(before: index)
    }

    private static let had: Set<String> = ["droit", "besoin", "acces", "lieu", "raison", "tort", "interet", "envie"]

    private static let spans: Set<String> = ["an", "annee", "mois", "semaine", "jour", "heure", "minute", "trimestre"]

    /// Whether a clause has its verb before this word.
    private func hasVerb(before index: Int) -> Bool {
        for place in tokens.indices[..<index].reversed() {
            let word = folded(place)
            if tokens[place].isSign || ["qui", "que", "qu", "si", "et", "ou", "dont", "car"].contains(word) {
                return false
            }
            switch grammar.words[word] {
            case .counts(let name)?: if MarkKind(name) == .tense, !isPreposition(at: place) { return true }
            case nil:
                let forms = forms(place)
                let isVerb = forms.contains { $0.isFiniteVerb || isInfinitive($0, place) }
                if isVerb, !forms.contains(where: \.isNominal) { return true }
            default: break
            }
        }
        return false
    }

    private func isParticiple(_ index: Int) -> Bool {
        guard tokens.indices.contains(index) else { return false }
        if tokens[index].text.hasSuffix("é") || grammar.words[folded(index)] == .counts("fait") { return true }
        return forms(index).contains { $0.kind == .verb(.infinitive) && $0.lemma != folded(index) }
    }

    // MARK: English

    private func fineEnglish(at index: Int) -> String? {
        let next = folded(index + 1)
        switch tokens[index].folded {
        case "and", "just", "also": return isFresh || isEnding(index + 1) ? nil : tokens[index].folded
        case "really", "actually", "exactly", "basically": return isBesideDenial(index) ? tokens[index].folded : nil
        case "a" where next == "few" || next == "little": return "a"
        // "Do you control it?" and "Does it control you?".
        case "it": return told.contains { Self.others.contains(folded($0)) } ? "it" : nil
        default: return nil
        }
    }

    private static let others: Set<String> = ["i", "me", "you", "we", "us", "he", "she", "him", "her", "they", "them"]

    // MARK: Letters and first words

    /// "groupe C", "bâtiment d", "plan A": an elision stands before a vowel and is no capital.
    func isLoneLetter(at index: Int) -> Bool {
        let token = tokens[index]
        guard token.folded.utf8.count == 1, !token.isJoined, !isFresh else { return false }
        let next = index + 1 < tokens.count ? tokens[index + 1] : nil
        if next?.isJoined == true { return false }
        switch (grammar.language, token.folded) {
        case (.english, "a"): return token.isCapital && isContent(index - 1)
        case (.french, "a"): return token.isCapital && isContent(index - 1) && folded(index + 1) != "t"
        case (.french, "c"), (.french, "d"), (.french, "l"), (.french, "m"), (.french, "n"), (.french, "t"),
            (.french, "s"), (.french, "j"):
            guard let next, let first = next.folded.first else { return true }
            if token.isCapital || !"aeiouyh".contains(first) { return true }
            // "le groupe d est complet": none of these is elided before such a word.
            return Self.unelided[token.folded]?.contains(next.folded) == true
                || (isContent(index - 1) && Self.lettered.contains(folded(index - 1)))
        default: return false
        }
    }

    private static let unelided: [String: Set<String>] = [
        "c": ["et", "ont", "ou"], "d": ["et", "est", "a", "ont"], "l": ["et"], "m": ["et"], "n": ["et"], "t": ["et"],
        "s": ["et"], "j": ["et", "est"],
    ]

    /// What letters are names of.
    private static let lettered: Set<String> = [
        "groupe", "salle", "batiment", "bat", "bloc", "plan", "classe", "option", "zone", "hall", "porte", "quai",
        "niveau", "vitamine", "hepatite", "permis", "serie", "categorie", "type", "allee", "escalier", "tour",
        "section", "equipe", "poule", "lot", "formule", "ligne", "parking", "secteur", "amphi", "aile", "annexe",
        "question", "sujet", "point", "cas", "variante", "langage",
    ]

    /// "Bon, on commence ?" and "Bon de commande", "Well, is it?" and "Well water": at the opening such a word says
    /// nothing only before a comma or a function word that links no nouns.
    func isInterjection(before next: Int) -> Bool {
        guard next < tokens.count, !tokens[next].afterComma, !tokens[next].isSign else { return true }
        let links: Set<String> = [
            "de", "d", "du", "des", "a", "au", "aux", "pour", "en", "et", "ou", "of", "and", "or", "est",
        ]
        return !links.contains(folded(next))
            && (grammar.words[folded(next)] != nil || grammar.phrases[folded(next)] != nil)
    }

    /// "Une question a été posée": what has a verb behind it is spoken of. "Une question, est-ce que …" has not.
    func isSubject(before next: Int) -> Bool {
        guard grammar.language == .french, next + 1 < tokens.count, !tokens[next].afterComma,
            grammar.phrases[folded(next)]?.contains(where: { phrase in
                phrase.words.indices.allSatisfy { phrase.words[$0] == folded(next + $0) }
            }) != true,
            case .counts(let name)? = grammar.words[folded(next)], MarkKind(name) == .tense
        else { return false }
        return !["t", "il", "elle", "on", "ils", "elles", "vous", "nous", "je", "tu", "ce"].contains(folded(next + 1))
            && !["faut", "faudra", "faudrait", "a"].contains(folded(next))
            || folded(next) == "a" && isParticiple(next + 1)
    }

    /// "Savez-vous nager ?" asks who can, "savez-vous où nager ?" where.
    private static let knowing: Set<String> = ["savez", "sait", "savoir"]

    func isAsking(_ start: Int, _ end: Int) -> Bool {
        folded(end - 1) != "si" && (start..<end).contains { Self.knowing.contains(folded($0)) } && end < tokens.count
            && grammar.words[folded(end)] == nil
            && forms(end).contains { isInfinitive($0, end) }
    }

    // MARK: Looking

    private func isSpelled(_ index: Int) -> Bool { entry(index).spelled == tokens[index].text }

    private func isUnknown(_ index: Int) -> Bool { !entry(index).isKnown }

    /// The folded word at a place; empty beyond the ends and for signs.
    func folded(_ index: Int) -> String {
        tokens.indices.contains(index) && !tokens[index].isSign ? tokens[index].folded : ""
    }

    func isContent(_ index: Int) -> Bool {
        guard !folded(index).isEmpty, Self.digits(folded(index)) == nil else { return false }
        switch grammar.words[folded(index)] {
        case nil, .content?: return true
        default: return false
        }
    }
}
