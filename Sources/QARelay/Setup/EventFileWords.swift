// The organiser's words: in the event file or in a file of their own, one a line.

import QAShared
import Yams

extension EventFileReader {
    private static let insteadOfWords =
        "Write them in brackets, [word, two words], or name a text file with one a line: “file: words.txt”."

    /// A list, or a part with `list` or `file` and what happens to a question that holds one of them.
    mutating func words(_ fields: Fields) -> WordList {
        guard let field = fields.values["words"] else { return WordList() }
        guard case .mapping = field.node else { return WordList(words: words(listed: fields, "words")) }
        guard let own = self.fields(field, required: [], optional: ["list", "file", "then"]) else { return WordList() }
        let refuses = choice(own, "then", ["hold": false, "refuse": true], naming: "“hold” or “refuse”") ?? false
        if own.values["list"] == nil, own.values["file"] == nil {
            note(field, "There are no words.", Self.insteadOfWords)
        }
        let words = words(listed: own, "list") + self.words(filed: own)
        return WordList(words: Array(words.prefix(Limits.wordsMaximum)), refuses: refuses)
    }

    private mutating func words(listed fields: Fields, _ key: String) -> [String] {
        guard let items = items(fields, key, maximum: Limits.wordsMaximum, Self.insteadOfWords) else { return [] }
        var words: [String] = []
        for item in items {
            guard let text = scalar(item, Self.insteadOfWords) else { continue }
            if let what = Self.isWrong(text) {
                note(
                    item, "\(EventFileProblem.quoted(text)) \(what).",
                    "Write a word of 1–\(Limits.wordsLetters) characters.")
            } else {
                words.append(QuestionText.clean(text))
            }
        }
        return words
    }

    private mutating func words(filed fields: Fields) -> [String] {
        guard let field = fields.values["file"], let name = scalar(field, Self.insteadOfWords) else { return [] }
        let path = name.hasPrefix("/") ? name : folder + name
        let text: String
        do throws(TextFile.Unreadable) {
            text = try TextFile.read(path, maximumBytes: EventFile.maximumBytes)
        } catch {
            note(field, "\(EventFileProblem.quoted(name)): \(error.what)", error.instead)
            return []
        }
        var words: [String] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let word = QuestionText.clean(String(line))
            if word.isEmpty || word.hasPrefix("#") { continue }
            if let what = Self.isWrong(word) {
                note(
                    field,
                    "Line \(index + 1) of \(EventFileProblem.quoted(name)), \(EventFileProblem.quoted(word)), \(what).",
                    "Write one word a line, of 1–\(Limits.wordsLetters) characters.")
                return words
            }
            words.append(word)
        }
        if words.count > Limits.wordsMaximum {
            note(
                field, "\(EventFileProblem.quoted(name)) has \(words.count) words.",
                "Write at most \(Limits.wordsMaximum).")
        }
        return words
    }

    private static func isWrong(_ raw: String) -> String? {
        let word = QuestionText.clean(raw)
        if word.unicodeScalars.count > Limits.wordsLetters { return "is too long" }
        return WordList.isComparable(word) ? nil : "has neither letters nor digits"
    }
}
