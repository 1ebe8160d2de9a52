/// All questions of an event, found by what they are about. Cost is bounded by a budget and not by their number.
struct QuestionIndex {
    let lexicon: Lexicon
    private(set) var words: WordTable
    private(set) var sketches: [Sketch?] = []
    /// Numbers of questions by word, in order of arrival.
    private var byWord: [[Int32]] = []
    private var byExpression: [Int32: [Int32]] = [:]
    /// Numbers by question word and by function word, for texts that name nothing yet.
    private var byManner: [UInt32: [Int32]] = [:]
    /// How many questions use a stem, by its number.
    private var byStem: [Int32] = []
    private(set) var count = 0
    // Scores of one search, kept between searches so that none has to be made anew.
    private var scores: [Float] = []
    /// How many words of contents each question has, apart from the sketches: a search reads it thousands of times.
    private var lengths: [UInt8] = []

    init(_ resources: LanguageResources) {
        lexicon = resources.lexicon
        words = WordTable(resources)
    }

    /// What a text is compared by; its words are taken into the table.
    mutating func sketch(_ reading: Reading) -> Sketch {
        let sketch = Sketch(reading, lexicon, &words)
        while byWord.count < words.infos.count { byWord.append([]) }
        return sketch
    }

    /// How many words the index holds, to go back to once a text was searched for that nobody asked.
    var extent: WordTable.Extent { words.extent }

    mutating func shrink(to extent: WordTable.Extent) {
        words.shrink(to: extent)
        byWord.removeLast(byWord.count - words.infos.count)
    }

    /// Takes in a question, or takes it in anew; numbers are 1, 2, 3 ….
    mutating func insert(_ number: Int, _ sketch: Sketch) {
        while sketches.count < number {
            sketches.append(nil)
            scores.append(0)
            lengths.append(0)
        }
        remove(number)
        sketches[number - 1] = sketch
        lengths[number - 1] = UInt8(clamping: sketch.words.count)
        count += 1
        for word in Set(sketch.words) { byWord[Int(word)].append(Int32(number)) }
        countStems(sketch, 1)
        for expression in sketch.expressions { byExpression[expression.concept, default: []].append(Int32(number)) }
        for manner in Set(sketch.asks + sketch.marks) { byManner[manner, default: []].append(Int32(number)) }
    }

    mutating func remove(_ number: Int) {
        guard number <= sketches.count, let old = sketches[number - 1] else { return }
        sketches[number - 1] = nil
        count -= 1
        for word in Set(old.words) { byWord[Int(word)].removeAll { $0 == Int32(number) } }
        countStems(old, -1)
        for expression in old.expressions { byExpression[expression.concept]?.removeAll { $0 == Int32(number) } }
        for manner in Set(old.asks + old.marks) { byManner[manner]?.removeAll { $0 == Int32(number) } }
    }

    /// How much a word tells: less the more questions use it, here and in the language.
    func weight(_ word: Int32) -> Float {
        let info = words.infos[Int(word)]
        let here = Float(byWord[Int(word)].count)
        return max(0.3, Self.log((Float(count) + 150) / (here + 150 * info.prior)))
    }

    private mutating func countStems(_ sketch: Sketch, _ difference: Int32) {
        for stem in Set(sketch.words.map { Int(words.infos[Int($0)].stem) }) {
            while byStem.count <= stem { byStem.append(0) }
            byStem[stem] += difference
        }
    }

    /// The weight of a word with its inflections taken for one.
    func stemWeight(_ word: Int32) -> Float {
        let info = words.infos[Int(word)]
        let here = Int(info.stem) < byStem.count ? Float(byStem[Int(info.stem)]) : 0
        return max(0.3, Self.log((Float(count) + 150) / (here + 150 * info.prior)))
    }

    private static func log(_ value: Float) -> Float { Float(Double(value).naturalLogarithm) }

    /// A word of the search with the words of the event that are like it.
    struct Sought {
        var word: Int32
        var weight: Float
        var alike: [(word: Int32, likeness: Float)]
    }

    func sought(_ sketch: Sketch) -> [Sought] {
        sketch.words.indices.map { place in
            let word = sketch.words[place]
            let info = words.infos[Int(word)]
            var alike: [(word: Int32, likeness: Float)] = []
            for other in words.alike(info) {
                let likeness = words.likeness(info, words.infos[Int(other)])
                if likeness >= 0.3 { alike.append((other, likeness)) }
            }
            if sketch.isTyping, place == sketch.words.count - 1 {
                for (other, likeness) in words.completions(info.folded)
                where !alike.contains(where: { $0.word == other && $0.likeness >= likeness }) {
                    alike.removeAll { $0.word == other }
                    alike.append((other, likeness))
                }
            }
            return Sought(word: word, weight: weight(word), alike: alike)
        }
    }

    /// The sketch of a text that is being typed, without a last word that nobody used so far.
    mutating func typing(_ reading: Reading) -> Sketch {
        var reading = reading
        if let last = reading.words.last, last.isPartial {
            let info = words.makeInfo(last, reading.language)
            let isUsed =
                words.alike(info).contains { byWord[Int($0)].count > 0 } || !words.completions(info.folded).isEmpty
            if !isUsed { reading.words.removeLast() }
        }
        let isPartial = reading.words.last?.isPartial == true
        var sketch = sketch(reading)
        sketch.isTyping = isPartial
        return sketch
    }

    /// Numbers of at most `limit` questions that share most with the one sought, best first; reads at most `budget`
    /// places of the lists, those of the rarest words first.
    mutating func candidates(
        _ sketch: Sketch, _ sought: [Sought], budget: Int, limit: Int, unless isLeftOut: (Int) -> Bool
    ) -> [Int] {
        var left = budget
        var touched: [Int32] = []
        func add(_ numbers: some BidirectionalCollection<Int32>, _ value: Float) {
            // The newest first: who asks again asks soon.
            for number in numbers.reversed() {
                guard left > 0 else { return }
                left -= 1
                if scores[Int(number) - 1] == 0 { touched.append(number) }
                scores[Int(number) - 1] += value
            }
        }
        for expression in sketch.expressions { add(byExpression[expression.concept] ?? [], 4) }
        let order = sought.indices.sorted { length(sought[$0]) < length(sought[$1]) }
        for index in order {
            let one = sought[index]
            for alike in one.alike.sorted(by: { $0.likeness > $1.likeness }) {
                add(byWord[Int(alike.word)], one.weight * alike.likeness)
            }
            for concept in words.infos[Int(one.word)].concepts { add(byExpression[concept] ?? [], one.weight * 0.8) }
        }
        if touched.count < limit {
            // Too little is named: those who ask in the same way may be meant.
            for ask in sketch.asks { add((byManner[ask] ?? []).suffix(Self.alikeInManner), 0.5) }
            for mark in Self.eachOnce(sketch.marks) { add((byManner[mark] ?? []).suffix(Self.alikeInManner), 0.2) }
        }
        var best: [(score: Float, number: Int32)] = []
        for number in touched {
            let score = scores[Int(number) - 1]
            scores[Int(number) - 1] = 0
            if isLeftOut(Int(number)) { continue }
            // Short questions that are about it wholly before long ones that mention it.
            let length = Float(lengths[Int(number) - 1])
            best.append((score / (2 + length).squareRoot(), number))
        }
        if best.count > limit { Self.keepBest(&best, limit) }
        best.sort { ($0.score, $1.number) > ($1.score, $0.number) }
        return best.map { Int($0.number) }
    }

    /// Sorted values, each once: the order in which scores are added must not be that of a set.
    private static func eachOnce(_ sorted: [UInt32]) -> [UInt32] {
        sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    }

    /// The latest questions looked at for one question word or function word.
    private static let alikeInManner = 200

    private func length(_ sought: Sought) -> Int { sought.alike.reduce(0) { $0 + byWord[Int($1.word)].count } }

    /// Keeps the `limit` best without sorting all: a threshold found on a sample would do, a heap is exact.
    private static func keepBest(_ all: inout [(score: Float, number: Int32)], _ limit: Int) {
        var heap = Array(all[0..<limit])
        heap.sort { ($0.score, $1.number) < ($1.score, $0.number) }
        var floor = heap[0].score
        for item in all[limit...] where item.score > floor {
            var index = heap.startIndex
            var high = heap.count
            while index < high {
                let middle = (index + high) / 2
                if heap[middle].score < item.score { index = middle + 1 } else { high = middle }
            }
            heap.insert(item, at: index)
            heap.removeFirst()
            floor = heap[0].score
        }
        all = heap
    }
}

extension Double {
    /// ln by the series of atanh on the mantissa: the pure part has no C library.
    fileprivate var naturalLogarithm: Double {
        guard self > 0 else { return -.infinity }
        let mantissa = significand
        let y = (mantissa - 1) / (mantissa + 1)
        let y2 = y * y
        var term = y
        var sum = 0.0
        for k in 0..<12 {
            sum += term / Double(2 * k + 1)
            term *= y2
        }
        return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
    }
}
