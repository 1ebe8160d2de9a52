// How phones spell: abbreviations, units, glued words, slips in function words.

extension Reader {
    /// "$5" is "5 dollars".
    static func withUnitsBehind(_ tokens: [Token]) -> [Token] {
        var tokens = tokens
        for index in tokens.indices.dropLast() where tokens[index].text == "dollar" || tokens[index].text == "euro" {
            let next = tokens[index + 1]
            let isBehindNumber = index > 0 && tokens[index - 1].folded.unicodeScalars.allSatisfy(Letters.isDigit)
            if next.word == tokens[index].word, next.folded.unicodeScalars.first.map(Letters.isDigit) == true,
                !isBehindNumber
            {
                tokens.swapAt(index, index + 1)
            }
        }
        return tokens
    }

    /// Puts abbreviations, glued words and lost apostrophes back into words.
    func spelledOut(_ tokens: [Token], _ grammar: Grammar) -> [Token] {
        var result: [Token] = []
        result.reserveCapacity(tokens.count + 4)
        for (index, token) in tokens.enumerated() {
            let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
            if token.isSign {
                result.append(token)
            } else if grammar.language == .english, token.isJoined, contract(token, before: next, &result) {
                continue
            } else if takeMeasure(token, grammar, &result) {
                continue
            } else if token.folded == "c", token.isCapital || ["est", "etait", "a", "sera"].contains(next) {
                result.append(token)
            } else if token.isAcronym, Self.acronyms.contains(token.folded) || token.folded.utf8.count == 1 {
                // "le DS", "R" and "QR" are names of something.
                result.append(token)
            } else if let words = Self.spelled(index, tokens, grammar), !token.isJoined || token.folded.utf8.count > 1 {
                result += token.replaced(byAll: words)
            } else if let parts = quantity(token, grammar) ?? Self.numbered(token) {
                result += parts
            } else if grammar.language == .french, let parts = unglued(token, grammar) {
                result += parts
            } else {
                result.append(slipped(token, after: index > 0 ? tokens[index - 1].folded : "", before: next, grammar))
            }
        }
        return result
    }

    /// What an abbreviation stands for; nil where it is a word of its own.
    private static func spelled(_ index: Int, _ tokens: [Token], _ grammar: Grammar) -> [String]? {
        let token = tokens[index]
        guard let words = grammar.spelled[token.folded] else { return nil }
        switch (grammar.language, token.folded) {
        case (.french, "vs"):
            // "vs avez", and not "Caen vs Rennes".
            let around = [index - 1, index + 1].filter(tokens.indices.contains).map { tokens[$0].folded }
            return around.contains {
                $0.hasSuffix("ez") || ["etes", "faites", "dites", "qui", "que", "a"].contains($0)
            }
                ? words : nil
        case (.french, "value"):
            // "la p-value", and not "la plus-value".
            return index > 0 && tokens[index - 1].folded == "p" ? words : nil
        case (.english, "r"):
            // "is r hard to learn" has its verb.
            return tokens.contains { verbs.contains($0.folded) } ? nil : words
        default: return words
        }
    }

    private static let verbs: Set<String> = [
        "is", "are", "do", "does", "did", "can", "will", "should", "was", "were", "would", "could",
    ]

    /// What in capitals, in the midst of small letters, is a name and no abbreviation.
    private static let acronyms: Set<String> = [
        "ds", "ss", "dem", "fr", "vs", "av", "ac", "ap", "ts", "tt", "pr", "ns", "ms", "dc", "bp", "mn", "cr", "ht",
        "pj", "pt", "gd", "dr", "rn", "np", "cb", "ke", "ki", "pa", "ca", "pq", "cc", "bn", "rep", "ur", "tel", "qs",
        "ans", "mm", "nb", "pb", "sem", "num", "env",
    ]

    /// "8 heures" is "8h", "3 pm" is "3pm", and behind a number "km", "cm" and "min" are units and nothing else.
    private func takeMeasure(_ token: Token, _ grammar: Grammar, _ result: inout [Token]) -> Bool {
        guard let last = result.last, !last.isSign, !token.afterComma, let first = last.folded.unicodeScalars.first,
            Letters.isDigit(first)
        else { return false }
        if last.folded.utf8.count <= 2, last.folded.unicodeScalars.allSatisfy(Letters.isDigit) {
            let isHour = grammar.language == .french && ["h", "heure", "heures"].contains(token.folded)
            if isHour || (grammar.language == .english && ["am", "pm"].contains(token.folded)) {
                result[result.count - 1] = last.replaced(by: last.folded + (isHour ? "h" : token.folded))
                return true
            }
        }
        if last.folded.hasSuffix("h"), last.folded.utf8.count <= 3, token.folded.utf8.count == 2,
            token.folded.unicodeScalars.allSatisfy(Letters.isDigit)
        {
            result[result.count - 1] = last.replaced(by: last.folded + token.folded)
            return true
        }
        guard let unit = Self.unit(token.folded, grammar) else { return false }
        result.append(token.replaced(by: unit))
        return true
    }

    private static func unit(_ folded: String, _ grammar: Grammar) -> String? {
        switch folded {
        case "min", "mn", "mins": "minutes"
        case "km", "kms": grammar.language == .french ? "kilometres" : "km"
        case "cm": grammar.language == .french ? "centimetres" : "cm"
        case "mm": grammar.language == .french ? "millimetres" : "mm"
        default: nil
        }
    }

    /// "don" + "t", "what" + "s", "we" + "re".
    private func contract(_ token: Token, before next: String, _ result: inout [Token]) -> Bool {
        guard let before = result.last else { return false }
        switch token.folded {
        case "t":
            let stem = before.folded
            var whole = ["can": "can", "won": "will", "shan": "shall", "ain": "is"][stem]
            if whole == nil, stem.hasSuffix("n") { whole = String(stem.dropLast()) }
            if whole == nil {
                let typed = Array(stem.utf8)
                whole = ["did", "does", "do", "is", "are", "was", "would", "could", "should"].first {
                    Letters.distance(Array("\($0)n".utf8), typed, limit: 1) <= 1
                }
            }
            guard let whole else { return false }
            result[result.count - 1] = before.replaced(by: whole)
            result.append(token.replaced(by: "not"))
        case "s":
            let asks = ["what", "where", "who", "how", "when", "why", "that", "it", "there", "he", "she", "here"]
            // "the shop's closed" and "the shop's not open"; "the shop's door" is one thing.
            var isVerb = next.utf8.count >= 5 && next.hasSuffix("ed")
            switch english.words[next] {
            case .denies?: isVerb = true
            case .empty?: isVerb = isVerb || ["the", "a", "an"].contains(next)
            default: break
            }
            if asks.contains(before.folded) || isVerb { result.append(token.replaced(by: "is")) }
        case "re": result.append(token.replaced(by: "are"))
        case "m": result.append(token.replaced(by: "am"))
        case "ve": result.append(token.replaced(by: "have"))
        case "ll": result.append(token.replaced(by: "will"))
        case "d": result.append(token.replaced(by: "would"))
        default: return false
        }
        return true
    }

    /// "40k", "19h30", "30km": a number and what it counts.
    private func quantity(_ token: Token, _ grammar: Grammar) -> [Token]? {
        let text = token.folded
        guard let first = text.unicodeScalars.first, Letters.isDigit(first) else { return nil }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let rest = text.dropFirst(digits.count)
        guard !rest.isEmpty else { return nil }
        switch rest {
        case "k":
            // Beyond that nobody means a number.
            guard let value = Double(digits), value < 1e12 else { return nil }
            return [token.replaced(by: String(Int(value * 1_000)))]
        case "er" where digits == "1" && grammar.language == .french,
            "ere" where digits == "1" && grammar.language == .french:
            return [token.replaced(by: "premier")]
        case "e", "eme", "ieme", "er", "ere", "nd", "nde", "st", "rd", "th": return [token.replaced(by: "\(digits)e")]
        case "h", "am", "pm": return [token.replaced(by: "\(digits)\(rest)")]
        default:
            if rest.hasPrefix("h"), rest.dropFirst().allSatisfy(\.isNumber) { return [token] }
            guard rest.allSatisfy(\.isLetter) else { return nil }
            let unit = Self.unit(String(rest), grammar) ?? String(rest)
            return token.replaced(byAll: [String(digits), unit])
        }
    }

    /// "khi2", "windows11": a word and a number; "h0" and "r2" are one name.
    private static func numbered(_ token: Token) -> [Token]? {
        let letters = token.text.prefix(while: \.isLetter)
        let digits = token.text.dropFirst(letters.count)
        guard letters.count >= 3, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return [token.replaced(by: String(letters)), token.replaced(by: String(digits))]
    }

    /// "lhopital", "dune", "jaimerais": an article or pronoun without its apostrophe.
    private func unglued(_ token: Token, _ grammar: Grammar) -> [Token]? {
        let folded = token.folded
        guard folded.utf8.count >= 4, !token.isCapital, grammar.words[folded] == nil, let first = folded.first,
            !vocabulary.entry(token.text, .french).isKnown, !vocabulary.entry(token.text, .french).isProper
        else { return nil }
        for ending in ["til", "telle", "ton", "il", "on", "elle", "ils", "elles"] where folded.hasSuffix(ending) {
            let verb = String(token.text.dropLast(ending.count))
            if verb.utf8.count >= 2, case .counts? = grammar.words[Letters.fold(verb)] {
                return [
                    token.replaced(by: verb),
                    token.replaced(by: ending.hasPrefix("t") ? String(ending.dropFirst()) : ending),
                ]
            }
        }
        guard "ldjcnmsq".contains(first) else { return nil }
        let prefix = folded.hasPrefix("qu") ? 2 : 1
        let rest = String(token.text.dropFirst(prefix))
        guard let next = Letters.fold(rest).first, "aeiouyh".contains(next), rest.utf8.count >= 2 else { return nil }
        guard
            grammar.words[Letters.fold(rest)] != nil
                || (rest.utf8.count >= 4 && vocabulary.entry(rest, .french).isKnown)
        else { return nil }
        return [token.replaced(by: String(token.text.prefix(prefix))), token.replaced(by: rest)]
    }

    /// "esr-elle", "ets-il": before a pronoun stands a verb, and short ones are few.
    private func auxiliary(_ folded: String, _ text: String) -> String? {
        guard (3...5).contains(folded.utf8.count), french.words[folded] == nil, !vocabulary.entry(text, .french).isKnown
        else { return nil }
        let typed = Array(folded.utf8)
        let found = ["est", "sont", "sera", "peut", "doit", "aura", "faut", "vont"].filter { verb in
            let meant = Array(verb.utf8)
            guard typed[0] == meant[0], Letters.distance(typed, meant, limit: 1) == 1 else { return false }
            return typed.count != meant.count || Slip.isKeySlip(typed, meant)
        }
        return found.count == 1 ? found[0] : nil
    }

    private static let between = Array("entre".utf8)
    private static let make = Array("faire".utf8)
    private static let beside: Set<String> = ["est", "sera", "sont", "seront", "etait", "ete"]

    /// A function word in which the fingers slipped.
    private func slipped(_ token: Token, after last: String, before next: String, _ grammar: Grammar) -> Token {
        let folded = token.folded
        if grammar.language == .french, Rephrasing.subjects.contains(next), let verb = auxiliary(folded, token.text) {
            return token.replaced(by: verb)
        }
        guard folded.utf8.count >= 4, !token.isCapital, grammar.words[folded] == nil, grammar.phrases[folded] == nil,
            !vocabulary.entry(token.text, grammar.language).isKnown
        else { return token }
        let letters = Array(folded.utf8)
        let shortened = grammar.shortened.keys.filter { $0[0] == letters[0] && Slip.isLikely(letters, of: $0) }
        if shortened.count == 1, let meant = grammar.shortened[shortened[0]] { return token.replaced(by: meant) }
        var match: [UInt8]?
        // Who writes "ferée" has not struck a wrong key in "ferez".
        let isAccented = token.text != folded
        for word in grammar.frequent where abs(word.count - letters.count) <= 1 {
            guard !isAccented || word.count != letters.count, word[0] == letters[0] || word[0] == letters[1],
                Letters.distance(word, letters, limit: 1) == 1,
                letters.count > 5 || word.count != letters.count || Slip.isKeySlip(word, letters)
            else { continue }
            // "l'entére" is "l'entrée", and what is or will be "faie" is "faite" and not "faire".
            if token.isJoined, word == Self.between { continue }
            if Self.beside.contains(last), word == Self.make { continue }
            // Two words as near: it stays what it is.
            if match != nil { return token }
            match = word
        }
        return match.map { token.replaced(by: String(decoding: $0, as: UTF8.self)) } ?? token
    }
}

extension Token {
    /// Several words for one; only the first stands behind the comma.
    fileprivate func replaced(byAll words: [String]) -> [Token] {
        words.enumerated().map { place, word in
            var part = replaced(by: word)
            if place > 0 { part.afterComma = false }
            return part
        }
    }
}
