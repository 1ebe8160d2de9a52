/// One sentence on its way into a reading.
struct Sentence {
    let tokens: [Token]
    let grammar: Grammar
    private let vocabulary: Vocabulary
    /// Whether its text shows accents: then an "a" without one is the verb.
    let hasAccents: Bool
    var reading = Reading()
    /// Whether "ne" came without the word that completes it yet.
    var opensDenial: Int?
    var number: SpelledNumber? {
        didSet { if oldValue == nil { numberWord = word } }
    }
    private var numberWord = 0
    /// The word of the text being read.
    private var word = 0
    private var isMaybeOfRoom = false
    /// Whether more than courtesies was read.
    private var hasBegun = false
    /// How many words of contents the sentences before have.
    private let offset: Int
    /// From this token on there are only courtesies, and before that one.
    private var ending = 0
    private var start = 0

    init(_ tokens: [Token], _ grammar: Grammar, _ vocabulary: Vocabulary, after offset: Int) {
        self.offset = offset
        self.tokens = tokens
        self.grammar = grammar
        self.vocabulary = vocabulary
        hasAccents = tokens.contains { $0.text != $0.folded && $0.text != "à" }
    }

    /// What a word may be a form of.
    func forms(_ index: Int) -> [WordForm] { tokens.indices.contains(index) ? entry(index).forms : [] }

    func entry(_ index: Int) -> Vocabulary.Entry { vocabulary.entry(tokens[index].text, grammar.language) }

    var isFresh: Bool {
        reading.words.isEmpty && reading.marks.isEmpty && reading.asks.isEmpty && reading.numbers.isEmpty
            && reading.denials.isEmpty && number == nil
    }

    var hasDenial: Bool { !reading.denials.isEmpty }

    /// What stands between the courtesies.
    var told: Range<Int> { start..<max(start, ending) }

    /// Whether only courtesies follow.
    func isEnding(_ index: Int) -> Bool { index >= ending }

    mutating func read() {
        ending = endingStart()
        var index = 0
        while index < tokens.count {
            word = tokens[index].word
            if tokens[index].isSign {
                sign(at: index)
                index += 1
            } else if let phrase = phrase(at: index) {
                for mark in phrase.marks { take(mark, at: index, length: phrase.words.count) }
                index += phrase.words.count
            } else {
                word(at: index)
                index += 1
            }
        }
        closeNumber()
        reading.frame.isOfPlace = isOfPlace
        if isMaybeOfRoom || isBareWhere, reading.words.count <= 2 { reading.isOfRoom = true }
        if let opensDenial, reading.denials.isEmpty, tokens.count > opensDenial {
            reading.denials.append("ne")
            reading.frame.denials.append("ne")
        } else if reading.denials.isEmpty, isNegative {
            reading.frame.denials.append("ne")
        }
    }

    /// "Aucun" and "personne" say by themselves what "ne" would add.
    private var isNegative: Bool {
        reading.marks.contains("aucun") || reading.words.contains { $0.folded == "personne" && $0.gender == nil }
    }

    /// "Où est la buvette ?": every place has its own.
    private var isBareWhere: Bool {
        guard reading.words.count == 1, reading.numbers.isEmpty, reading.frame.others.isEmpty,
            ["ou", "where"].contains(reading.asks.first ?? ""), !tokens.contains(where: { $0.folded == "lieu" })
        else { return false }
        let word = reading.words[0]
        return !word.isName && !word.forms.isEmpty
            && word.forms.allSatisfy { form in
                if case .noun = form.kind { true } else { false }
            }
    }

    private func phrase(at index: Int) -> Grammar.Phrase? {
        grammar.phrases[tokens[index].folded]?.first { phrase in
            guard index + phrase.words.count <= tokens.count else { return false }
            for offset in phrase.words.indices {
                let token = tokens[index + offset]
                if token.folded != phrase.words[offset] || token.isSign || (offset > 0 && token.afterComma) {
                    return false
                }
            }
            return true
        }
    }

    /// Where the courtesies at the end begin.
    private func endingStart() -> Int {
        var isCourtesy = Array(repeating: false, count: tokens.count + 1)
        isCourtesy[tokens.count] = true
        var start = tokens.count
        // The longest phrase of courtesy is shorter than this.
        for index in tokens.indices.reversed() where start - index <= 8 {
            if tokens[index].isPicture {
                isCourtesy[index] = isCourtesy[index + 1]
            } else if let phrase = phrase(at: index) {
                isCourtesy[index] = phrase.marks.allSatisfy(Self.isPolite) && isCourtesy[index + phrase.words.count]
            } else if let role = grammar.words[tokens[index].folded] {
                isCourtesy[index] = Self.isPolite(role) && isCourtesy[index + 1]
            }
            if isCourtesy[index] { start = index }
        }
        return start
    }

    private static func isPolite(_ role: WordRole) -> Bool { role == .courtesy(.any) }

    private mutating func word(at index: Int) {
        let token = tokens[index]
        if isLoneLetter(at: index) {
            closeNumber()
            tell("letter \(token.folded)")
            // No "has", and no article.
            if token.folded == "a" { return }
        } else if token.text == "là", !token.isJoined, index + 1 == tokens.count || !tokens[index + 1].isJoined {
            tell("là")
            isMaybeOfRoom = true
        }
        if let name = fineName(at: index), number?.takesOne != true || !isAndOne(at: index) {
            closeNumber()
            tell(name)
            if grammar.language == .english { reading.frame.scopes.append(name) }
        }
        // "Le CA" is no "ça".
        if token.isAcronym, ["ca", "ce", "sa"].contains(token.folded) { return content(token, at: index) }
        if let special = special(at: index) { return take(special, at: index) }
        if token.text == "here", grammar.language == .english { reading.isOfRoom = true }
        if let value = Self.digits(token.folded) {
            // "40 000" was typed in two parts.
            let goesOn = token.folded.utf8.count == 3 && index > 0 && Self.isShortNumber(tokens[index - 1].folded)
            if !goesOn || number?.append(thousand: value) != true {
                closeNumber()
                number = SpelledNumber(digits: value)
            }
            return
        }
        if token.folded.unicodeScalars.contains(where: Letters.isDigit) {
            closeNumber()
            reading.numbers.append(token.folded)
            tell(token.folded)
            reading.spots.append(Spot(name: token.folded, position: token.word))
            return
        }
        if let mark = grammar.words[token.folded] { return take(mark, at: index) }
        content(token, at: index)
    }

    /// Signs count, and pictures between words: "I 😀 it".
    private mutating func sign(at index: Int) {
        if tokens[index].isPicture, !hasBegun || isEnding(index + 1) { return }
        closeNumber()
        tell("sign \(tokens[index].text)")
    }

    /// What must stand in both texts, at the same place among the words of contents.
    private mutating func tell(_ name: String) {
        reading.frame.others.append(name)
        reading.frame.cuts.append(offset + reading.words.count)
    }

    private mutating func take(_ mark: WordRole, at index: Int, length: Int = 1) {
        let token = tokens[index]
        if case .courtesy = mark {} else { hasBegun = true }
        switch mark {
        case .number(let value): add(value)
        case .empty where number?.takesOne == true && isAndOne(at: index): break
        default: closeNumber()
        }
        switch mark {
        case .counts(let name), .asks(let name), .denies(let name):
            reading.spots.append(Spot(name: name, position: token.word))
        default: break
        }
        switch mark {
        case .empty:
            if ["ne", "n"].contains(token.folded), grammar.language == .french { opensDenial = index }
        case .courtesy(let edge):
            if isAtEdge(edge, index, index + length) {
                if !hasBegun { start = index + length }
            } else {
                tell(tokens[index..<index + length].map(\.folded).joined(separator: " "))
            }
        case .counts(let name): count(name, at: index, length)
        case .asks(let name):
            reading.asks.append(name)
            reading.frame.asks.append(asked(name, at: index, next: index + length))
        case .denies(let name):
            reading.denials.append(name)
            deny(name, at: index, length)
        case .content(let word): content(token.replaced(by: word), at: index)
        case .number: break
        }
    }

    private mutating func count(_ name: String, at index: Int, _ length: Int) {
        // "only members vote" and "members only vote": what these limit is told by where they stand.
        reading.marks.append(Self.limiting.contains(name) ? "\(name).\(reading.words.count)" : name)
        let exact = length == 1 ? finer(name, at: index) : name
        if grammar.language == .english, Self.scoping.contains(name) { reading.frame.scopes.append(name) }
        switch MarkKind(name) {
        case .person: reading.frame.persons.append(exact)
        // "à" and "au" count under the name of "has"; who does it is another matter than where.
        case .tense where name == "a" && isPreposition(at: index): tell("à")
        case .tense: reading.frame.tenses.append(exact)
        case .other: tell(exact)
        }
    }

    /// The name under which the strict rule counts it.
    private func finer(_ name: String, at index: Int) -> String {
        // What happens in monthly meetings does not happen every month; the yearly amount is the amount a year.
        if Self.periods.contains(name), !folded(index).hasSuffix("ment"), reading.asks.first != "quel" {
            return "\(name).kind"
        }
        return part(at: index).map { "\(name).\($0)" } ?? name
    }

    private static let periods: Set<String> = ["paran", "parmois", "parsemaine", "parjour"]

    private mutating func deny(_ name: String, at index: Int, _ length: Int) {
        let part = length == 1 ? grammar.parts[tokens[index].folded] ?? name : name
        switch grammar.language {
        case .french where name == "ne": break
        case .french:
            // "peut ne pas payer" and "ne peut pas payer"; the place tells the rest.
            let isInner = length == 2 && ["ne", "n"].contains(folded(index)) && !reading.frame.tenses.isEmpty
            tell(isInner ? "-ne \(part)" : "-\(part)")
        case .english, .other:
            // English says by "do" what is denied, and by the order of "always" and "not" how much of it.
            let isInner = ["and", "or", "to", "but"].contains(folded(index - 1))
            reading.frame.denials.append(isInner ? "\(part).\(offset + reading.words.count)" : part)
            reading.frame.scopes.append("-")
        }
    }

    /// Which of the words that count under one name it is; "toute les" is meant for "toutes les".
    private func part(at index: Int) -> String? {
        if ["tout", "toute"].contains(folded(index)), folded(index + 1) == "les" { return "tous" }
        return grammar.parts[tokens[index].folded]
    }

    /// "vingt et un".
    private func isAndOne(at index: Int) -> Bool {
        tokens[index].folded == "et" && index + 1 < tokens.count
            && ["un", "une", "onze"].contains(tokens[index + 1].folded)
    }

    private func isAtEdge(_ edge: WordRole.Edge, _ index: Int, _ end: Int) -> Bool {
        switch edge {
        case .any: return (isFresh && !isSubject(before: end) && !isAsking(index, end)) || isEnding(end)
        case .opening: return !hasBegun && (end > index + 1 || isInterjection(before: end))
        case .alone: return !hasBegun && isEnding(end) && folded(index - 1) != "si"
        case .address:
            if isEnding(end), tokens[index].afterComma { return true }
            guard isFresh else { return false }
            let hasGreeting = index > 0 && grammar.words[tokens[index - 1].folded] == .courtesy(.any)
            return hasGreeting || end >= tokens.count || tokens[end].afterComma
        }
    }

    /// What may stand inside or outside of a negation.
    private static let scoping: Set<String> = [
        "always", "often", "sometimes", "still", "already", "yet", "even", "only", "all", "any", "some", "many", "few",
        "more", "less", "most", "much", "several", "enough", "both", "either",
    ]

    private static let limiting: Set<String> = [
        "only", "even", "too", "seulement", "meme", "aussi", "seul", "surtout", "and",
    ]

    /// Nouns that are another thing with another article.
    static let twofold: Set<String> = [
        "tour", "moule", "poste", "livre", "mode", "voile", "manche", "page", "memoire", "somme", "vase", "physique",
        "critique",
        "garde", "aide", "enseigne", "crepe", "pendule", "poele", "solde", "vapeur", "pupille", "cache", "mort",
        "radio", "finale",
        "parallele", "politique", "merci", "boum", "cartouche", "faune", "geste", "guide", "mousse", "ombre", "platine",
        "quadrille",
    ]

    private static let common: Set<String> = [
        "wifi", "fenetre", "fenetres", "porte", "portes", "lumiere", "lumieres", "prise", "prises", "rideau", "rideaux",
        "chauffage",
        "window", "windows", "door", "doors", "light", "lights", "socket", "sockets", "heating", "seat", "seats",
        "board",
        "sortie", "sorties", "ascenseur", "ascenseurs", "fort", "entend", "exit", "exits", "lift", "elevator", "louder",
        "hear",
    ]

    private static let masculine: Set<String> = ["le", "un", "du", "au", "ce", "mon", "ton", "son"]
    private static let feminine: Set<String> = ["la", "une", "cette", "ma", "ta", "sa"]

    private mutating func content(_ token: Token, at index: Int) {
        closeNumber()
        hasBegun = true
        var gender: WordForm.Gender?
        if grammar.language == .french, index > 0 {
            let before = tokens[index - 1].folded
            gender = Self.masculine.contains(before) ? .masculine : Self.feminine.contains(before) ? .feminine : nil
            if let gender, Self.twofold.contains(token.folded) {
                reading.marks.append("\(token.folded).\(gender == .masculine ? "m" : "f")")
            }
        }
        var amount: Word.Amount?
        if grammar.language == .french, !["price", "combien"].contains(reading.asks.first) {
            amount = ["un", "une"].contains(folded(index - 1)) ? .one : folded(index - 1) == "les" ? .all : nil
        }
        let entry = vocabulary.entry(token.text, grammar.language)
        // Accents that no dictionary knows are a slip, and the word without may be another one.
        let isWrong = token.isMisspelled || Self.isMarkedWrongly(token.text, entry.spelled)
        let isKnown = entry.isKnown && !isWrong
        if grammar.roomWords.contains(token.folded) || Self.common.contains(token.folded), !hasOwner(at: index) {
            // Many places have a network and windows; a short question means those here.
            if Self.common.contains(token.folded) { isMaybeOfRoom = true } else { reading.isOfRoom = true }
        }
        reading.words.append(
            Word(
                text: token.text, folded: token.folded, stem: entry.stem, isKnown: isKnown,
                isSpelled: isKnown && entry.spelled == token.text, lemmas: entry.lemmas,
                isName: token.isCapital && !entry.isKnown, position: token.word, forms: entry.forms,
                isProper: entry.isProper, gender: gender, amount: amount))
    }

    /// Whether an accent was typed where the dictionary has another one or none; fewer than it has is how phones write.
    private static func isMarkedWrongly(_ typed: String, _ spelled: String) -> Bool {
        guard typed != spelled, typed.utf8.contains(where: { $0 >= 0x80 }), typed.count == spelled.count else {
            return false
        }
        return zip(typed, spelled).contains { $0 != $1 && !$0.isASCII }
    }

    /// "la salle des fêtes", "les toilettes de l'école" are no part of the room.
    func hasOwner(at index: Int) -> Bool {
        index + 1 < tokens.count && ["de", "des", "du", "d", "of"].contains(tokens[index + 1].folded)
    }

    // MARK: Numbers

    static func digits(_ text: String) -> Int? {
        guard text.utf8.count <= 12, text.unicodeScalars.allSatisfy(Letters.isDigit) else { return nil }
        return Int(text)
    }

    private static func isShortNumber(_ text: String) -> Bool { text.utf8.count <= 3 && digits(text) != nil }

    private mutating func add(_ value: Int) {
        if number?.append(value) == true { return }
        closeNumber()
        number = SpelledNumber(word: value)
    }

    private mutating func closeNumber() {
        guard let number else { return }
        let text = String(number.value)
        reading.numbers.append(text)
        tell(text)
        reading.spots.append(Spot(name: text, position: numberWord))
        self.number = nil
    }
}
