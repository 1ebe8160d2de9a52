/// All distinct words that the questions of an event use, each with what it is compared by.
struct WordTable {
    struct Info {
        var folded: [UInt8]
        var language: Language
        var stem: Int32
        var lemmas: [Int32]
        var concepts: [Int32]
        var isKnown: Bool
        /// Hashes of the four-letter pieces of the word with its edges, sorted.
        var grams: [UInt32]
        /// How often the language uses it, as a share of questions.
        var prior: Float
        /// Whether it names something, and whether it can only be a verb, as far as dictionaries tell.
        var isNominal: Bool
        var isVerbal: Bool
        /// The kinds of answer that the word itself asks for, as "price" and "date" do.
        var answers: Kinds
    }

    private(set) var infos: [Info] = []
    private var ids: [String: Int32] = [:]
    private var keys: [String] = []
    private var names: [String: Int32] = [:]
    private var nameTexts: [String] = []
    /// Words by what they share, for finding the alike.
    private var byStem: [Int32: [Int32]] = [:]
    private var byLemma: [Int32: [Int32]] = [:]
    private var byConcept: [Int32: [Int32]] = [:]
    private var byStart: [UInt32: [Int32]] = [:]
    private var byThree: [UInt32: [Int32]] = [:]
    private var byFirst: [UInt8: [Int32]] = [:]
    private let lexicon: Lexicon
    private let commonness: [String: Float]

    init(_ resources: LanguageResources) {
        lexicon = resources.lexicon
        commonness = resources.commonness
    }

    /// The number of a word, which is new if need be.
    mutating func id(of word: Word, _ language: Language) -> Int32 {
        let key = language.rawValue + word.text
        if let id = ids[key] { return id }
        let id = Int32(infos.count)
        ids[key] = id
        keys.append(key)
        let info = makeInfo(word, language)
        infos.append(info)
        byStem[info.stem, default: []].append(id)
        for lemma in info.lemmas { byLemma[lemma, default: []].append(id) }
        for concept in info.concepts { byConcept[concept, default: []].append(id) }
        if info.folded.count >= 5 { byStart[Self.hash(info.folded[0..<5]), default: []].append(id) }
        if let first = info.folded.first { byFirst[first, default: []].append(id) }
        if info.folded.count >= 3 { byThree[Self.hash(info.folded[0..<3]), default: []].append(id) }
        return id
    }

    /// What a word is compared by, without taking it in.
    mutating func makeInfo(_ word: Word, _ language: Language) -> Info {
        var concepts = lexicon.concepts(of: word.folded)
        for lemma in word.lemmas where lemma != word.folded {
            for concept in lexicon.concepts(of: lemma) where !concepts.contains(concept) { concepts.append(concept) }
        }
        let folded = Array(word.folded.utf8)
        let isNoun = word.forms.contains(where: \.isNoun)
        let isVerb = word.forms.contains(where: \.isVerb)
        return Info(
            folded: folded, language: language, stem: name("s" + word.stem), lemmas: word.lemmas.map { name("l" + $0) },
            concepts: Array(concepts.prefix(Self.conceptsKept)), isKnown: word.isKnown, grams: Self.grams(folded),
            prior: commonness[word.stem] ?? 0.003,
            isNominal: isNoun || !isVerb && !word.forms.contains(where: \.isAdjective), isVerbal: isVerb && !isNoun,
            answers: Kinds(hinted: word))
    }

    /// Of a word that means many things; a bound for what one word can cost.
    private static let conceptsKept = 16

    private mutating func name(_ text: String) -> Int32 {
        if let id = names[text] { return id }
        let id = Int32(names.count)
        names[text] = id
        nameTexts.append(text)
        return id
    }

    /// How much the table holds, to go back to.
    struct Extent {
        fileprivate var words: Int
        fileprivate var names: Int
    }

    var extent: Extent { Extent(words: infos.count, names: nameTexts.count) }

    /// Forgets what came since: what strangers type must not stay.
    mutating func shrink(to extent: Extent) {
        while infos.count > extent.words, let info = infos.popLast(), let key = keys.popLast() {
            let id = Int32(infos.count)
            ids[key] = nil
            Self.drop(id, from: &byStem, info.stem)
            for lemma in info.lemmas { Self.drop(id, from: &byLemma, lemma) }
            for concept in info.concepts { Self.drop(id, from: &byConcept, concept) }
            if info.folded.count >= 5 { Self.drop(id, from: &byStart, Self.hash(info.folded[0..<5])) }
            if let first = info.folded.first { Self.drop(id, from: &byFirst, first) }
            if info.folded.count >= 3 { Self.drop(id, from: &byThree, Self.hash(info.folded[0..<3])) }
        }
        while nameTexts.count > extent.names, let text = nameTexts.popLast() { names[text] = nil }
    }

    private static func drop<Key>(_ id: Int32, from lists: inout [Key: [Int32]], _ key: Key) {
        guard lists[key]?.last == id else { return }
        lists[key]?.removeLast()
        if lists[key]?.isEmpty == true { lists[key] = nil }
    }

    /// Words of the event that may mean what this one does, each once, itself among them.
    func alike(_ info: Info) -> [Int32] {
        var found = byStem[info.stem] ?? []
        for lemma in info.lemmas { found += byLemma[lemma] ?? [] }
        for concept in info.concepts { found += byConcept[concept] ?? [] }
        if info.folded.count >= 5 { found += (byStart[Self.hash(info.folded[0..<5])] ?? []).prefix(64) }
        return Array(Set(found)).sorted()
    }

    /// Words that a beginning may become, with how much of each is there: at most `completionsKept`, the latest of them.
    func completions(_ folded: [UInt8]) -> [(word: Int32, likeness: Float)] {
        guard let first = folded.first else { return [] }
        let among = folded.count >= 3 ? byThree[Self.hash(folded[0..<3])] : byFirst[first]
        var found: [(word: Int32, likeness: Float)] = []
        for id in (among ?? []).reversed() {
            let other = infos[Int(id)].folded
            guard other.count >= folded.count, other.starts(with: folded) else { continue }
            found.append((id, 0.4 + 0.55 * Float(folded.count) / Float(other.count)))
            if found.count == Self.completionsKept { break }
        }
        return found
    }

    private static let completionsKept = 100

    /// How much of one word is in the other: 1 for the same, 0 for nothing in common.
    func likeness(_ a: Info, _ b: Info) -> Float {
        if a.folded == b.folded { return 1 }
        if a.language == b.language {
            if a.lemmas.contains(where: b.lemmas.contains) { return 0.97 }
            if a.stem == b.stem { return 0.92 }
        }
        if a.concepts.contains(where: b.concepts.contains) { return 0.85 }
        let length = min(a.folded.count, b.folded.count)
        if length >= 4, a.isKnown != b.isKnown || a.language != b.language {
            let limit = length >= 8 ? 2 : 1
            let distance = Letters.distance(a.folded, b.folded, limit: limit)
            if distance <= limit { return distance == 1 ? 0.9 : 0.75 }
        }
        guard length >= 4, a.folded[0] == b.folded[0] else { return 0 }
        let dice = Self.dice(a.grams, b.grams)
        return dice >= 0.5 ? 0.7 * dice : length >= 5 && a.folded[0..<5] == b.folded[0..<5] ? 0.35 : 0
    }

    static func dice(_ a: [UInt32], _ b: [UInt32]) -> Float {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        return 2 * Float(common(a, b)) / Float(a.count + b.count)
    }

    /// How many numbers two sorted lists share.
    static func common(_ a: [UInt32], _ b: [UInt32]) -> Int {
        var i = 0
        var j = 0
        var shared = 0
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                shared += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return shared
    }

    private static func grams(_ folded: [UInt8]) -> [UInt32] {
        let padded = [0x20] + folded + [0x20]
        guard padded.count >= 4 else { return [hash(padded[...])] }
        return Array(Set((0...(padded.count - 4)).map { hash(padded[$0..<($0 + 4)]) })).sorted()
    }

    /// FNV-1a of 32 bits.
    static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash
    }
}

extension WordForm {
    fileprivate var isNoun: Bool { if case .noun = kind { true } else { false } }
    fileprivate var isVerb: Bool { if case .verb = kind { true } else { false } }
    fileprivate var isAdjective: Bool { kind == .adjective }
}
