/// How two questions compare, as numbers for the ranker. The order is the one of the weights.
struct Features {
    /// With those of the place among all that were found.
    static let names = ofPair + Company.names

    private static let ofPair: [String] =
        [
            "cover_query", "cover_other", "cover_min", "cover_dice", "exact_query", "exact_other", "exact_dice",
            "loose_query", "unmatched_query_max", "unmatched_other_max", "unmatched_query", "unmatched_other",
            "gram_dice", "asks_same", "asks_conflict", "kinds_same", "kinds_disjoint", "kinds_overlap", "one_asks",
            "numbers_same", "numbers_conflict", "numbers_one_side", "denial_differs", "opposites", "marks_dice",
            "marks_only_query", "marks_only_other", "other_room", "order", "turned", "length_ratio", "length_min",
            "length_max",
            "names_conflict", "name_shared", "other_language", "concepts", "rarest_matched", "matched", "expressions",
            "questions_differ", "typing", "words_query", "language", "times_asked",
        ] + Contrast.names

    /// What lies behind the numbers, for saying why.
    struct Match {
        var values: [Float]
        /// Bits of words that found no partner.
        var unmatchedQuery: UInt64
        var unmatchedOther: UInt64
        var hasSynonyms: Bool
        var hasOpposites: Bool
        /// The other question, for comparing it with more.
        var side: Contrast.Side

        /// How alike the two are at first sight: what the places among the found are told by. Not the forest's word, for
        /// what that learned of these very questions would be too sure.
        var likeness: Float {
            Features.likeness.reduce(Features.likenessBase) { $0 + $1.weight * values[$1.index] }
        }

        /// How many letters, by fours, the two share.
        var letters: Float { values[12] }

        /// Whether hardly anything of either is left without its like.
        var coversBoth: Bool { values[2] >= 0.95 }

        /// Whether the two have the same words with the nouns in another order: who does it to whom.
        var turnsNouns: Bool { coversBoth && values[Features.turned] > 0 }
    }

    private static let turned = ofPair.firstIndex(of: "turned") ?? 0
    private static let likenessBase: Float = -5.64

    /// A logistic line over few features, fitted once to the sets own-a, own-b and own-c (`train-ranker.py --likeness`);
    /// fitted to others it says the same.
    private static let likeness: [(index: Int, weight: Float)] = [
        ("sense_dice", 3.82), ("cover_dice", 3.88), ("gram_dice", -1.47), ("answers_alike", 1.96), ("left_max", 1.27),
        ("numbers_conflict", -0.85), ("opposites", -0.79), ("order", -1.47),
    ].compactMap { name, weight in ofPair.firstIndex(of: name).map { ($0, weight) } }

    private let query: Sketch
    private let sought: [QuestionIndex.Sought]
    private let infos: [WordTable.Info]
    private let queryGrams: [UInt32]
    private var known: [[Int32: Float]]
    private let stemWeights: [Float]

    init(_ query: Sketch, _ sought: [QuestionIndex.Sought], _ index: QuestionIndex) {
        self.query = query
        self.sought = sought
        infos = query.words.map { index.words.infos[Int($0)] }
        queryGrams = Self.grams(infos)
        stemWeights = query.words.map(index.stemWeight)
        known = sought.map { Dictionary($0.alike.map { ($0.word, $0.likeness) }) { first, _ in first } }
    }

    private static func grams(_ infos: [WordTable.Info]) -> [UInt32] { infos.flatMap(\.grams).sorted() }

    private mutating func likeness(_ i: Int, _ other: Int32, _ info: WordTable.Info, _ index: QuestionIndex) -> Float {
        if let value = known[i][other] { return value }
        let value = index.words.likeness(infos[i], info)
        known[i][other] = value
        return value
    }

    mutating func match(_ other: Sketch, isOtherRoom: Bool, timesAsked: Int, _ index: QuestionIndex) -> Match {
        let theirs = other.words.map { index.words.infos[Int($0)] }
        let n = query.words.count
        let m = theirs.count
        var partner = [Int](repeating: -1, count: n)
        var value = [Float](repeating: 0, count: n)
        var taken = [Bool](repeating: false, count: m)
        var pairs: [(Float, Int, Int)] = []
        for i in 0..<n {
            for j in 0..<m {
                let like = likeness(i, other.words[j], theirs[j], index)
                if like >= 0.3 { pairs.append((like - 0.001 * Float(abs(i - j)), i, j)) }
            }
        }
        pairs.sort { ($0.0, $1.1, $1.2) > ($1.0, $0.1, $0.2) }
        for (like, i, j) in pairs where partner[i] < 0 && !taken[j] {
            partner[i] = j
            value[i] = like
            taken[j] = true
        }
        var theirValue = [Float](repeating: 0, count: m)
        for i in 0..<n where partner[i] >= 0 { theirValue[partner[i]] = value[i] }
        let shared = expressions(other, theirs, &value, &theirValue)
        let ours = sought.map(\.weight)
        let weights = other.words.map { index.weight($0) }
        var values: [Float] = []
        values.reserveCapacity(Self.names.count)
        let total = max(0.01, ours.reduce(0, +))
        let theirTotal = max(0.01, weights.reduce(0, +))
        var cover: Float = 0, theirCover: Float = 0, exact: Float = 0, theirExact: Float = 0, loose: Float = 0
        var unmatched: UInt64 = 0, theirUnmatched: UInt64 = 0
        var worst: Float = 0, theirWorst: Float = 0
        for i in 0..<n {
            cover += ours[i] * value[i]
            if value[i] >= 0.9 { exact += ours[i] }
            if value[i] >= 0.3 { loose += ours[i] }
            if value[i] < 0.5 {
                unmatched |= 1 << UInt64(min(i, 63))
                worst = max(worst, ours[i])
            }
        }
        for j in 0..<m {
            theirCover += weights[j] * theirValue[j]
            if theirValue[j] >= 0.9 { theirExact += weights[j] }
            if theirValue[j] < 0.5 {
                theirUnmatched |= 1 << UInt64(min(j, 63))
                theirWorst = max(theirWorst, weights[j])
            }
        }
        let a = cover / total, b = theirCover / theirTotal
        let ea = exact / total, eb = theirExact / theirTotal
        values += [
            a, b, min(a, b), 2 * a * b / max(0.01, a + b), ea, eb, 2 * ea * eb / max(0.01, ea + eb), loose / total,
        ]
        values += [worst, theirWorst, Float(unmatched.nonzeroBitCount), Float(theirUnmatched.nonzeroBitCount)]
        values.append(Self.multisetDice(queryGrams, Self.grams(theirs)))
        values += asks(other)
        values += numbers(other)
        let opposed = opposites(theirs, unmatched, theirUnmatched, index) || marksOppose(other)
        values += [query.isDenied != other.isDenied ? 1 : 0, opposed ? 1 : 0]
        values += marks(other)
        values.append(isOtherRoom && (query.isOfRoom || other.isOfRoom) ? 1 : 0)
        // The same nouns in another order tell who does it to whom; in another language they tell nothing.
        let nouns = Self.order(partner.indices.filter { infos[$0].isNominal }.map { partner[$0] })
        values.append(Self.order(partner))
        values.append(query.language == other.language ? 2 * a * b / max(0.01, a + b) * (1 - nouns) : 0)
        values += [Float(min(n, m)) / Float(max(1, max(n, m))), Float(min(n, m)), Float(max(n, m))]
        values += names(other, value, theirValue, unmatched, theirUnmatched)
        values.append(query.language != other.language ? 1 : 0)
        let bySense = value.count { $0 >= 0.8 && $0 < 0.9 }
        values.append(Float(bySense) / Float(max(1, n)))
        let rarest = ours.indices.max { ours[$0] < ours[$1] }
        values.append(rarest.map { value[$0] } ?? 0)
        values.append(cover)
        values.append(Float(shared))
        values.append(query.questions != other.questions ? 1 : 0)
        values += [query.isTyping ? 1 : 0, Float(n), query.language == .english ? 1 : 0, Float(min(timesAsked, 10))]
        let ourSide = Contrast.Side(sketch: query, infos: infos, weights: stemWeights, value: value)
        let theirSide = Contrast.Side(
            sketch: other, infos: theirs, weights: other.words.map(index.stemWeight), value: theirValue)
        values += Contrast(ourSide, theirSide).values
        return Match(
            values: values, unmatchedQuery: unmatched, unmatchedOther: theirUnmatched, hasSynonyms: bySense > 0,
            hasOpposites: opposed, side: theirSide)
    }

    /// An expression on one side may be one word on the other.
    private func expressions(
        _ other: Sketch, _ theirs: [WordTable.Info], _ value: inout [Float], _ theirValue: inout [Float]
    ) -> Int {
        var shared = 0
        for (concept, bits) in query.expressions {
            var isThere = false
            for j in theirs.indices where theirs[j].concepts.contains(concept) {
                theirValue[j] = max(theirValue[j], 0.85)
                isThere = true
            }
            for (theirConcept, theirBits) in other.expressions where theirConcept == concept {
                for j in theirs.indices where j < 64 && theirBits & (1 << UInt64(j)) != 0 {
                    theirValue[j] = max(theirValue[j], 0.85)
                }
                isThere = true
            }
            guard isThere else { continue }
            shared += 1
            for i in value.indices where i < 64 && bits & (1 << UInt64(i)) != 0 { value[i] = max(value[i], 0.85) }
        }
        for (concept, bits) in other.expressions {
            for i in infos.indices where infos[i].concepts.contains(concept) {
                value[i] = max(value[i], 0.85)
                for j in theirs.indices where j < 64 && bits & (1 << UInt64(j)) != 0 {
                    theirValue[j] = max(theirValue[j], 0.85)
                }
                shared += 1
            }
        }
        return shared
    }

    private func asks(_ other: Sketch) -> [Float] {
        let same = query.asks == other.asks
        let conflict =
            !query.asks.isEmpty && !other.asks.isEmpty && WordTable.common(query.asks, other.asks) == 0
            && query.language == other.language
        let overlap = query.kinds.intersection(other.kinds)
        return [
            same ? 1 : 0, conflict ? 1 : 0, query.kinds == other.kinds ? 1 : 0, overlap.isEmpty ? 1 : 0,
            Float(overlap.rawValue.nonzeroBitCount)
                / Float(max(1, query.kinds.union(other.kinds).rawValue.nonzeroBitCount)),
            query.asks.isEmpty != other.asks.isEmpty ? 1 : 0,
        ]
    }

    private func numbers(_ other: Sketch) -> [Float] {
        let both = !query.numbers.isEmpty && !other.numbers.isEmpty
        return [
            both && query.numbers == other.numbers ? 1 : 0, both && query.numbers != other.numbers ? 1 : 0,
            query.numbers.isEmpty != other.numbers.isEmpty ? 1 : 0,
        ]
    }

    private func marks(_ other: Sketch) -> [Float] {
        guard query.language == other.language else { return [0.5, 0, 0] }
        let shared = WordTable.common(query.marks, other.marks)
        let total = query.marks.count + other.marks.count
        return [
            total == 0 ? 1 : 2 * Float(shared) / Float(total), Float(query.marks.count - shared),
            Float(other.marks.count - shared),
        ]
    }

    private func names(
        _ other: Sketch, _ value: [Float], _ theirValue: [Float], _ unmatched: UInt64, _ theirUnmatched: UInt64
    ) -> [Float] {
        let ours = query.names & unmatched
        let theirs = other.names & theirUnmatched
        let isShared = value.indices.contains { $0 < 64 && query.names & (1 << UInt64($0)) != 0 && value[$0] >= 0.9 }
        return [ours != 0 && theirs != 0 ? 1 : 0, isShared ? 1 : 0]
    }

    private func opposites(
        _ theirs: [WordTable.Info], _ unmatched: UInt64, _ theirUnmatched: UInt64, _ index: QuestionIndex
    ) -> Bool {
        for i in infos.indices where i < 64 && unmatched & (1 << UInt64(i)) != 0 {
            let one = String(decoding: infos[i].folded, as: UTF8.self)
            for j in theirs.indices where j < 64 && theirUnmatched & (1 << UInt64(j)) != 0 {
                if index.lexicon.areOpposed(one, String(decoding: theirs[j].folded, as: UTF8.self)) { return true }
            }
        }
        return false
    }

    private func marksOppose(_ other: Sketch) -> Bool {
        guard query.language == other.language else { return false }
        for (a, b) in Self.opposedMarks {
            let here = (query.marks.contains(a), query.marks.contains(b))
            let there = (other.marks.contains(a), other.marks.contains(b))
            if here.0 && !here.1 && there.1 && !there.0 || here.1 && !here.0 && there.0 && !there.1 { return true }
        }
        return false
    }

    private static let opposedMarks: [(UInt32, UInt32)] = [
        ("avant", "apres"), ("avec", "sans"), ("plus", "moins"), ("peut", "doit"), ("peut", "faut"),
        ("pourra", "faudra"),
        ("pourra", "devra"), ("depuis", "jusque"), ("vers", "depuis"), ("sur", "sous"), ("tout", "aucun"), ("a", "va"),
        ("a", "aura"), ("etait", "sera"), ("contre", "pour"), ("encore", "deja"),
        ("before", "after"), ("with", "without"), ("more", "less"), ("more", "fewer"), ("can", "must"),
        ("can", "haveto"),
        ("for", "against"), ("did", "will"), ("has", "will"), ("was", "will"), ("all", "some"), ("from", "to"),
        ("can", "should"),
    ].map { (WordTable.hash(Array($0.0.utf8)[...]), WordTable.hash(Array($0.1.utf8)[...])) }

    /// The longest run of partners in ascending order, as a share of all.
    private static func order(_ partner: [Int]) -> Float {
        let found = partner.filter { $0 >= 0 }
        guard found.count > 1 else { return 1 }
        var lengths = [Int](repeating: 1, count: found.count)
        for i in found.indices {
            for j in 0..<i where found[j] < found[i] { lengths[i] = max(lengths[i], lengths[j] + 1) }
        }
        return Float(lengths.max() ?? 1) / Float(found.count)
    }

    private static func multisetDice(_ a: [UInt32], _ b: [UInt32]) -> Float {
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        return 2 * Float(WordTable.common(a, b)) / Float(a.count + b.count)
    }
}
