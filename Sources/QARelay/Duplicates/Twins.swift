import QAShared

/// The strict rule over all questions of an event: which earlier ones a text is proved to repeat.
///
/// Cheap enough for the loop's turn: hashes find the candidates, whatever there are of them.
struct Twins {
    /// A wording in one talk, and in one room when it speaks of that place; many questions may have it.
    private struct Wording {
        var frame: UInt64
        var words: [Word]
        var talk: TalkID
        var isLocal: Bool
        /// Where else its first word may stand, and where its prepositions do.
        var turns: [Int]
        var cuts: [Int]
        /// The questions with it, in the order they came.
        var numbers: [Int32] = []
    }

    private struct Kept {
        var talk: TalkID
        var venue: VenueID
        /// None when its text proves nothing, and two when it has two views.
        var wording: Int32?
        var other: Int32?
    }

    private let reader: Reader
    private var kept: [Kept] = []
    private var wordings: [Wording] = []
    private var wordingByHash: [UInt64: Int32] = [:]
    /// Frame and words, and the same with up to two words left out: numbers of the newest wording with that key.
    private var byKey = Chains()

    init(reader: Reader) { self.reader = reader }

    var count: Int { kept.count }

    /// Takes in a question; the numbers come in order, without holes.
    mutating func insert(number: Int, text: String, talk: TalkID, venue: VenueID) {
        precondition(number == kept.count + 1, "questions come in order")
        kept.append(Kept(talk: talk, venue: venue))
        keep(number, text)
    }

    /// Numbers of the questions that ask the same in the same talk, earliest first.
    func same(as text: String, talk: TalkID, venue: VenueID) -> [Int] {
        var seen: Set<Int32> = []
        var found: Set<Int> = []
        for reading in reader.views(text) {
            guard let frame = TwinRule.frame(reading) else { continue }
            let frameHash = Self.hash(frame)
            // What speaks of the room stands under its venue, everything else under the talk.
            for place in [Self.place(frameHash, talk, nil), Self.place(frameHash, talk, venue)] {
                for key in Self.keys(place, reading) {
                    byKey.forEach(key) { index in
                        guard !seen.contains(Int32(index)), asksSame(wordings[index], reading, frameHash, talk) else {
                            return
                        }
                        seen.insert(Int32(index))
                        let isLocal = wordings[index].isLocal || reading.isLocal
                        collect(wordings[index], Int32(index), isLocal ? venue : nil, into: &found)
                    }
                }
            }
        }
        return found.sorted()
    }

    private func asksSame(_ wording: Wording, _ reading: Reading, _ frame: UInt64, _ talk: TalkID) -> Bool {
        guard wording.frame == frame, wording.talk == talk else { return false }
        if wording.cuts == reading.frame.cuts, aligns(wording.words, reading.words) { return true }
        return turns(wording, reading) || isGlued(wording, reading)
    }

    /// The founder and the newest: who repeats one question more often finds the others by their union.
    private func collect(_ wording: Wording, _ index: Int32, _ venue: VenueID?, into found: inout Set<Int>) {
        for number in wording.numbers.prefix(1) + wording.numbers.dropFirst().suffix(Chains.steps) {
            let place = Int(number) - 1
            guard kept.indices.contains(place), kept[place].wording == index || kept[place].other == index else {
                continue
            }
            if let venue, kept[place].venue != venue { continue }
            found.insert(place + 1)
        }
    }

    private func aligns(_ a: [Word], _ b: [Word], upTo slips: Int = .max) -> Bool {
        TwinRule.aligns(a, b, reader.vocabulary, upTo: slips)
    }

    /// "FranceConnect" and "france connect".
    private static func glued(_ words: [Word]) -> String { words.map(\.folded).joined() }

    /// "FranceConnect" and "france connect", where the rest is the same and stands at the same places.
    private func isGlued(_ wording: Wording, _ reading: Reading) -> Bool {
        let isLonger = wording.words.count > reading.words.count
        let (long, short) = isLonger ? (wording.words, reading.words) : (reading.words, wording.words)
        let (cuts, others) = isLonger ? (wording.cuts, reading.frame.cuts) : (reading.frame.cuts, wording.cuts)
        guard long.count != short.count else { return false }
        if Self.glued(long) == Self.glued(short) {
            return cuts.map { Self.glued(Array(long[..<$0])) } == others.map { Self.glued(Array(short[..<$0])) }
        }
        guard long.count == short.count + 1 else { return false }
        return short.indices.contains { index in
            long[index].folded + long[index + 1].folded == short[index].folded
                && cuts.map { $0 > index ? $0 - 1 : $0 } == others
                && zip(long[..<index], short[..<index]).allSatisfy { TwinRule.isSame($0, $1) }
                && zip(long[(index + 2)...], short[(index + 1)...]).allSatisfy { TwinRule.isSame($0, $1) }
        }
    }

    private func turns(_ wording: Wording, _ reading: Reading) -> Bool {
        guard wording.words.count == reading.words.count,
            // An infinitive has no subject that could change places with it.
            ![wording.words.first, reading.words.first].contains(where: { $0.map(TwinRule.isInfinitive) ?? true })
        else { return false }
        let (words, cuts) = (reading.words, reading.frame.cuts)
        // "Comment vous infromez les parents" and "Comment les parents vous informent": the ending says who does it.
        let slips = reading.frame.persons.isEmpty ? Int.max : 0
        return TwinRule.turns(reading).contains { place in
            TwinRule.turned(cuts, place) == wording.cuts
                && aligns(wording.words, TwinRule.turned(words, place), upTo: slips)
        }
            || wording.turns.contains { place in
                TwinRule.turned(wording.cuts, place) == cuts
                    && aligns(TwinRule.turned(wording.words, place), words, upTo: slips)
            }
    }

    /// The question has another text now.
    mutating func replace(number: Int, text: String) {
        kept[number - 1].wording = nil
        kept[number - 1].other = nil
        keep(number, text)
    }

    /// The question belongs to that talk now.
    mutating func replace(number: Int, text: String, talk: TalkID) {
        kept[number - 1].talk = talk
        replace(number: number, text: text)
    }

    /// Forgets all questions.
    mutating func forgetAll() { self = Twins(reader: reader) }

    /// Forgets all questions above the number.
    mutating func truncate(to count: Int) { kept.removeLast(max(0, kept.count - count)) }

    private mutating func keep(_ number: Int, _ text: String) {
        for reading in reader.views(text) {
            guard let frame = TwinRule.frame(reading) else { continue }
            let index = keep(reading, Self.hash(frame), kept[number - 1])
            if kept[number - 1].wording == index { continue }
            wordings[Int(index)].numbers.append(Int32(number))
            if kept[number - 1].wording == nil {
                kept[number - 1].wording = index
            } else {
                kept[number - 1].other = index
            }
        }
    }

    /// The number of a wording, which is new if need be.
    private mutating func keep(_ reading: Reading, _ frame: UInt64, _ question: Kept) -> Int32 {
        let place = Self.place(frame, question.talk, reading.isLocal ? question.venue : nil)
        let exact = Self.exact(place, reading)
        if let index = wordingByHash[exact] { return index }
        let index = Int32(wordings.count)
        wordings.append(
            Wording(
                frame: frame, words: reading.words, talk: question.talk, isLocal: reading.isLocal,
                turns: TwinRule.turns(reading), cuts: reading.frame.cuts))
        wordingByHash[exact] = index
        for key in Set(Self.keys(place, reading)) { byKey.add(Int(index), key) }
        return index
    }

    private static func place(_ frame: UInt64, _ talk: TalkID, _ venue: VenueID?) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(frame)
        hasher.combine(talk)
        hasher.combine(venue)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// All of a reading that the rule looks at.
    private static func exact(_ place: UInt64, _ reading: Reading) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(place)
        for word in reading.words {
            hasher.combine(word.text)
            hasher.combine(word.isName)
            hasher.combine(word.gender)
            hasher.combine(word.amount)
            hasher.combine(word.isAmongAccents)
            hasher.combine(word.isKnown)
        }
        hasher.combine(reading.frame.isCounted)
        hasher.combine(reading.frame.cuts)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func hash(_ text: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(text)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The key of all words, and of all but one, two or three where so many slips are allowed.
    private static func keys(_ frame: UInt64, _ reading: Reading) -> [UInt64] {
        let stems = reading.words.map { light($0.folded) }
        guard reading.language != .other, stems.count <= 24 else { return [key(frame, stems, [])] }
        let turned = TwinRule.turns(reading).map { place in
            TwinRule.turned(reading.words, place).map { light($0.folded) }
        }
        var keys = keys(frame, stems, upTo: 10) + turned.flatMap { Self.keys(frame, $0, upTo: 5) }
        if reading.words.count > 1 || stems.contains(where: { $0.utf8.count > 6 }) {
            keys.append(key(frame, [glued(reading.words)], []))
            keys.append(key(frame, [stems.joined()], []))
        }
        return keys
    }

    /// Of words in one order; two are left out where there are not more than so many.
    private static func keys(_ frame: UInt64, _ stems: [String], upTo most: Int) -> [UInt64] {
        var keys = [key(frame, stems, [])]
        let slips = min(2, TwinRule.slips(stems.count))
        if slips >= 1 { for i in stems.indices { keys.append(key(frame, stems, [i])) } }
        if slips >= 2, stems.count <= most {
            for i in stems.indices { for j in stems.indices where j > i { keys.append(key(frame, stems, [i, j])) } }
        }
        return keys
    }

    /// A word without its ending, for finding candidates; the rule decides.
    static func light(_ folded: String) -> String {
        var letters = Array(folded.utf8)
        func drop(_ ending: String) -> Bool {
            let ending = Array(ending.utf8)
            guard letters.count >= ending.count + 3, letters.suffix(ending.count).elementsEqual(ending) else {
                return false
            }
            letters.removeLast(ending.count)
            return true
        }
        if !drop("s") { _ = drop("x") }
        for ending in ["ent", "er", "ez", "ee", "e", "ing", "ed"] where drop(ending) { break }
        if letters.last == UInt8(ascii: "z") { letters[letters.count - 1] = UInt8(ascii: "s") }
        if letters.last == UInt8(ascii: "y") { letters[letters.count - 1] = UInt8(ascii: "i") }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func key(_ frame: UInt64, _ stems: [String], _ without: [Int]) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(frame)
        hasher.combine(stems.count)
        for index in stems.indices where !without.contains(index) {
            hasher.combine(index)
            hasher.combine(stems[index])
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

/// Lists of numbers by key, in two arrays instead of an array a key.
struct Chains {
    private var heads: [UInt64: Int32] = [:]
    private var numbers: [Int32] = []
    private var nexts: [Int32] = []

    mutating func add(_ number: Int, _ key: UInt64) {
        numbers.append(Int32(number))
        nexts.append(heads[key] ?? -1)
        heads[key] = Int32(numbers.count - 1)
    }

    /// How many are looked at for one key.
    static let steps = 200

    /// Newest first, not all of a flood.
    func forEach(_ key: UInt64, _ body: (Int) -> Void) {
        var node = heads[key] ?? -1
        var steps = 0
        while node >= 0, steps < Self.steps {
            body(Int(numbers[Int(node)]))
            node = nexts[Int(node)]
            steps += 1
        }
    }
}
