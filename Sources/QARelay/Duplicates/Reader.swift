/// Reads a text as a question: what it asks, about what, under which conditions. The same text always reads the same.
///
/// Used on the thread that made its vocabulary.
final class Reader {
    let vocabulary: Vocabulary
    let french: Grammar
    let english: Grammar

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
        for index in segments.indices {
            segments[index].tokens = spelledOut(Self.withUnitsBehind(segments[index].tokens), grammar)
        }
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
}

extension [Segment] {
    fileprivate var joined: [Token] { flatMap(\.tokens) }
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
