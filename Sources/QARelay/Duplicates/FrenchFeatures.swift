// French words and turns that say strictly the same as others.

extension Rephrasing {
    // MARK: Words

    /// "démarrer" and "débuter" are "commencer", and what is yearly comes once a year.
    mutating func takeSynonyms() {
        for index in tokens.indices.reversed() where isContent(index) {
            let folded = word(index)
            for (verb, other) in Self.verbs where folded.hasPrefix(verb) {
                let rest = folded.dropFirst(verb.utf8.count)
                guard forms(index).contains(where: { $0.lemma == verb + "er" }), rest != "", let first = rest.first,
                    "eai".contains(first),
                    !isOneOf(["le", "un", "du", "au", "les", "des"], at: index - 1) || isFinite(index)
                else { continue }
                tokens[index] = tokens[index].replaced(by: other + rest)
            }
            if index > 0, let period = Self.periods[lemma(index)], isContent(index - 1) || isContent(index - 2) {
                replace(index..<index + 1, by: ["par", period])
            }
        }
    }

    private func isFinite(_ index: Int) -> Bool {
        let forms = forms(index)
        return forms.contains(where: \.isFiniteVerb) && !forms.contains(where: \.isNominal)
    }

    private func lemma(_ index: Int) -> String {
        let entry = vocabulary.entry(tokens[index].text, .french)
        if entry.isKnown { return entry.forms.first { $0.kind == .adjective }?.lemma ?? "" }
        return entry.lemmas.count == 1 ? entry.lemmas[0] : ""
    }

    /// "On doit signer ?" is "Il faut signer ?"; "On doit cinq euros ?" is not.
    mutating func takeObligation() {
        for index in tokens.indices {
            guard let (words, verb) = Self.obligations.first(where: { holds($0.0, at: index) }) else { continue }
            let end = index + words.count
            var place = end
            while isOneOf(Self.clitics, at: place) || isOneOf(["le", "la", "les", "l"], at: place) { place += 1 }
            guard isInfinitive(place) || isOneOf(["etre", "avoir", "faire", "aller", "pouvoir"], at: place) else {
                return
            }
            return replace(index..<end, by: ["il", verb])
        }
    }

    private static let obligations = [
        (["doit", "on"], "faut"), (["on", "doit"], "faut"), (["doit", "t", "on"], "faut"),
        (["devra", "t", "on"], "faudra"),
        (["on", "devra"], "faudra"), (["devrait", "on"], "faudrait"), (["on", "devrait"], "faudrait"),
    ]

    private static let verbs = [("demarr", "commenc"), ("debut", "commenc")]
    private static let periods = ["annuel": "an", "mensuel": "mois", "hebdomadaire": "semaine"]

    // MARK: Features

    /// "Quelle est la durée de X ?", "Quel est le nombre de X ?", "Qu'est-ce qu'une X ?", "X, ça sert à quoi ?".
    mutating func askFeature() {
        askSince()
        if let end = end(of: Self.existence, at: 0) { replace(0..<end, by: ["y", "a", "t", "il"]) }
        let isFuture: Bool
        var start = 0
        if let end = end(of: Self.asking, at: 0) {
            isFuture = word(1).hasPrefix("ser")
            start = end
        } else {
            return askUse()
        }
        while isOneOf(["le", "la", "l", "les"], at: start) { start += 1 }
        for (words, present, future) in Self.features {
            guard holds(words, at: start), isOneOf(["de", "du", "des", "d"], at: start + words.count) else { continue }
            let end = start + words.count + 1
            guard isPlain(end..<tokens.count) else { return }
            return replace(0..<end, by: isFuture ? future : present)
        }
    }

    /// "C'est quoi la TVA ?" may ask what it is and how much; "Qu'est-ce que la TVA ?" and "Expliquez ce qu'est la TVA" ask the
    /// first, "Quelle est la TVA ?" the second.
    mutating func askDefinition() {
        let phrase = grammar.phrases[word(0)]?.first { holds($0.words, at: 0) }
        guard let phrase, phrase.words.contains("quoi") || phrase.words.contains(where: { Self.defining.contains($0) }),
            phrase.marks == [.asks("quel")] || phrase.marks == [.asks("que")], phrase.words.last != "qui"
        else { return }
        let end = phrase.words.count
        guard isOneOf(Self.articles, at: end) || phrase.words.last == "qu" || isContent(end),
            isPlain(end..<tokens.count)
        else { return }
        replace(0..<end, by: ["_definition"])
    }

    private static let defining: Set<String> = ["ce", "quesque", "quest"]

    private static let asking = [
        "quel est", "quelle est", "quel sera", "quelle sera", "c est quoi",
    ].map { $0.split(separator: " ").map(String.init) }
    private static let existence = [
        "existe t il", "existe il", "il existe", "est ce qu il existe",
    ].map { $0.split(separator: " ").map(String.init) }
    private static let articles: Set<String> = ["un", "une", "le", "la", "l", "les", "des"]

    /// What is asked of a thing, and how else it is asked, now and in the future.
    private static let features: [(words: [String], present: [String], future: [String])] = [
        (
            ["duree", "de", "validite"], ["combien", "de", "temps", "est", "valable"],
            ["combien", "de", "temps", "sera", "valable"]
        ),
        (["duree"], ["combien", "de", "temps", "dure"], ["combien", "de", "temps", "durera"]),
        (["nombre"], ["combien", "y", "a", "de"], ["combien", "y", "aura", "de"]),
        (["date"], ["quand", "est"], ["quand", "sera"]),
        (["utilite"], ["a", "quoi", "sert"], ["a", "quoi", "servira"]),
    ]

    /// "Quand devient-elle obligatoire ?" is "À partir de quand est-elle obligatoire ?".
    private mutating func askSince() {
        let whens = tokens.indices.filter { word($0) == "quand" || holds(["a", "quelle", "date"], at: $0) }
        guard whens.count == 1, let when = whens.first,
            let verb = tokens.indices.first(where: { isOneOf(["devient", "deviennent"], at: $0) })
        else { return }
        tokens[verb] = tokens[verb].replaced(by: word(verb) == "devient" ? "est" : "sont")
        if end(of: [["a", "partir", "de"], ["des"]], at: when - 3) == when || word(when - 1) == "des" { return }
        replace(when..<when + (word(when) == "quand" ? 1 : 3), by: ["a", "partir", "de", "quand"])
    }

    /// "X, ça sert à quoi ?" and "Ça sert à quoi, X ?" are "À quoi sert X ?".
    private mutating func askUse() {
        for index in tokens.indices {
            guard isOneOf(["sert", "servent"], at: index), holds(["a", "quoi"], at: index + 1) else { continue }
            var start = index
            while isOneOf(["ca", "cela", "il", "elle", "ils", "elles"], at: start - 1) { start -= 1 }
            let before = Array(tokens[..<start])
            let after = Array(tokens[(index + 3)...])
            guard before.isEmpty != after.isEmpty, isPlain(before.isEmpty ? index + 3..<tokens.count : 0..<start) else {
                return
            }
            tokens = [Token("a", word: 0), Token("quoi", word: 0), Token("sert", word: 0)] + before + after
            return
        }
    }
}
