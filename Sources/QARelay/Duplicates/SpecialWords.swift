extension Sentence {
    /// Words that mean this or that by what stands around them.
    func special(at index: Int) -> WordRole? {
        let token = tokens[index]
        let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
        let before = index > 0 ? tokens[index - 1].folded : ""
        switch (grammar.language, token.folded) {
        case (.french, "ou"):
            if token.text == "où" { return .asks("ou") }
            let verbs: Set<String> = [
                "est", "sont", "se", "sera", "seront", "peut", "va", "vont", "en", "faut", "aura", "doit", "trouver",
                "pourra",
                "puis", "seraient", "etait", "etaient", "peuvent", "ca",
            ]
            return isFresh || verbs.contains(next) || (isEnding(index + 1) && index > 0) ? .asks("ou") : .counts("ou")
        case (.french, "que"), (.french, "qu"): return isFresh ? .asks("que") : .empty
        case (.french, "ete"):
            return ["l", "cet", "en", "d", "cette", "chaque", "cet"].contains(before) ? .content("ete") : .counts("fut")
        case (.french, "car"):
            // "le car", "combien de cars": it takes children to school; standing alone it gives a reason.
            return Self.articles.contains(before) || ["de", "sans", "avec"].contains(before) ? .content("car") : nil
        case (.french, "plus"):
            return opensDenial != nil && !hasDenial ? .denies("plus") : .counts("plus")
        case (.french, "un"), (.french, "une"):
            if number?.takesOne == true || suffices { return .number(1) }
            let after = index + 2 < tokens.count ? tokens[index + 2].folded : ""
            if ["ou", "et", "a"].contains(next), case .number? = grammar.words[after] { return .number(1) }
            if ["minute", "heure", "jour", "semaine", "mois", "an", "annee", "fois"].contains(next) {
                return .number(1)
            }
            return .empty
        case (.french, "neuf") where index > 0 && grammar.words[next] == nil && Self.digits(next) == nil:
            return .content("neuf")
        case (.french, "ca"), (.french, "ce"), (.french, "cet"), (.french, "cette"), (.french, "ces"):
            let times: Set<String> = [
                "soir", "matin", "apres", "midi", "ete", "hiver", "automne", "printemps", "semaine", "mois", "annee",
                "week", "jour", "nuit",
            ]
            return times.contains(next) ? .counts("ce") : .empty
        case (.french, "t"): return .empty
        case (.english, "to"): return isFresh ? .empty : nil
        case (.english, "there") where !isOfBeing(before) && !isOfBeing(next): return .counts("there")
        case (.english, "like"): return .counts("like")
        default: return nil
        }
    }

    private static let articles: Set<String> = [
        "le", "un", "du", "au", "en", "ce", "mon", "ton", "son", "notre", "votre", "leur", "quel", "par", "chaque",
        "les", "des", "aux",
    ]

    /// "Une dose suffit ?" asks for how many.
    private var suffices: Bool {
        tokens.contains { ["suffit", "suffisent", "suffira", "suffiront", "suffirait"].contains($0.folded) }
    }

    /// "there is", "is there".
    private func isOfBeing(_ word: String) -> Bool {
        ["is", "are", "was", "were", "will", "be", "would"].contains(word)
    }
}
