/// Puts several ways of asking one thing into one of them: a second view of a sentence beside the one that was typed.
///
/// Every rule keeps the meaning; what no rule knows stays as it is.
struct Rephrasing {
    var tokens: [Token]
    let grammar: Grammar
    let vocabulary: Vocabulary
    /// Whether more went than the courtesies that a sentence is read without anyway.
    var isShortened = false

    /// The tokens put otherwise; nil when there is nothing to put otherwise.
    static func of(_ tokens: [Token], _ grammar: Grammar, _ vocabulary: Vocabulary) -> [Token]? {
        var rephrasing = Rephrasing(tokens: tokens, grammar: grammar, vocabulary: vocabulary)
        if grammar.language == .french { rephrasing.tellIndirectly() }
        rephrasing.leaveOutCourtesies()
        let bare = rephrasing.tokens
        switch grammar.language {
        case .french: rephrasing.rephraseFrench()
        case .english: rephrasing.rephraseEnglish()
        case .other: return nil
        }
        let isSame =
            !rephrasing.isShortened
            && rephrasing.tokens.elementsEqual(bare) { $0.text == $1.text && $0.isMisspelled == $1.isMisspelled }
        return isSame ? nil : rephrasing.tokens
    }

    /// Greetings and thanks at both ends, for they hide where a question begins and ends.
    private mutating func leaveOutCourtesies() {
        while let last = tokens.last, tokens.count > 1 {
            let length = last.isPicture || isPolite(tokens.count - 1) ? 1 : politePhrase(before: tokens.count)
            guard length > 0, length < tokens.count else { break }
            tokens.removeLast(length)
        }
        leaveOutConfession()
        var hasGreeting = false
        while tokens.count > 1 {
            var length = tokens[0].isPicture || isPolite(0) ? 1 : politePhrase(at: 0, isAddress: hasGreeting)
            if let end = excuse() ?? thanks(), end < tokens.count {
                length = end
                isShortened = true
            }
            guard length > 0, length < tokens.count else { break }
            tokens.removeFirst(length)
            hasGreeting = true
        }
    }

    private func isPolite(_ index: Int) -> Bool { grammar.words[word(index)] == .courtesy(.any) }

    private func politePhrase(at index: Int, isAddress: Bool) -> Int {
        let phrase = grammar.phrases[word(index)]?.first { phrase in
            phrase.marks.allSatisfy { mark in
                let isGreeted =
                    isAddress
                    || (index + phrase.words.count < tokens.count && tokens[index + phrase.words.count].afterComma)
                return mark == .courtesy(.any) || mark == .courtesy(.opening)
                    || (mark == .courtesy(.address) && isGreeted)
            } && !phrase.marks.isEmpty && holds(phrase.words, at: index)
        }
        // "Savez-vous nager ?" asks who can.
        if let phrase, phrase.words.contains("savez"), isInfinitive(index + phrase.words.count) { return 0 }
        return phrase?.words.count ?? 0
    }

    private func politePhrase(before end: Int) -> Int {
        for start in max(0, end - 8)..<end {
            for phrase in grammar.phrases[word(start)] ?? [] where start + phrase.words.count == end {
                if phrase.marks == [.courtesy(.any)], holds(phrase.words, at: start) { return end - start }
            }
        }
        return 0
    }

    /// "Désolé d'être direct mais …", "Sorry to insist but …": what stands before "mais" asks nothing.
    private func excuse() -> Int? {
        guard isOneOf(["desole", "desolee", "pardon", "sorry"], at: 0) else { return nil }
        return tokens.indices.prefix(10).first { isOneOf(["mais", "but"], at: $0) }.map { $0 + 1 }
    }

    /// "merci pour la soirée,": up to the comma.
    private func thanks() -> Int? {
        guard isOneOf(["merci", "bravo"], at: 0), isOneOf(["pour", "de"], at: 1),
            let end = tokens.indices.prefix(8).dropFirst(2).first(where: { tokens[$0].afterComma })
        else { return nil }
        return isPlain(2..<end) ? end : nil
    }

    /// "je suis perdu depuis 20 min, c'est quoi …", "can you explain …, I'm lost": who asks for an explanation does not follow,
    /// which asks nothing more. "Je suis perdu, qui appeler ?" and "que faire si je suis perdu" do.
    private mutating func leaveOutConfession() {
        let commas = tokens.indices.filter { tokens[$0].afterComma }
        if let end = commas.first, isConfession(0..<end), asksToExplain(at: end) {
            tokens.removeFirst(end)
            isShortened = true
        } else if let start = commas.last, isConfession(start..<tokens.count), asksToExplain(at: 0) {
            tokens.removeLast(tokens.count - start)
            isShortened = true
        }
    }

    private func asksToExplain(at start: Int) -> Bool { end(of: Self.explaining, at: start) != nil }

    private static let explaining: [[String]] = {
        let french = ["pouvez vous", "vous pouvez", "pourriez vous"].flatMap { asker in
            ["", "nous ", "me "].flatMap { whom in
                ["expliquer", "reexpliquer", "definir", "redefinir", "repeter"].map { "\(asker) \(whom)\($0)" }
            }
        }
        let english = ["can you ", "could you "].flatMap { asker in ["explain", "define"].map { asker + $0 } }
        return (french + english + ["c est quoi", "qu est ce qu", "qu est ce que c est", "what is"])
            .map { $0.split(separator: " ").map(String.init) }
    }()

    private func isConfession(_ range: Range<Int>) -> Bool {
        guard let end = end(of: Self.confessions, at: range.lowerBound), end <= range.upperBound else { return false }
        let rest = (end..<range.upperBound).map(word)
        return rest.isEmpty
            || Self.durations.contains(rest.filter { Sentence.digits($0) == nil }.joined(separator: " "))
    }

    private static let durations: Set<String> = [
        "depuis le debut", "depuis minutes", "depuis minute", "depuis heure", "since the beginning", "since the start",
        "for minutes",
    ]

    private static let confessions: [[String]] = {
        let french = ["", "completement ", "un peu ", "totalement ", "tout a fait ", "vraiment "].flatMap { how in
            ["perdu", "perdue", "largue", "larguee"].map { "je suis \(how)\($0)" }
        }
        let english = ["", "completely ", "a bit ", "totally ", "a little "].flatMap { how in
            ["i am \(how)lost", "sorry i am \(how)lost"]
        }
        // The longest first.
        return (french + english).sorted { $0.utf8.count > $1.utf8.count }
            .map { $0.split(separator: " ").map(String.init) }
    }()

    // MARK: Looking

    /// The folded word at a place; empty beyond the ends and for signs.
    func word(_ index: Int) -> String {
        tokens.indices.contains(index) && !tokens[index].isSign ? tokens[index].folded : ""
    }

    func isOneOf(_ words: Set<String>, at index: Int) -> Bool { words.contains(word(index)) }

    /// Whether these words stand there, without a comma among them.
    func holds(_ words: [String], at index: Int) -> Bool {
        guard index >= 0, index + words.count <= tokens.count else { return false }
        for offset in words.indices
        where word(index + offset) != words[offset] || (offset > 0 && tokens[index + offset].afterComma) {
            return false
        }
        return true
    }

    /// The first of these phrases that stands at the place, as the place behind it.
    func end(of phrases: [[String]], at index: Int) -> Int? {
        phrases.first { holds($0, at: index) }.map { index + $0.count }
    }

    /// A word that no table of function words holds.
    func isContent(_ index: Int) -> Bool {
        guard tokens.indices.contains(index), !tokens[index].isSign else { return false }
        switch grammar.words[tokens[index].folded] {
        case nil, .content?: return !tokens[index].folded.isEmpty
        default: return false
        }
    }

    /// The name under which a word counts.
    func mark(_ index: Int) -> String? {
        if case .counts(let name)? = grammar.words[word(index)] { name } else { nil }
    }

    func forms(_ index: Int) -> [WordForm] {
        tokens.indices.contains(index) ? vocabulary.entry(tokens[index].text, grammar.language).forms : []
    }

    /// Whether nothing of a stretch asks, denies, or tells a tense: a name of something, with what belongs to it.
    func isPlain(_ range: Range<Int>) -> Bool {
        var holdsContent = false
        for index in range {
            if tokens[index].isSign { return false }
            switch grammar.words[tokens[index].folded] {
            case nil, .content?: holdsContent = true
            case .asks?, .denies?: return false
            case .counts(let name)?:
                // "à" and "au" count under the name of "has", and French has no other way to tell them.
                let isPreposition = ["a", "au", "aux"].contains(tokens[index].folded)
                if MarkKind(name) == .tense, !isPreposition { return false }
                if MarkKind(name) == .person { return false }
            default: break
            }
        }
        return holdsContent
    }

    // MARK: Changing

    mutating func replace(_ range: Range<Int>, by words: [String]) {
        let place = tokens.indices.contains(range.lowerBound) ? range.lowerBound : max(0, tokens.count - 1)
        guard tokens.indices.contains(place) else { return }
        let model = tokens[place]
        let parts = words.enumerated().map { offset, text in
            Token(text, word: model.word, afterComma: offset == 0 && model.afterComma)
        }
        tokens.replaceSubrange(range, with: parts)
    }
}
