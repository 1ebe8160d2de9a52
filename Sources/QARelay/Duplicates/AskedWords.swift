// Question words: what is asked for, who does it and to whom it is done.

extension Sentence {
    /// "À qui parle le juge ?" and "Qui parle au juge ?", "Who do I pay?" and "Who pays me?", "Combien de litres".
    mutating func asked(_ name: String, at index: Int, next end: Int) -> String {
        if grammar.language == .english { return isObject(name, at: index, next: end) ? "\(name).object" : name }
        if name == "combien" {
            guard ["de", "d"].contains(folded(end)) else { return name }
            reading.frame.isCounted = true
        }
        if isObject(name, at: index, next: end) { return "\(name).object" }
        // "Qu'est-ce qui vous change ?", and not "Qu'est-ce qui se passe ?", which is "Que se passe-t-il ?".
        if name == "que", end > index + 1, folded(end - 1) == "qui", !["se", "s"].contains(folded(end)) {
            return "que.qui"
        }
        guard index > 0, ["qui", "que", "quel", "lequel", "quand"].contains(name) else { return name }
        let before = tokens[index - 1].folded
        return Self.prepositions.contains(before) ? "\(before).\(name)" : name
    }

    private static let prepositions: Set<String> = [
        "a", "de", "d", "avec", "sans", "pour", "contre", "chez", "par", "sur", "sous", "vers", "en", "dans", "depuis",
        "entre",
        "apres", "avant", "pendant",
    ]

    /// "Qui est-ce que", "Qui remplace-t-il": who is asked for has something done to him.
    func isObject(_ name: String, at index: Int, next end: Int) -> Bool {
        switch (grammar.language, name) {
        case (.french, "qui"):
            if end > index + 1 { return ["que", "qu"].contains(folded(end - 1)) }
            return index + 1 < tokens.count
                && (index + 2..<max(index + 2, tokens.count)).contains { place in
                    ["il", "elle", "ils", "elles"].contains(folded(place)) && isVerbBefore(place)
                }
        case (.french, "quel"), (.french, "combien"):
            guard end == index + 1 else { return false }
            return isAskedOfOne(from: end, isMany: ["quels", "quelles"].contains(folded(index)))
        case (.english, "who"), (.english, "which"), (.english, "what"):
            return Self.doing.contains(folded(end))
                || (Self.auxiliaries.contains(folded(end)) && Self.subjects.contains(folded(end + 1)))
        default: return false
        }
    }

    private func isVerbBefore(_ index: Int) -> Bool {
        let before = folded(index - 1)
        if before == "t" { return true }
        if case .counts(let name)? = grammar.words[before] { return MarkKind(name) == .tense }
        return grammar.words[before] == nil && forms(index - 1).contains(where: \.isFiniteVerb)
    }

    /// "Quels clubs aide la mairie ?": many things and a verb of one; it is something else that does it.
    private func isAskedOfOne(from start: Int, isMany: Bool) -> Bool {
        guard var place = (start..<tokens.count).first(where: { isContent($0) }) else { return false }
        guard isMany || folded(place).hasSuffix("s") || folded(place).hasSuffix("x") else { return false }
        place += 1
        while place < tokens.count {
            let word = folded(place)
            if case .counts(let name)? = grammar.words[word] {
                if MarkKind(name) == .tense, !isPreposition(at: place) {
                    return Self.singles.contains(word) && !isPersonBehind(place)
                }
                if MarkKind(name) == .person { return false }
                // What belongs to the noun: "cours de danse", "bus pour Caen".
                place += 1
            } else if ["de", "d", "du", "des"].contains(word) {
                while place < tokens.count, !isContent(place) { place += 1 }
            } else if isContent(place), forms(place).contains(where: \.isFiniteVerb), !word.hasSuffix("s") {
                return !word.hasSuffix("nt") && !isPersonBehind(place)
            }
            place += 1
        }
        return false
    }

    /// "Combien de chaises loue-t-on ?" says who does it as "on loue" does.
    private func isPersonBehind(_ verb: Int) -> Bool {
        let next = folded(verb + 1) == "t" ? verb + 2 : verb + 1
        return ["on", "vous", "nous", "je", "tu"].contains(folded(next))
    }

    private static let singles: Set<String> = [
        "a", "est", "sera", "serait", "etait", "aura", "aurait", "avait", "va", "ira", "peut", "pourra", "pourrait",
        "doit", "devra", "devrait", "veut", "voudra", "fait", "fera", "ferait",
    ]
    private static let doing: Set<String> = ["do", "does", "did"]
    private static let auxiliaries: Set<String> = [
        "is", "are", "am", "was", "were", "can", "could", "will", "would", "shall", "should", "may", "might", "must",
        "has", "have", "had",
    ]
    private static let subjects: Set<String> = ["i", "you", "he", "she", "it", "we", "they"]
}
