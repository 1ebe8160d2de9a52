/// What a question asks for, roughly; several at once are possible.
struct Kinds: OptionSet, Sendable {
    let rawValue: UInt16

    static let time = Kinds(rawValue: 1)
    static let price = Kinds(rawValue: 2)
    static let count = Kinds(rawValue: 4)
    static let duration = Kinds(rawValue: 8)
    static let frequency = Kinds(rawValue: 16)
    static let place = Kinds(rawValue: 32)
    static let reason = Kinds(rawValue: 64)
    static let manner = Kinds(rawValue: 128)
    static let person = Kinds(rawValue: 256)
    static let thing = Kinds(rawValue: 512)
    static let yesNo = Kinds(rawValue: 1024)

    private static let byWord: [String: Kinds] = [
        "quand": .time, "heure": .time, "apartir": .time, "apartirheure": .time, "jusque": .time, "jusqueheure": .time,
        "depuis": .time, "when": .time, "whattime": .time, "whatday": .time, "from": .time, "until": .time,
        "since": .time,
        "combien": .count, "fois": .count, "howmany": .count, "howmuch": .price, "howbig": .count, "howfar": .count,
        "duree": .duration, "howlong": .duration, "frequence": .frequency, "howoften": .frequency,
        "ou": .place, "dou": .place, "parou": .place, "jusquou": .place, "where": .place,
        "pourquoi": .reason, "why": .reason, "comment": .manner, "how": .manner, "qui": .person, "who": .person,
        "whose": .person,
        "que": .thing, "quel": .thing, "lequel": .thing, "what": .thing, "which": .thing,
    ]

    /// Words of contents that tell what is asked for.
    private static let hints: [(kind: Kinds, words: Set<String>)] = [
        (
            .price,
            [
                "cout", "couter", "prix", "tarif", "montant", "payer", "payant", "budget", "cher", "gratuit", "euro",
                "depenser", "facture", "cost", "price", "fee", "pay", "budget", "expensive", "free", "charge", "bill",
                "revenir",
            ]
        ),
        (
            .time,
            [
                "date", "heure", "horaire", "calendrier", "echeance", "delai", "jour", "debut", "commencer", "demarrer",
                "debuter", "date", "time", "day", "deadline", "schedule", "calendar", "start", "begin", "bientot",
                "prevu",
            ]
        ),
        (.duration, ["duree", "durer", "longtemps", "duration", "last", "validite", "attente", "attendre"]),
        (.frequency, ["frequence", "frequency", "rythme"]),
        (.count, ["nombre", "effectif", "quantite", "number", "amount", "total"]),
        (.place, ["lieu", "endroit", "adresse", "emplacement", "place", "location", "address"]),
        (.reason, ["raison", "cause", "motif", "reason", "cause", "why"]),
        (.manner, ["procedure", "demarche", "methode", "moyen", "procedure", "process", "way", "method", "step"]),
        (.person, ["responsable", "auteur", "charge", "responsible", "author", "owner"]),
    ]

    /// From the question words, and where these leave it open, from the words of contents.
    init(_ reading: Reading) {
        var kinds: Kinds = []
        for ask in reading.asks { kinds.formUnion(Self.byWord[ask] ?? .thing) }
        if kinds.isEmpty || kinds == .thing || kinds == .count {
            for word in reading.words {
                for hint in Self.hints
                where hint.words.contains(word.folded) || word.lemmas.contains(where: hint.words.contains) {
                    kinds.formUnion(hint.kind)
                }
            }
            if kinds.contains(.price) { kinds.remove(.count) }
        }
        if reading.asks.isEmpty { kinds.formUnion(.yesNo) }
        self = kinds
    }

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What one word of contents wants to know, whatever the question word.
    init(hinted word: Word) {
        var kinds: Kinds = []
        for hint in Self.hints + Self.sideHints
        where hint.words.contains(word.folded) || word.lemmas.contains(where: hint.words.contains) {
            kinds.formUnion(hint.kind)
        }
        self = kinds
    }

    /// Too vague to tell the kind of a question, but no difference from one of that kind.
    private static let sideHints: [(kind: Kinds, words: Set<String>)] = [
        (.duration, ["delai", "temps"]), (.place, ["trouver"]),
    ]
}

/// A question as it is compared: numbers for words, for few bytes and fast comparison.
struct Sketch: Sendable {
    var words: [Int32]
    /// Concepts of expressions of several words, with the bits of their words.
    var expressions: [(concept: Int32, bits: UInt64)]
    var kinds: Kinds
    var asks: [UInt32]
    var marks: [UInt32]
    var numbers: [UInt32]
    var language: Language
    var isDenied: Bool
    var isOfRoom: Bool
    var questions: UInt8
    /// Bits of the words that are names.
    var names: UInt64

    /// What kinds of answer it may want, by its words too.
    var answers: Kinds
    /// Bits of who is spoken of.
    var persons: UInt16 = 0
    /// The place of the first word of contents behind the question word; −1 where there is none.
    var focus: Int8 = -1

    /// Whether the last word may go on.
    var isTyping = false

    init(_ reading: Reading, _ lexicon: Lexicon, _ table: inout WordTable) {
        let kept = reading.words.prefix(40)
        words = []
        for word in kept { words.append(table.id(of: word, reading.language)) }
        expressions = Self.expressions(in: Array(kept), lexicon)
        kinds = Kinds(reading)
        asks = reading.asks.map { WordTable.hash(Array($0.utf8)[...]) }.sorted()
        marks = reading.marks.map { WordTable.hash(Array($0.utf8)[...]) }.sorted()
        numbers = reading.numbers.map { WordTable.hash(Array($0.utf8)[...]) }.sorted()
        language = reading.language
        isDenied = !reading.denials.isEmpty
        isOfRoom = reading.isOfRoom
        questions = UInt8(clamping: reading.questions)
        names = 0
        for (index, word) in kept.enumerated() where word.isName { names |= 1 << UInt64(index) }
        answers = words.reduce(kinds) { $0.union(table.infos[Int($1)].answers) }
        for person in reading.frame.persons {
            let name = person.prefix { $0 != "." }
            persons |= 1 << UInt16(Self.persons.firstIndex { $0 == name } ?? Self.persons.count)
        }
        let asked = reading.spots.filter { reading.asks.contains($0.name) }.map(\.position).min()
        if let asked, let place = kept.firstIndex(where: { $0.position > asked }) { focus = Int8(place) }
    }

    private static let persons = ["moi", "toi", "nous", "on", "vous", "lui", "se", "me", "you", "us", "them"]

    private static func expressions(in words: [Word], _ lexicon: Lexicon) -> [(concept: Int32, bits: UInt64)] {
        let numbers = words.map { word in
            lexicon.numbers(of: [word.folded] + word.lemmas.filter { $0 != word.folded })
        }
        var found: [(concept: Int32, bits: UInt64)] = []
        for index in words.indices {
            for start in numbers[index] {
                for (length, concepts) in lexicon.expressions(at: index, from: start, in: numbers) {
                    let bits = ((UInt64(1) << UInt64(length)) - 1) << UInt64(index)
                    for concept in concepts where !found.contains(where: { $0.concept == concept }) {
                        found.append((concept, bits))
                    }
                }
            }
        }
        return found
    }
}
