/// The engine's own lists: words that mean the same in a question, in both languages, words that never do, and phone
/// spelling. A value, made from the text of the files; see language/README.md for their form.
struct Lexicon: Sendable {
    /// All words of the lists of concepts, in lower case without accents.
    private(set) var numbers = WordNumbers()
    /// By number: whether something that is kept has this word, which is then known to be one.
    private(set) var isListed: [Bool] = []
    /// The concepts of a word by itself.
    private var meanings = NumberLists()
    /// Expressions of several words, function words left out: the numbers of their words, three bytes each.
    private var sequences = WordNumbers()
    private var sequenceMeanings = NumberLists()
    /// Expressions by their first word.
    private var openings = NumberLists()
    /// Pairs that are never the same, "a b" with a < b.
    private(set) var opposites: Set<String> = []
    private(set) var french = Grammar.french
    private(set) var english = Grammar.english
    /// Listed words that in a text of this language are a slip: "orchestre" in an English one.
    private(set) var slips: [Language: Set<String>] = [:]
    private var count: Int32 = 0

    init() {}

    /// The concepts of a word in lower case without accents.
    func concepts(of word: String) -> [Int32] { numbers.number(of: word).map { meanings[$0] } ?? [] }

    /// The numbers of those words that the lists hold.
    func numbers(of words: [String]) -> [Int32] { words.compactMap(numbers.number) }

    /// What the expressions mean that begin at a place of a text, and how many words each has; `words` are the numbers that
    /// each word of the text may have, `first` is one of those at the place.
    func expressions(at index: Int, from first: Int32, in words: [[Int32]]) -> [(length: Int, concepts: [Int32])] {
        openings[first].compactMap { sequence in
            let bytes = sequences[sequence]
            let length = bytes.count / 3
            guard index + length <= words.count else { return nil }
            for place in 1..<length where !words[index + place].contains(Self.word(place, of: bytes)) { return nil }
            return (length, sequenceMeanings[sequence])
        }
    }

    func isListed(_ word: String) -> Bool { numbers.number(of: word).map { isListed[Int($0)] } ?? false }

    /// Lines "fr, fr | en, en".
    mutating func add(concepts text: String) {
        var lines = ConceptLines(french: french, english: english)
        let read = lines.read(text, &numbers)
        // Words of what is passed over have numbers, too.
        while isListed.count < numbers.count { isListed.append(false) }
        for (french, english) in read {
            for term in french + english { add(term) }
            addSlips(french, english)
            count += 1
        }
    }

    /// Words of one sense that are a letter apart from language to language, the first one excepted.
    private mutating func addSlips(_ french: [ConceptLines.Term], _ english: [ConceptLines.Term]) {
        let others = english.compactMap(longWord)
        if others.isEmpty { return }
        for one in french.compactMap(longWord) {
            for other in others where other[0] == one[0] && abs(other.count - one.count) <= 1 {
                guard Letters.distance(one, other, limit: 1) == 1 else { continue }
                slips[.english, default: []].insert(String(decoding: one, as: UTF8.self))
                slips[.french, default: []].insert(String(decoding: other, as: UTF8.self))
            }
        }
    }

    private func longWord(_ term: ConceptLines.Term) -> [UInt8]? {
        guard term.words.count == 1, numbers.length(of: term.words[0]) >= 6 else { return nil }
        return Array(numbers[term.words[0]])
    }

    private mutating func add(_ term: ConceptLines.Term) {
        guard let first = term.kept.first else { return }
        for word in term.words where numbers.length(of: word) >= 3 { isListed[Int(word)] = true }
        if term.kept.count == 1 { return meanings.append(count, to: first) }
        let known = sequences.count
        let sequence = sequences.insert(Self.bytes(of: term.kept))
        if sequence == known { openings.append(sequence, to: first) }
        sequenceMeanings.append(count, to: sequence)
    }

    private static func bytes(of words: [Int32]) -> [UInt8] {
        words.flatMap {
            [UInt8(truncatingIfNeeded: $0 >> 16), UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)]
        }
    }

    private static func word(_ place: Int, of bytes: ArraySlice<UInt8>) -> Int32 {
        let start = bytes.startIndex + place * 3
        return Int32(bytes[start]) << 16 | Int32(bytes[start + 1]) << 8 | Int32(bytes[start + 2])
    }

    /// Lines "fr: a / b".
    mutating func add(opposites text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let sides = line[line.index(after: colon)...].split(separator: "/").map { side in
                Letters.fold(String(side)).split(separator: " ").joined(separator: " ")
            }
            guard sides.count == 2, sides[0] != sides[1] else { continue }
            opposites.insert(Self.pair(sides[0], sides[1]))
        }
    }

    /// Lines "fr: form = words".
    mutating func add(spelling text: String) {
        var lines: (french: [Substring], english: [Substring]) = ([], [])
        for line in text.split(separator: "\n") {
            // Expressions are put right by the grammars' phrases.
            guard let colon = line.firstIndex(of: ":"), let equals = line.firstIndex(of: "=") else { continue }
            let form = line[line.index(after: colon)..<equals].split(separator: " ")
            guard form.count == 1, form[0].utf8.count >= 2 else { continue }
            let rest = line[line.index(after: colon)...].drop { $0 == " " }
            if line.hasPrefix("fr"), isFree(form[0], french) { lines.french.append(rest) }
            if line.hasPrefix("en"), isFree(form[0], english) { lines.english.append(rest) }
        }
        french.add(spelled: lines.french.joined(separator: "\n"))
        english.add(spelled: lines.english.joined(separator: "\n"))
    }

    private func isFree(_ form: Substring, _ grammar: Grammar) -> Bool {
        let folded = Letters.fold(String(form))
        return grammar.words[folded] == nil && grammar.spelled[folded] == nil && grammar.phrases[folded] == nil
            && !isListed(folded)
    }

    static func pair(_ a: String, _ b: String) -> String { a < b ? "\(a)|\(b)" : "\(b)|\(a)" }

    /// Whether two words are opposites, or look alike and are not.
    func areOpposed(_ a: String, _ b: String) -> Bool { opposites.contains(Self.pair(a, b)) }
}
