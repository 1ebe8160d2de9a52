// French ways of asking one thing.

extension Rephrasing {
    mutating func rephraseFrench() {
        completeHave()
        completeFuture()
        markMisspelledVerbs()
        joinFuture()
        takeSynonyms()
        writeShort()
        takeObligation()
        askWhich()
        moveBack()
        askInInfinitive()
        if !compareFrench() {
            askFeature()
            askPrice()
            askDefinition()
            bringForward()
            completeTelegram()
        }
    }

    // MARK: Courtesies

    /// "Je voulais savoir si c'était gratuit": the past is that of the asking.
    mutating func tellIndirectly() {
        for start in tokens.indices.prefix(6) {
            guard let end = end(of: Self.indirect, at: start) else { continue }
            tokens.removeSubrange(start..<end)
            isShortened = true
            for index in start..<tokens.count {
                if let present = Self.presents[word(index)] { replace(index..<index + 1, by: [present]) }
            }
            return
        }
    }

    private static let indirect = [
        "je voulais savoir si", "je voulais juste savoir si", "je voulais demander si", "je me demandais si",
        "j aurais voulu savoir si", "j aurais aime savoir si", "on se demandait si", "nous voulions savoir si",
        "on voulait savoir si",
    ].map { $0.split(separator: " ").map(String.init) }

    private static let presents = [
        "etait": "est", "etaient": "sont", "avait": "a", "avaient": "ont", "pouvait": "peut", "pouvaient": "peuvent",
        "devait": "doit", "devaient": "doivent", "fallait": "faut", "allait": "va", "allaient": "vont",
        "serait": "sera", "seraient": "seront",
    ]

    // MARK: Slips that grammar gives away

    /// "les loyers on augmenté", "les CDD on droit": nobody but a noun of many stands before that "on". And nobody says
    /// "ils on" or "on été" and means it.
    private mutating func completeHave() {
        for index in tokens.indices.dropFirst() where word(index) == "on" && !tokens[index].afterComma {
            let isPassive = word(index + 1) == "ete" && isContent(index - 1) && isParticiple(index + 2)
            if isPassive || isOneOf(["ils", "elles"], at: index - 1) && isParticiple(index + 1) {
                replace(index..<index + 1, by: ["ont"])
                continue
            }
            guard isContent(index - 1), !tokens[index].isJoined, index + 1 < tokens.count, isPlural(index - 1),
                Self.had.contains(word(index + 1)) || isParticiple(index + 1)
            else { continue }
            replace(index..<index + 1, by: ["ont"])
        }
    }

    /// "que deviendrons les écoles": without a "nous" it is "deviendront".
    private mutating func completeFuture() {
        guard !tokens.contains(where: { ["nous", "ns"].contains($0.folded) }) else { return }
        for index in tokens.indices where word(index).hasSuffix("rons") {
            let forms = forms(index)
            guard !forms.isEmpty, forms.allSatisfy({ $0.kind == .verb(.future(.we)) }) else { continue }
            tokens[index] = tokens[index].replaced(by: String(tokens[index].text.dropLast()) + "t")
        }
    }

    private static let had: Set<String> = ["droit", "besoin", "acces", "interet", "tort", "raison"]

    private func isPlural(_ index: Int) -> Bool {
        let folded = word(index)
        return folded.hasSuffix("s") || folded.hasSuffix("x") || forms(index).isEmpty
    }

    /// A past participle and nothing else.
    private func isParticiple(_ index: Int) -> Bool {
        guard isContent(index) else { return false }
        let forms = forms(index)
        return forms.contains { $0.kind == .verb(.infinitive) } && !forms.contains(where: \.isFiniteVerb)
            && !forms.contains { $0.kind == .verb(.infinitive) && $0.lemma == word(index) }
    }

    /// "pouvez-vous metre le chauffage", "pour montre un dossier": where only an infinitive may stand, a word that is
    /// none was meant to be one.
    private mutating func markMisspelledVerbs() {
        for index in tokens.indices {
            var place = index + 1
            if let mark = mark(index), Self.modals.contains(mark) {
                while isOneOf(Self.subjects, at: place) { place += 1 }
                while isOneOf(Self.clitics, at: place) { place += 1 }
            } else if word(index) == "pour" {
                guard isOneOf(Self.determiners, at: place + 1),
                    forms(place).contains(where: \.isFiniteVerb)
                else { continue }
            } else {
                continue
            }
            guard isContent(place), !tokens[place].isCapital, !tokens[place].afterComma else { continue }
            let forms = forms(place)
            let isNone = !forms.isEmpty && forms.allSatisfy { $0.isNominal || $0.isFiniteVerb }
            if isNone { tokens[place].isMisspelled = true }
        }
    }

    private static let modals: Set<String> = [
        "va", "peut", "pourra", "pourrait", "doit", "devra", "devrait",
    ]
    static let subjects: Set<String> = [
        "t", "il", "elle", "ils", "elles", "on", "vous", "nous", "je", "tu", "ce", "ca", "cela",
    ]
    static let clitics: Set<String> = ["se", "s", "me", "m", "te", "y", "en", "lui", "leur"]
    private static let determiners: Set<String> = [
        "un", "une", "le", "la", "les", "l", "des", "mon", "ma", "mes", "son", "sa", "ses", "notre", "nos", "votre",
        "vos", "ce", "cette", "ces", "leur", "leurs",
    ]

    // MARK: Future

    /// "Le loyer va-t-il augmenter ?" and "Le loyer augmentera-t-il ?" tell one future.
    private mutating func joinFuture() {
        guard !tokens.contains(where: { ["pas", "plus", "jamais", "rien", "ne", "n"].contains($0.folded) }) else {
            return
        }
        var index = 0
        while index < tokens.count {
            defer { index += 1 }
            guard let ending = Self.futureEndings[word(index)] else { continue }
            var place = index + 1
            while isOneOf(Self.subjects, at: place) { place += 1 }
            while isOneOf(Self.clitics, at: place) || isOneOf(["encore", "aussi", "bientot", "vraiment"], at: place) {
                place += 1
            }
            guard place < tokens.count, !tokens[place].afterComma, let future = future(place, ending) else { continue }
            tokens[place] = tokens[place].replaced(by: future)
            tokens[place].isMisspelled = false
            tokens.remove(at: index)
        }
    }

    private static let futureEndings = [
        "va": "a", "vont": "ont", "vais": "ai", "vas": "as", "allons": "ons", "allez": "ez",
    ]

    private static let futureStems = [
        "etre": "ser", "avoir": "aur", "pouvoir": "pourr", "devoir": "devr", "falloir": "faudr", "faire": "fer",
        "venir": "viendr", "devenir": "deviendr", "revenir": "reviendr", "tenir": "tiendr", "obtenir": "obtiendr",
        "maintenir": "maintiendr", "voir": "verr", "envoyer": "enverr", "recevoir": "recevr", "courir": "courr",
        "mourir": "mourr", "savoir": "saur", "vouloir": "voudr", "accueillir": "accueiller", "revoir": "reverr",
        "prevoir": "prevoir", "intervenir": "interviendr", "contenir": "contiendr", "soutenir": "soutiendr",
        "acquerir": "acquerr", "valoir": "vaudr", "aller": "ir",
    ]

    /// The future of the infinitive at a place, and of what is written for it: "augmenté", "augmente".
    private func future(_ index: Int, _ ending: String) -> String? {
        guard !tokens[index].isSign, !tokens[index].isCapital, word(index) != "chercher" else { return nil }
        let folded = word(index)
        if let stem = Self.futureStems[folded] { return stem + ending }
        guard isContent(index) else { return nil }
        let lemmas = Set(forms(index).filter { if case .verb = $0.kind { true } else { false } }.map(\.lemma))
        guard let base = lemmas.contains(folded) ? folded : lemmas.count == 1 ? lemmas.first : unknown(index) else {
            return nil
        }
        if let stem = Self.futureStems[base] { return stem + ending }
        let stem: String
        if base.hasSuffix("oyer") || base.hasSuffix("uyer") {
            stem = base.dropLast(3) + "ier"
        } else if base.hasSuffix("re") {
            stem = String(base.dropLast())
        } else if base.hasSuffix("er") || base.hasSuffix("ir") {
            stem = base
        } else {
            return nil
        }
        let future = stem + ending
        return lemmas.isEmpty || vocabulary.entry(future, .french).isKnown ? future : nil
    }

    /// A misspelled infinitive: it has its ending, or that of the participle for it.
    private func unknown(_ index: Int) -> String? {
        let folded = word(index)
        guard folded.utf8.count >= 5, forms(index).allSatisfy({ $0.kind == .other }),
            !vocabulary.entry(tokens[index].text, .french).isKnown
        else { return nil }
        if ["er", "ir", "re"].contains(where: folded.hasSuffix) { return folded }
        return tokens[index].text.hasSuffix("é") ? folded + "r" : nil
    }

    // MARK: Infinitive

    /// "Comment on signe ?", "Comment peut-on signer ?", "Comment faire pour signer ?" are "Comment signer ?".
    private mutating func askInInfinitive() {
        var start = 0
        while case .courtesy? = grammar.words[word(start)] { start += 1 }
        let isHow = word(start) == "comment"
        let isWhere = word(start) == "ou" && tokens[start].text == "où" || word(start) == "ou" && start == 0
        guard isHow || isWhere else { return }
        var place = start + 1
        if let end = end(of: Self.whether, at: place) { place = end }
        if isHow, let end = end(of: Self.waysToDo, at: start), isInfinitive(end) || isInfinitive(end + 1) {
            tokens.removeSubrange(start + 1..<end)
        } else if let end = end(of: [["on", "peut"], ["peut", "on"], ["peut", "t", "on"]], at: place), isVerb(end) {
            tokens.removeSubrange(start + 1..<end)
        } else if word(place) == "on" {
            var verb = place + 1
            while isOneOf(Self.clitics, at: verb) || isOneOf(["le", "la", "les", "l"], at: verb) { verb += 1 }
            guard let infinitive = infinitive(verb) else { return }
            tokens[verb] = tokens[verb].replaced(by: infinitive)
            tokens.removeSubrange(start + 1...place)
        } else if let infinitive = infinitive(place) {
            var end = place + 1
            if word(end) == "t" { end += 1 }
            guard word(end) == "on" else { return }
            tokens[place] = tokens[place].replaced(by: infinitive)
            tokens.removeSubrange(place + 1...end)
            tokens.removeSubrange(start + 1..<place)
        }
    }

    private static let whether = [["est", "ce", "qu"], ["est", "ce", "que"], ["c", "est", "qu"]]

    private static let waysToDo = [
        "comment faire pour", "comment on fait pour", "comment fait on pour", "comment on peut faire pour",
        "comment peut on faire pour", "comment est ce qu on fait pour",
    ].map { $0.split(separator: " ").map(String.init) }

    func isInfinitive(_ index: Int) -> Bool {
        isContent(index) && forms(index).contains { $0.kind == .verb(.infinitive) && $0.lemma == word(index) }
    }

    private func isVerb(_ index: Int) -> Bool {
        var place = index
        while isOneOf(Self.clitics, at: place) || isOneOf(["le", "la", "les", "l"], at: place) { place += 1 }
        return isInfinitive(place)
    }

    /// The infinitive of a present that "on" may have.
    private func infinitive(_ index: Int) -> String? {
        guard isContent(index), tokens[index].text == word(index) || !tokens[index].text.hasSuffix("é") else {
            return nil
        }
        let lemmas = Set(forms(index).filter { $0.kind == .verb(.present(.others)) }.map(\.lemma))
        return lemmas.count == 1 ? lemmas.first : nil
    }
}

extension WordForm {
    /// A verb in a tense that has a subject.
    var isFiniteVerb: Bool {
        switch kind {
        case .verb(.infinitive), .verb(.presentParticiple): false
        case .verb: true
        case .noun, .adjective, .other: false
        }
    }
}
