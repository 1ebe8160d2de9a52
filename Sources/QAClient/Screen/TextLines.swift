// Texts broken into lines, and texts compared without regard to accents and case.

/// Breaks texts into lines of limited width.
enum TextLines {
    /// Lines of at most `width` columns, broken at spaces where there are any.
    static func wrap(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line: [Cluster] = []
        var used = 0
        for word in words(text) {
            let size = word.reduce(0) { $0 + $1.width }
            if used > 0, used + 1 + size <= width {
                line.append(Cluster(text: " ", width: 1))
                line += word
                used += 1 + size
                continue
            }
            if used > 0 {
                lines.append(join(line))
                line = []
                used = 0
            }
            // A word longer than the line is cut where the line ends.
            for cluster in word {
                if used + cluster.width > width, !line.isEmpty {
                    lines.append(join(line))
                    line = []
                    used = 0
                }
                line.append(cluster)
                used += cluster.width
            }
        }
        if !line.isEmpty { lines.append(join(line)) }
        return lines
    }

    /// The first `count` lines; the last one ends in `…` when there were more.
    static func wrap(_ text: String, width: Int, count: Int, ellipsis: String) -> [String] {
        var lines = wrap(text, width: width)
        guard lines.count > count, count > 0 else { return Array(lines.prefix(max(0, count))) }
        lines = Array(lines.prefix(count))
        var last = Sanitizer.clusters(lines[count - 1])
        while last.reduce(0, { $0 + $1.width }) > width - 1 { last.removeLast() }
        lines[count - 1] = join(last) + ellipsis
        return lines
    }

    private static func words(_ text: String) -> [[Cluster]] {
        var words: [[Cluster]] = []
        for word in Sanitizer.clusters(text).split(whereSeparator: { $0.text == " " }) {
            // French puts a space before these, and no line begins with them; and none ends with the sign that opens.
            let opens = words.last.map { $0.count == 1 && $0[0].text == "«" } ?? false
            let clings = opens || word.count == 1 && "?!:;»".contains(word[word.startIndex].text)
            if clings, let last = words.indices.last, words[last].count < 30 {
                words[last] += [Cluster(text: " ", width: 1)] + word
            } else {
                words.append(Array(word))
            }
        }
        return words
    }

    private static func join(_ clusters: [Cluster]) -> String {
        clusters.map(\.text).joined()
    }
}

/// Search keys: small letters without accents.
enum Folded {
    /// The text in small letters, Latin ones without their marks.
    static func text(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var output = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                output.unicodeScalars.append(scalar)
            } else if !TextWidth.isMark(scalar) {
                output += base(scalar) ?? String(scalar)
            }
        }
        return output.lowercased()
    }

    /// Whether every word of the query is found somewhere in the text; both are folded already.
    static func matches(_ query: String, in text: String) -> Bool {
        query.split(separator: " ").allSatisfy { text.contains($0) }
    }

    /// `É` is named LATIN CAPITAL LETTER E WITH ACUTE, `œ` LATIN SMALL LIGATURE OE: the name says
    /// the letters.
    private static func base(_ scalar: Unicode.Scalar) -> String? {
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return nil }
        if scalar.value == 0xDF || scalar.value == 0x1E9E { return "ss" }
        let words = name.split(separator: " ")
        guard let kind = words.firstIndex(where: { $0 == "LETTER" || $0 == "LIGATURE" }),
            kind + 1 < words.count, words[kind + 1].count <= 2
        else { return nil }
        return String(words[kind + 1])
    }
}
