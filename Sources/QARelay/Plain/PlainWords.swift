// Words of the plain pages, French and English. `#` stands for a value, `{s}` for the s of a plural.

/// The words of one language.
struct PlainWords {
    /// Languages that there are words in.
    static let known = ["fr", "en"]

    let language: String

    /// The language of a page: the one asked for, else the first that the browser names, else the event's first.
    init(asked: String?, accepted: String?, event languages: [String]) {
        let offered = languages.filter(Self.known.contains)
        let wanted = [asked].compactMap(\.self) + Self.preferred(accepted)
        language = wanted.first(where: offered.contains) ?? offered.first ?? Self.known[0]
    }

    init(language: String) { self.language = language }

    /// The sentence of a key with its values, the first of which decides between one and several.
    func callAsFunction(_ key: String, _ values: String...) -> String {
        guard let sentences = Self.sentences[key] else { return key }
        let sentence = language == "en" ? sentences.1 : sentences.0
        let amount = values.first.flatMap { Int($0) }
        let isOne = amount == 1 || amount == 0 && language == "fr"
        let parts = sentence.replacing("{s}", with: isOne ? "" : "s").split(
            separator: "#", omittingEmptySubsequences: false)
        var output = String(parts.first ?? "")
        var left = values[...]
        for part in parts.dropFirst() { output += (left.popFirst() ?? "") + part }
        return ShownText.typeset(output)
    }

    func callAsFunction(_ key: String, _ value: Int) -> String { self(key, String(value)) }

    /// Whether there is a sentence for a key.
    static func has(_ key: String) -> Bool { sentences[key] != nil }

    /// The languages of an `Accept-Language` header, the most wanted first; of equals, the first.
    static func preferred(_ header: String?) -> [String] {
        guard let header, header.utf8.count <= 500 else { return [] }
        let ranges = header.split(separator: ",").prefix(20).compactMap { item -> (String, Double)? in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let tag = parts.first, let language = tag.split(separator: "-").first else { return nil }
            var weight = 1.0
            if parts.count > 1, parts[1].hasPrefix("q=") { weight = Double(parts[1].dropFirst(2)) ?? 0 }
            return weight > 0 ? (language.lowercased(), weight) : nil
        }
        return ranges.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
    }
}
