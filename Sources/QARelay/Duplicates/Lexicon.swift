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
    private var count: Int32 = 0

    init() {}

    /// Lines "fr, fr | en, en".
    mutating func add(concepts text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let sides = line.split(separator: "|", maxSplits: 1)
            guard sides.count == 2 else { continue }
            for (side, grammar) in zip(sides, [french, english]) {
                for term in side.split(separator: ",") { add(String(term), grammar) }
            }
            count += 1
        }
    }

    private mutating func add(_ term: String, _ grammar: Grammar) {
        let parts = Letters.fold(term.lowercased()).split(whereSeparator: { " '’-".contains($0) }).map(String.init)
        var kept = parts
        if parts.count > 1 {
            kept = parts.filter { part in
                switch grammar.words[part] {
                case nil, .content?: true
                default: false
                }
            }
        }
        guard let first = kept.first else { return }
        for part in parts where part.utf8.count >= 3 { words.insert(part) }
        let key = kept.joined(separator: " ")
        if concepts[key]?.last != count { concepts[key, default: []].append(count) }
        if kept.count > 1 { expressions[first, default: []].append(kept) }
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
            && !words.contains(folded)
    }

    static func pair(_ a: String, _ b: String) -> String { a < b ? "\(a)|\(b)" : "\(b)|\(a)" }

    /// Whether two words are opposites, or look alike and are not.
    func areOpposed(_ a: String, _ b: String) -> Bool { opposites.contains(Self.pair(a, b)) }
}
