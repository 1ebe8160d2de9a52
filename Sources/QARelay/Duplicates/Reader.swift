/// Reads a text as a question: what it asks, about what, under which conditions. The same text always reads the same.
///
/// Used on the thread that made its vocabulary.
final class Reader {
    let vocabulary: Vocabulary
    private let french: Grammar
    private let english: Grammar

    init(_ vocabulary: Vocabulary, french: Grammar = .french, english: Grammar = .english) {
        self.vocabulary = vocabulary
        self.french = french
        self.english = english
    }

    /// Reads a text; one that is being typed may end in the midst of a word.
    func read(_ text: String, isTyping: Bool = false) -> Reading {
        var (reading, segments) = understood(text)
        if isTyping, let last = text.unicodeScalars.last, Letters.isLetter(last),
            let token = segments.last?.tokens.last,
            let word = reading.words.last, word.position == token.word
        {
            reading.words[reading.words.count - 1].isPartial = true
        }
        return reading
    }

    /// A text as it is, and what it says put into other words where these are known to ask the same.
    func views(_ text: String) -> [Reading] {
        var (reading, segments) = understood(text)
        guard let grammar = grammar(reading.language) else { return [reading] }
        vocabulary.begin()
        var isSame = true
        for index in segments.indices {
            guard let rephrased = Rephrasing.of(segments[index].tokens, grammar, vocabulary) else { continue }
            segments[index].tokens = rephrased
            isSame = false
        }
        if isSame { return [reading] }
        var other = Reading(language: reading.language, plain: reading.plain)
        compose(&other, segments, grammar)
        let isAmongAccents = reading.words.first?.isAmongAccents ?? false
        for index in other.words.indices { other.words[index].isAmongAccents = isAmongAccents }
        return [reading, other]
    }

    /// The reading of a text, and its sentences in words that are spelled out.
    private func understood(_ text: String) -> (Reading, [Segment]) {
        vocabulary.begin()
        var segments = Scanner.segments(of: text)
        var reading = Reading()
        reading.plain = segments.joined.filter { !$0.isSign }.map(\.folded).joined(separator: " ")
        reading.language = language(of: segments)
        guard let grammar = grammar(reading.language) else {
            reading.letters = Self.letters(text)
            reading.words = segments.joined.filter { !$0.isSign }.map {
                Word(
                    text: $0.text, folded: $0.folded, stem: $0.folded, isKnown: true, isSpelled: true, lemmas: [],
                    isName: false, position: $0.word)
            }
            return (reading, segments)
        }
        let isOne = segments.count == 1
        segments.removeAll { !$0.isAsked && !isOne && grammar.isPraise($0.tokens) }
        for index in segments.indices { segments[index].tokens = spelledOut(segments[index].tokens, grammar) }
        compose(&reading, segments, grammar)
        if segments.joined.contains(where: { $0.text != $0.folded }) {
            for index in reading.words.indices { reading.words[index].isAmongAccents = true }
        }
        return (reading, segments)
    }

    /// Reads the sentences one after another.
    private func compose(_ reading: inout Reading, _ segments: [Segment], _ grammar: Grammar) {
        for segment in segments {
            var sentence = Sentence(segment.tokens, grammar, vocabulary, after: reading.words.count)
            sentence.read()
            if segment.isAsked || !sentence.reading.asks.isEmpty { reading.questions += 1 }
            reading.words += sentence.reading.words
            reading.marks += sentence.reading.marks
            reading.asks += sentence.reading.asks
            reading.denials += sentence.reading.denials
            reading.numbers += sentence.reading.numbers
            reading.spots += sentence.reading.spots
            reading.frame.append(sentence.reading.frame)
            if sentence.reading.isOfRoom { reading.isOfRoom = true }
        }
        reading.marks.sort()
        reading.denials.sort()
    }

    /// Lower case without white space and punctuation, every letter as it is.
    private static func letters(_ text: String) -> String {
        var letters = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .otherPunctuation,
                .dashPunctuation,
                .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation:
                break
            default: letters.unicodeScalars.append(scalar)
            }
        }
        return letters
    }

    private func grammar(_ language: Language) -> Grammar? {
        switch language {
        case .french: french
        case .english: english
        case .other: nil
        }
    }

    /// By the function words; a text without any is French, as the events are, unless it is not in Latin letters or
    /// dictionaries know it for English.
    private func language(of segments: [Segment]) -> Language {
        var frenchHits = 0
        var englishHits = 0
        var others = 0
        var tokens = 0
        for token in segments.joined where tokens < 60 && !token.isSign {
            tokens += 1
            let folded = token.folded
            let isFrench =
                french.telling.contains(folded) || token.text.unicodeScalars.contains(where: Grammar.isFrench)
            let isEnglish = english.telling.contains(folded)
            if isFrench { frenchHits += 2 }
            if isEnglish { englishHits += 2 }
            if !isFrench, !isEnglish {
                if token.text.unicodeScalars.contains(where: Grammar.isForeign) {
                    others += 3
                } else if token.text.unicodeScalars.allSatisfy({ $0.value < 0x250 }) {
                    others += Grammar.elsewhere.contains(folded) ? 2 : 0
                } else {
                    others += 3
                }
            }
        }
        if others > max(frenchHits, englishHits) { return .other }
        if frenchHits != englishHits { return frenchHits > englishHits ? .french : .english }
        if tokens == 0 { return .other }
        var known = (french: 0, english: 0)
        for token in segments.joined.prefix(20) where token.folded.utf8.count > 2 {
            if vocabulary.entry(token.text, .french).isKnown { known.french += 1 }
            if vocabulary.entry(token.text, .english).isKnown { known.english += 1 }
        }
        return known.english > known.french ? .english : .french
    }

    // MARK: Phone spelling

    /// Puts abbreviations, glued words and lost apostrophes back into words.
    private func spelledOut(_ tokens: [Token], _ grammar: Grammar) -> [Token] {
        var result: [Token] = []
        result.reserveCapacity(tokens.count + 4)
        for (index, token) in tokens.enumerated() {
            let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
            if token.isSign {
                result.append(token)
            } else if grammar.language == .english, token.isJoined, contract(token, &result) {
                continue
            } else if takeMeasure(token, grammar, &result) {
                continue
            } else if token.folded == "c", token.isCapital || ["est", "etait", "a", "sera"].contains(next) {
                result.append(token)
            } else if let words = grammar.spelled[token.folded], !token.isJoined || token.folded.utf8.count > 1 {
                result += token.replaced(byAll: words)
            } else if let parts = quantity(token, grammar) ?? Self.numbered(token) {
                result += parts
            } else if grammar.language == .french, let parts = unglued(token, grammar) {
                result += parts
            } else {
                result.append(slipped(token, grammar))
            }
        }
        return result
    }

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
    private func contract(_ token: Token, _ result: inout [Token]) -> Bool {
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
            if asks.contains(before.folded) { result.append(token.replaced(by: "is")) }
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
        guard folded.utf8.count >= 4, grammar.words[folded] == nil, let first = folded.first,
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

    /// Whether two short words of one length differ by a swap or by neighbours on a keyboard.
    private static func isKeySlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        let places = a.indices.filter { a[$0] != b[$0] }
        guard places.count == 1 else { return true }
        let pair = (a[places[0]], b[places[0]])
        return rows.contains { row in
            guard let one = row.firstIndex(of: pair.0), let other = row.firstIndex(of: pair.1) else { return false }
            return abs(one - other) == 1
        }
    }

    private static let rows = ["azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map {
        Array($0.utf8)
    }

    /// A function word in which the fingers slipped.
    private func slipped(_ token: Token, _ grammar: Grammar) -> Token {
        let folded = token.folded
        guard folded.utf8.count >= 4, !token.isCapital, grammar.words[folded] == nil, grammar.phrases[folded] == nil,
            !vocabulary.entry(token.text, grammar.language).isKnown
        else { return token }
        let letters = Array(folded.utf8)
        var match: [UInt8]?
        for word in grammar.frequent where abs(word.count - letters.count) <= 1 {
            guard word[0] == letters[0] || word[0] == letters[1], Letters.distance(word, letters, limit: 1) == 1,
                letters.count > 5 || word.count != letters.count || Self.isKeySlip(word, letters)
            else { continue }
            // Two words as near: it stays what it is.
            if match != nil { return token }
            match = word
        }
        return match.map { token.replaced(by: String(decoding: $0, as: UTF8.self)) } ?? token
    }
}

extension [Segment] {
    fileprivate var joined: [Token] { flatMap(\.tokens) }
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

extension Grammar {
    /// Letters that French has and English has not.
    fileprivate static func isFrench(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 && ("àâçéèêëîïôùûœæ".unicodeScalars.contains(scalar) || Letters.isMark(scalar))
    }

    /// Latin letters that neither has.
    fileprivate static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 && "ßñáíóúãõøåäöü".unicodeScalars.contains(scalar)
    }

    /// Function words of languages that are not read, to know them for such.
    fileprivate static let elsewhere: Set<String> = Set(
        """
        der die das und ist nicht ein eine wie wann warum wo wer wird werden kann gibt mit von zu auf fur ich wir sie
        el los las una como cuando donde cual por que esta hay para con del se sera puede cuanto
        il lo gli che come quando dove perche quanto sono con della di e si puo cosa
        o os as um uma como quando onde por que quanto para com do da nao voce
        het een wat wanneer waarom hoe van niet met voor zijn er wordt kunnen
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
