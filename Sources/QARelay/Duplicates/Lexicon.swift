/// The engine's own lists: words that mean the same in a question, in both languages, words that never do, and phone
/// spelling. A value, made from the text of the files; see language/README.md for their form.
struct Lexicon: Sendable {
    /// Concepts of each word or expression, by folded form with function words left out.
    private(set) var concepts: [String: [Int32]] = [:]
    /// Forms of several words, by their first.
    private(set) var expressions: [String: [[String]]] = [:]
    /// Pairs that are never the same, "a b" with a < b.
    private(set) var opposites: Set<String> = []
    private(set) var french = Grammar.french
    private(set) var english = Grammar.english
    /// Words that are known to be words: those of the concepts.
    private(set) var words: Set<String> = []
    /// Those of them that in a text of this language are a slip: "orchestre" in an English one.
    private(set) var slips: [Language: Set<String>] = [:]
    private var count: Int32 = 0

    init() {}

    /// Lines "fr, fr | en, en".
    mutating func add(concepts text: String) {
        // By bytes: finding the letters that people see in two megabytes takes a third of a second.
        for line in text.utf8.split(separator: Ascii.newline) where line.first != Ascii.hash {
            let sides = line.split(separator: Ascii.bar, maxSplits: 1)
            guard sides.count == 2 else { continue }
            let terms = sides.map { side in side.split(separator: Ascii.comma).map { Self.parts(of: $0) } }
            for (side, grammar) in zip(terms, [french, english]) { for parts in side { add(parts, grammar) } }
            addSlips(french: terms[0], english: terms[1])
            count += 1
        }
    }

    private enum Ascii {
        static let newline = UInt8(ascii: "\n")
        static let hash = UInt8(ascii: "#")
        static let bar = UInt8(ascii: "|")
        static let comma = UInt8(ascii: ",")
    }

    private static func parts(of term: Substring.UTF8View) -> [String] {
        Letters.fold(Substring(term).lowercased()).unicodeScalars
            .split { $0 == " " || $0 == "'" || $0 == "’" || $0 == "-" }.map { String($0) }
    }

    /// Words of one sense that are a letter apart from language to language, the first one excepted.
    private mutating func addSlips(french: [[String]], english: [[String]]) {
        let others = english.filter { $0.count == 1 && $0[0].utf8.count >= 6 }
        for one in french where one.count == 1 && one[0].utf8.count >= 6 {
            for other in others where other[0].utf8.first == one[0].utf8.first {
                guard Letters.distance(Array(one[0].utf8), Array(other[0].utf8), limit: 1) == 1 else { continue }
                slips[.english, default: []].insert(one[0])
                slips[.french, default: []].insert(other[0])
            }
        }
    }

    private mutating func add(_ parts: [String], _ grammar: Grammar) {
        var kept = parts
        if parts.count > 1 {
            kept = parts.filter { part in
                switch grammar.words[part] {
                case nil, .content?: true
                default: false
                }
            }
        }
        let isShrunk = parts.count > 1 && kept.count == 1
        guard let first = kept.first, !isShrunk || !parts.contains(where: { Self.tells(grammar.words[$0]) }) else {
            return
        }
        for part in parts where part.utf8.count >= 3 { words.insert(part) }
        let key = kept.joined(separator: " ")
        if concepts[key]?.last != count { concepts[key, default: []].append(count) }
        if kept.count > 1 { expressions[first, default: []].append(kept) }
    }

    /// Whether an expression of which one word would be left means something else without this one: "give up" is not
    /// "give", "pas de réseau" not "réseau"; "se former" and "pay for" are what is left.
    private static func tells(_ role: WordRole?) -> Bool {
        switch role {
        case .counts(let name): !helpers.contains(name)
        case .denies, .asks, .number: true
        case nil, .empty, .content, .courtesy: false
        }
    }

    private static let helpers: Set<String> = [
        "se", "me", "moi", "nous", "vous", "us", "them", "to", "for", "is", "has", "a", "est", "etre", "avoir", "fait",
        "faire",
    ]

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
            && !words.contains(folded)
    }

    static func pair(_ a: String, _ b: String) -> String { a < b ? "\(a)|\(b)" : "\(b)|\(a)" }

    /// Whether two words are opposites, or look alike and are not.
    func areOpposed(_ a: String, _ b: String) -> Bool { opposites.contains(Self.pair(a, b)) }
}
