/// What a function word does to a question.
enum WordRole: Sendable, Equatable {
    /// Says nothing that tells two questions apart: articles, "est-ce que", politeness.
    case empty
    /// Counts, under this name: modality, tense, quantifier, preposition, person.
    case counts(String)
    /// Asks, under this name.
    case asks(String)
    /// Denies.
    case denies(String)
    case number(Int)
    /// A word of contents, spelled so.
    case content(String)
    /// Says nothing at an edge of a sentence and is part of it in its midst: "merci", "oui", "tout le monde".
    case courtesy(Edge)

    /// At which edge it says nothing.
    enum Edge: Sendable, Equatable {
        case any
        case opening
        /// At the opening, with a comma behind it or a greeting before it: "Bonjour à tous", "Tout le monde, …".
        case address
        /// As a sentence of its own alone.
        case alone
    }
}

/// Marks whose order among themselves tells who does what; each kind is compared in an order of its own.
enum MarkKind: Sendable {
    case person
    case tense
    case other

    init(_ mark: String) {
        self = Self.persons.contains(mark) ? .person : Self.tenses.contains(mark) ? .tense : .other
    }

    private static let persons: Set<String> = [
        "moi", "toi", "nous", "on", "vous", "lui", "se", "me", "you", "us", "them",
    ]

    private static let tenses: Set<String> = Set(
        """
        a est sera serait etait soit etre fut aura aurait avait ait avoir va ira allait aller
        peut pourra pourrait pouvait pouvoir doit devra devrait devait devoir faut faudra faudrait fallait
        veut voudra voulait fait fera ferait faisait faire ya
        is was been did done has had will shall would could should can may might must ought goingto haveto needto
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

/// The function words and phrases of one language.
struct Grammar: Sendable {
    struct Phrase: Sendable {
        var words: [String]
        var marks: [WordRole]
    }

    let language: Language
    private(set) var words: [String: WordRole] = [:]
    /// Finer names of words that count under one name: "je", "me" and "mon" are one person and three parts.
    private(set) var parts: [String: String] = [:]
    /// By their first word, longest first.
    private(set) var phrases: [String: [Phrase]] = [:]
    /// Phone spelling, by folded form: what is meant, in words.
    private(set) var spelled: [String: [String]] = [:]
    /// Those of them that are the beginning of what is meant, and long enough for a slip to be known: "ophtalmo".
    private(set) var shortened: [[UInt8]: String] = [:]
    /// Words that mean another thing in each room.
    private(set) var roomWords: Set<String> = []
    /// Words of thanks and praise.
    private(set) var praise: Set<String> = []
    /// Words that may stand in a sentence of praise and do not make it one.
    private(set) var aroundPraise: Set<String> = []
    /// Words that say which language a text is in.
    private(set) var telling: Set<String> = []
    /// Words that a slip of the fingers is read as.
    private(set) var frequent: [[UInt8]] = []

    init(
        _ language: Language, table: String, phrases: String, spelled: String, room: String, telling: String,
        praise: String
    ) {
        self.language = language
        for line in table.split(separator: "\n") { add(row: line) }
        for line in phrases.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let marks = parts[1].split(separator: " ").compactMap { Self.mark(String($0)) }
            for alternative in parts[0].split(separator: "|") {
                let words = alternative.split(separator: " ").map { Letters.fold(String($0)) }
                guard let first = words.first else { continue }
                self.phrases[first, default: []].append(Phrase(words: words, marks: marks))
            }
        }
        for key in self.phrases.keys { self.phrases[key]?.sort { $0.words.count > $1.words.count } }
        add(spelled: spelled)
        roomWords = Set(room.split(whereSeparator: \.isWhitespace).map { Letters.fold(String($0)) })
        let sides = praise.split(separator: "|").map { side in
            Set(side.split(whereSeparator: \.isWhitespace).map { Letters.fold(String($0)) })
        }
        self.praise = sides.first ?? []
        aroundPraise = sides.count > 1 ? sides[1] : []
        self.telling = Set(telling.split(whereSeparator: \.isWhitespace).map { Letters.fold(String($0)) })
        // "terain" is no "train", though "en train de" is a phrase.
        let inPhrases = self.phrases.values.joined().flatMap(\.words).filter { $0 != "train" }
        frequent = Set(Array(words.keys) + inPhrases).filter { $0.utf8.count >= 4 }
            .sorted().map { Array($0.utf8) }
    }

    /// A line "mark: words"; slashes part words that only the strict rule tells from each other.
    private mutating func add(row: Substring) {
        let sides = row.split(separator: ":", maxSplits: 1)
        guard sides.count == 2 else { return }
        let mark = Self.mark(sides[0].trimmed)
        let groups = sides[1].split(separator: "/").map { group in
            group.split(separator: " ").map { Letters.fold(String($0)) }
        }
        for (place, group) in groups.enumerated() {
            for word in group {
                words[word] = mark ?? .counts(word)
                // The first part goes by the name alone, as phrases that count under it do.
                if place > 0, let first = group.first { parts[word] = first }
            }
        }
    }

    /// Whether a sentence says nothing but how good the talk was.
    func isPraise(_ tokens: [Token]) -> Bool {
        var holdsPraise = false
        var isEmpty = true
        for token in tokens where !token.isSign {
            if praise.contains(token.folded) {
                holdsPraise = true
            } else if isSilent(token.folded) {
                continue
            } else if !aroundPraise.contains(token.folded) {
                return false
            }
            isEmpty = false
        }
        return holdsPraise || isEmpty
    }

    private func isSilent(_ folded: String) -> Bool {
        switch words[folded] {
        case .empty, .courtesy: true
        default: false
        }
    }

    /// Adds lines "form = words" of phone spelling.
    mutating func add(spelled lines: String) {
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, !line.hasPrefix("#") else { continue }
            let meant = parts[1].split(whereSeparator: { $0 == " " || $0 == "'" || $0 == "-" }).map(String.init)
            for form in parts[0].split(separator: " ").map({ Letters.fold(String($0)) }) {
                spelled[form] = meant
                let isShort = meant.count == 1 && form.utf8.count >= 7 && Letters.fold(meant[0]).hasPrefix(form)
                if isShort { shortened[Array(form.utf8)] = meant[0] }
            }
        }
    }

    /// "!name" asks, "-name" denies, "#5" is a number, "0" is empty, "=word" is a word of contents, "." keeps the word
    /// itself, "~" is a courtesy at any edge, "~<" at the opening, "~," in an address, "~." alone, anything else counts under that name.
    private static func mark(_ name: String) -> WordRole? {
        switch name.first {
        case "!": .asks(String(name.dropFirst()))
        case "-": .denies(String(name.dropFirst()))
        case "#": Int(name.dropFirst()).map(WordRole.number)
        case "=": .content(String(name.dropFirst()))
        case "0": .empty
        case "~": .courtesy(name == "~<" ? .opening : name == "~," ? .address : name == "~." ? .alone : .any)
        case ".", nil: nil
        default: .counts(name)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
