/// What each of two questions has that the other lacks, by the part it plays: the closest hard pairs share a topic and
/// differ in what is asked of it, and true rewordings differ in verbs and in words that only say what kind of answer is wanted.
struct Contrast {
    static let names = [
        "nouns_min", "nouns_max", "verbs_min", "verbs_max", "noun_left_min", "noun_left_max", "verb_left_max",
        "left_min", "left_max", "sense_min", "sense_dice", "answers_alike", "last_matched", "heaviest_alike",
        "heaviest_matched", "second_matched", "persons_dice", "focus_matched", "agreement", "left_query",
        "left_other",
    ]

    /// One of the two questions.
    struct Side {
        var sketch: Sketch
        var infos: [WordTable.Info]
        /// What each word tells, inflections counted as one.
        var weights: [Float]
        /// How well each word is matched by the other question.
        var value: [Float]

        fileprivate var total: Float { max(0.01, weights.reduce(0, +)) }

        /// The sum of the weights of words that found no partner.
        fileprivate var left: Float {
            weights.indices.reduce(Float(0)) { value[$1] < 0.5 ? $0 + weights[$1] : $0 }
        }

        /// The share of the words chosen that is matched; below zero where there are none.
        fileprivate func cover(_ isChosen: (WordTable.Info) -> Bool) -> Float {
            var all: Float = 0
            var matched: Float = 0
            for index in infos.indices where isChosen(infos[index]) {
                all += weights[index]
                matched += weights[index] * value[index]
            }
            return all > 0 ? matched / all : -1
        }

        /// The heaviest of the words chosen that found no partner.
        fileprivate func worst(_ isChosen: (WordTable.Info) -> Bool) -> Float {
            infos.indices.reduce(Float(0)) {
                value[$1] < 0.5 && isChosen(infos[$1]) ? max($0, weights[$1]) : $0
            }
        }

        /// The heaviest word with so good a partner.
        fileprivate func heaviest(from floor: Float) -> Float {
            weights.indices.reduce(Float(0)) { value[$1] >= floor ? max($0, weights[$1]) : $0 }
        }

        /// How well the question is covered when "price" counts as said by "how much".
        fileprivate func sense(_ other: Sketch) -> Float {
            var matched: Float = 0
            for index in infos.indices {
                let isImplied = !infos[index].answers.isDisjoint(with: other.answers)
                matched += weights[index] * (isImplied ? max(value[index], 0.85) : value[index])
            }
            return matched / total
        }

        /// Close to one when no word that tells much is left over.
        fileprivate var agreement: Float {
            weights.indices.reduce(Float(1)) { $0 * (1 - (1 - value[$1]) * min(1, 2 * weights[$1] / total)) }
        }

        /// The match of the word that the question word asks about, as far as there is one.
        fileprivate var focus: Float {
            let place = Int(sketch.focus)
            return value.indices.contains(place) ? value[place] : 0.5
        }

        /// The match of the word that tells most but one; of the only one where there is one.
        fileprivate var second: Float {
            let order = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
            return order.count > 1 ? value[order[1]] : value.first ?? 0
        }
    }

    private(set) var values: [Float] = []

    init(_ query: Side, _ other: Side) {
        values.reserveCapacity(Self.names.count)
        let nominal = { (info: WordTable.Info) in info.isNominal }
        let verbal = { (info: WordTable.Info) in info.isVerbal }
        both(query.cover(nominal), other.cover(nominal))
        both(query.cover(verbal), other.cover(verbal))
        both(query.worst(nominal), other.worst(nominal))
        values.append(max(query.worst(verbal), other.worst(verbal)))
        let left = (query.left, other.left)
        both(left.0 / query.total, left.1 / other.total)
        let sense = (query.sense(other.sketch), other.sense(query.sketch))
        values += [min(sense.0, sense.1), 2 * sense.0 * sense.1 / max(0.01, sense.0 + sense.1)]
        values.append(Self.likeAnswers(query.sketch, other.sketch))
        values += [query.value.last ?? 0, query.heaviest(from: 0.8), query.heaviest(from: 0.5), query.second]
        values.append(Self.dice(query.sketch.persons, other.sketch.persons))
        values += [query.focus + other.focus, query.agreement * other.agreement, left.0, left.1]
    }

    /// Which side is the fuller says nothing: questions are as often repeated shorter as longer.
    private mutating func both(_ a: Float, _ b: Float) { values += [min(a, b), max(a, b)] }

    private static func dice(_ a: UInt16, _ b: UInt16) -> Float {
        let total = a.nonzeroBitCount + b.nonzeroBitCount
        return total == 0 ? 1 : 2 * Float((a & b).nonzeroBitCount) / Float(total)
    }

    /// Whether the two want an answer of one kind, or of kinds that one answer may serve.
    static func likeAnswers(_ a: Sketch, _ b: Sketch) -> Float {
        if !a.kinds.isDisjoint(with: b.kinds) { return 1 }
        if !a.answers.isDisjoint(with: b.answers) { return 0.7 }
        let isNear = near.contains { one, other in
            a.answers.contains(one) && b.answers.contains(other) || a.answers.contains(other) && b.answers.contains(one)
        }
        return isNear ? 0.5 : 0
    }

    /// "How much" is asked of prices, "when" is answered by a delay, "who" by a name of a thing.
    private static let near: [(Kinds, Kinds)] = [
        (.count, .price), (.time, .duration), (.frequency, .duration), (.person, .thing), (.manner, .reason),
        (.time, .frequency),
    ]
}
