// French questions about a price, a difference, or one feature of a thing: the many orders they come in.

extension Rephrasing {
    // MARK: Difference

    /// "A et B, c'est quoi la différence ?", "En quoi A et B diffèrent ?" are "Quelle est la différence entre A et B ?";
    /// true when it was one.
    mutating func compareFrench() -> Bool {
        guard let (sides, isWhole) = compared(), isWhole else { return false }
        return compare(sides)
    }

    /// The stretch that names both things.
    private func compared() -> (Range<Int>, Bool)? {
        for index in tokens.indices {
            switch word(index) {
            case "difference", "differences":
                if word(index + 1) == "entre", word(index + 2) != "les" || word(index + 3) != "deux" {
                    return (index + 2..<tokens.count, isFrame(0..<index))
                }
                let isTail = (index + 1..<tokens.count).allSatisfy { Self.between.contains(word($0)) || isCourtesy($0) }
                if isTail, let start = frameStart(before: index) { return (0..<start, true) }
                return (index + 1..<tokens.count, isFrame(0..<index) && isContent(index + 1))
            case "change" where holds(["c", "est", "quoi", "qui"], at: index - 4) && index + 1 == tokens.count:
                return (0..<index - 4, true)
            case "differents", "differentes", "different", "differente", "diffferent":
                let tail = [["en", "quoi"], ["en", "quoi", "exactement"]]
                guard let end = end(of: tail, at: index + 1), (end..<tokens.count).allSatisfy(isCourtesy) else {
                    continue
                }
                var start = index
                while start > 0, ["sont", "ils", "elles", "est", "c"].contains(word(start - 1)) { start -= 1 }
                return (0..<start, true)
            default: continue
            }
        }
        return nil
    }

    private static let between: Set<String> = ["entre", "les", "deux", "exactement", "svp"]

    private func isCourtesy(_ index: Int) -> Bool {
        switch grammar.words[word(index)] {
        case .courtesy?, .empty?: true
        default: tokens[index].isPicture || ["s", "il", "vous", "te", "plait"].contains(word(index))
        }
    }

    /// Whether a stretch only asks which difference there is: whether there is one is another question.
    private func isFrame(_ range: Range<Int>) -> Bool {
        let told = range.filter { !isCourtesy($0) }.map(word).joined(separator: " ")
        return told.isEmpty || Self.frames.contains(told)
    }

    /// From where on a stretch before "différence" only asks for it.
    private func frameStart(before index: Int) -> Int? {
        var start = index
        while start > 0, Self.framing.contains(word(start - 1)) { start -= 1 }
        return start > 0 && start < index && (start..<index).contains { !isCourtesy($0) } && isFrame(start..<index)
            ? start : nil
    }

    private static let frames: Set<String> = [
        "quelle est", "quelles sont", "quel est", "quels sont", "quelle", "quelles", "quel", "est quoi",
        "qu est que est que", "qu est", "je vois pas", "vois pas", "je comprends pas", "comprends pas", "est que",
    ]
    private static let framing: Set<String> = [
        "quelle", "quelles", "quel", "quels", "est", "sont", "c", "quoi", "la", "les", "l", "je", "vois", "comprends",
        "ne", "pas",
    ]

    /// Puts the two things in an order of their own; false when there are not just two.
    mutating func compare(_ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, isCourtesy(end - 1) { end -= 1 }
        var start = range.lowerBound
        while start < end, isCourtesy(start), !["la", "le", "les", "l", "un", "une"].contains(word(start)) {
            start += 1
        }
        guard start < end else { return false }
        let commas = (start + 1..<end).filter { tokens[$0].afterComma }
        let parting = (start..<end).filter { tokens[$0].isSign || Self.partings.contains(word($0)) }
        var one: [Token]
        var other: [Token]
        if parting.count == 1, parting[0] > start, parting[0] + 1 < end {
            let isSlash = !tokens[parting[0]].isSign || tokens[parting[0]].text == "/"
            guard isSlash, isPlain(start..<parting[0]), isPlain(parting[0] + 1..<end) else { return false }
            one = tokens[start..<parting[0]].filter { grammar.words[$0.folded] != .empty }
            other = tokens[parting[0] + 1..<end].filter { grammar.words[$0.folded] != .empty }
        } else if parting.isEmpty, commas.count == 1, isPlain(start..<commas[0]), isPlain(commas[0]..<end) {
            one = tokens[start..<commas[0]].filter { grammar.words[$0.folded] != .empty }
            other = tokens[commas[0]..<end].filter { grammar.words[$0.folded] != .empty }
        } else {
            let words = (start..<end).filter(isContent)
            let isSeen = (start..<end).allSatisfy { isContent($0) || isCourtesy($0) }
            // "un maire adjoint" is one thing.
            let isAdjective = words.count == 2 && forms(words[1]).contains { $0.kind == .adjective }
            guard parting.isEmpty, words.count == 2, isSeen, !isAdjective, !tokens[words[1]].isJoined else {
                return false
            }
            (one, other) = ([tokens[words[0]]], [tokens[words[1]]])
        }
        // "une cellule animale et une cellule végétale" names one head.
        if let head = one.first?.folded, one.count > 1, other.count > 1, other.first?.folded == head {
            other.removeFirst()
        }
        return putInOrder(one, other)
    }

    private mutating func putInOrder(_ one: [Token], _ other: [Token]) -> Bool {
        let light = { (side: [Token]) in side.map { Twins.light($0.folded) }.joined(separator: " ") }
        // The head that both share stays in front.
        let pair = one.count == other.count && light(other) < light(one) ? (other, one) : (one, other)
        tokens = [Token("_difference", word: 0)] + pair.0 + [Token("_and", word: pair.0.last?.word ?? 0)] + pair.1
        return true
    }

    private static let partings: Set<String> = ["et", "ou", "vs", "versus", "and", "or"]

    // MARK: Price

    // The cost of a thing is what it takes to make it, a tariff what it takes to use it; "combien coûte" may be either.
    /// "Quel est le prix de X ?", "X, c'est combien ?" are "Combien coûte X ?".
    mutating func askPrice() {
        for index in tokens.indices {
            guard let (end, tense) = priceFrame(at: index) else { continue }
            guard (0..<index).allSatisfy(isCourtesy), isPlain(end..<tokens.count) else { return }
            replace(index..<end, by: ["_price"] + tense)
            return
        }
        askHowMuch()
    }

    /// "Quel sera le prix de": where it ends, and its tense.
    private func priceFrame(at index: Int) -> (Int, [String])? {
        var place = index
        var tense: [String] = []
        if isOneOf(["quel", "quelle", "quels", "quelles"], at: place) {
            guard isOneOf(["est", "sont", "sera", "seront"], at: place + 1) else { return nil }
            if isOneOf(["sera", "seront"], at: place + 1) { tense = ["sera"] }
            place += 2
        } else if holds(["c", "est", "quoi"], at: place) {
            place += 3
        } else if (0..<index).contains(where: { !isCourtesy($0) }) {
            return nil
        }
        while isOneOf(["le", "la", "l", "les"], at: place) { place += 1 }
        // The prize of a contest is not what it costs.
        guard word(place) == "prix", !tokens.indices.contains(where: { Self.contests.contains(word($0)) }),
            place > index || index == 0 || isCourtesy(index - 1),
            isOneOf(["de", "du", "des", "d"], at: place + 1), !holds(["de", "combien"], at: place + 1)
        else { return nil }
        return (place + 2, tense)
    }

    private static let contests: Set<String> = [
        "concours", "tombola", "loto", "loterie", "tournoi", "jury", "jeu", "course", "competition", "championnat",
    ]

    /// "X coûte combien", "Combien ça va coûter, X", "X est à combien".
    private mutating func askHowMuch() {
        let places = tokens.indices.filter { word($0) == "combien" }
        guard places.count == 1, let place = places.first, !isOneOf(["de", "d"], at: place + 1) else { return }
        if let end = end(of: [["c", "est", "combien"]], at: place - 2) {
            let (before, after) = (Array(tokens[..<(place - 2)]), Array(tokens[end...]))
            guard before.isEmpty || after.isEmpty || (0..<(place - 2)).allSatisfy(isCourtesy),
                isPlainAside(place - 2..<end)
            else { return }
            tokens = [Token("_price", word: 0)] + before + after
        } else if word(place - 1) == "a", isOneOf(Self.amounts, at: place - 2) {
            guard isPlainAside(place - 2..<place + 1) else { return }
            let tense =
                ["sera", "seront", "reviendra", "reviendront"].contains(word(place - 2)) ? [Token("sera", word: 0)] : []
            tokens = [Token("_price", word: 0)] + tense + tokens[..<(place - 2)] + tokens[(place + 1)...]
        } else if let verb = tokens.indices.first(where: { Self.costs[word($0)] != nil || isNearCost($0) }),
            !isOneOf(["de", "d"], at: place - 1)
        {
            let isFuture = Self.costs[word(verb)] ?? false
            let kept = tokens.indices.filter { $0 != place && $0 != verb }.map { tokens[$0] }
            tokens = [Token("_price", word: 0)] + (isFuture ? [Token("sera", word: 0)] : []) + kept
        }
    }

    private static let amounts: Set<String> = [
        "est", "sont", "sera", "seront", "revient", "reviennent", "reviendra", "reviendront",
    ]

    private func isPlainAside(_ range: Range<Int>) -> Bool {
        let sides = [0..<range.lowerBound, range.upperBound..<tokens.count]
        return sides.allSatisfy { side in side.allSatisfy { isCourtesy($0) } || isPlain(side) }
    }

    /// Forms of "coûter", and whether they are of the future.
    private static let costs = [
        "coute": false, "coutent": false, "coutera": true, "couteront": true, "couter": false, "cout": false,
    ]

    private func isNearCost(_ index: Int) -> Bool {
        let letters = Array(word(index).utf8)
        guard letters.count >= 5, isContent(index), !vocabulary.entry(tokens[index].text, .french).isKnown else {
            return false
        }
        return Letters.distance(letters, Array("coute".utf8), limit: 1) == 1
    }

    // MARK: Order

    /// "L'indemnité, c'est quoi le montant ?" is "Quel est le montant de l'indemnité ?".
    mutating func bringForward() {
        for index in tokens.indices.dropFirst() {
            guard let end = end(of: Self.asksWhat, at: index) else { continue }
            var stop = tokens.count
            while stop > end, isCourtesy(stop - 1) { stop -= 1 }
            var start = 0
            while start < index, isCourtesy(start), !["la", "le", "les", "l", "un", "une"].contains(word(start)) {
                start += 1
            }
            guard start < index, end < stop, isPlain(start..<index), isPlain(end..<stop),
                (start..<index).contains(where: isContent), !isOneOf(["a", "au", "aux"], at: start)
            else { return }
            guard isOneOf(Self.openings, at: start) else { return }
            let subject = Array(tokens[start..<index]).filter {
                !["il", "elle", "ils", "elles", "ca"].contains($0.folded)
            }
            tokens =
                Array(tokens[..<start]) + [Token("quel", word: 0), Token("est", word: 0)] + tokens[end..<stop]
                + [Token("de", word: 0)] + subject
            return
        }
    }

    private static let asksWhat = [["c", "est", "quoi"]]
    /// What opens the name of a thing, and not of somebody who is spoken to.
    private static let openings: Set<String> = ["le", "la", "les", "l", "un", "une", "ce", "cette", "ces"]

    // MARK: Telegrams

    /// "Blouse obligatoire ?" is "La blouse est-elle obligatoire ?", "Taille minimale du filet ?" asks which it is.
    mutating func completeTelegram() {
        leaveOutYears()
        guard tokens.count <= 9, isPlain(0..<tokens.count) else { return }
        let words = tokens.indices.filter(isContent)
        guard words.count >= 2 else { return }
        if let place = words.dropFirst().first(where: { Self.predicates.contains(Twins.light(word($0))) }),
            !["un", "une", "des"].contains(word(0))
        {
            tokens.insert(Token("est", word: tokens[place].word), at: place)
        } else if Self.features.contains(Twins.light(word(words[0]))),
            (0..<words[0]).allSatisfy({ isCourtesy($0) })
        {
            tokens.insert(contentsOf: [Token("quel", word: 0), Token("est", word: 0)], at: 0)
        }
    }

    /// "Quel est le quota pour 2026 ?", "… en 2026 ?": where nothing but "est" is said, the year is that of the thing.
    private mutating func leaveOutYears() {
        var start = 0
        while start < tokens.count, isCourtesy(start) { start += 1 }
        guard
            let end = end(
                of: [["quel", "est"], ["quelle", "est"], ["quels", "sont"], ["quelles", "sont"]], at: start),
            isPlain(end..<tokens.count)
        else { return }
        for index in end..<tokens.count where isOneOf(["pour", "en"], at: index) && isYear(index + 1) {
            // A budget may be voted in a year and for another.
            guard !(end..<index).contains(where: { mayBeDone($0) }) else { return }
            tokens.remove(at: index)
            return
        }
    }

    private func mayBeDone(_ index: Int) -> Bool {
        isContent(index) && forms(index).contains { $0.kind == .verb(.infinitive) }
    }

    private func isYear(_ index: Int) -> Bool {
        let year = word(index)
        return year.utf8.count == 4 && (year.hasPrefix("20") || year.hasPrefix("19")) && Sentence.digits(year) != nil
    }

    private static let predicates = Set(
        ["obligatoire", "facultatif", "facultative", "interdit", "interdite", "autorise", "autorisee"].map(Twins.light))

    private static let features = Set(
        """
        prix tarif cout montant taux date duree delai horaire adresse hauteur taille longueur largeur poids quota seuil
        plafond superficie surface profondeur capacite age effectif
        """.split(whereSeparator: \.isWhitespace).map { Twins.light(String($0)) })
}
