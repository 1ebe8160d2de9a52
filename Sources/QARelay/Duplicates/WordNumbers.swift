/// Byte strings with numbers, counted from 0 in the order in which they came.
///
/// One array of bytes and one table of places: as many Strings in a Dictionary take four times the memory and twice the
/// time, and the lists hold some hundred thousand. Lookup is by FNV-1a and linear probing.
struct WordNumbers: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]
    /// Number + 1 at the place of its hash or behind it; 0 is free. At most half are taken.
    private var places = [Int32](repeating: 0, count: 1 << 10)

    var count: Int { starts.count - 1 }

    /// The number of a word, which is new if need be.
    mutating func insert(_ word: [UInt8]) -> Int32 {
        let place = place(of: word)
        if places[place] != 0 { return places[place] - 1 }
        let number = Int32(count)
        bytes += word
        starts.append(Int32(bytes.count))
        places[place] = number + 1
        if count * 2 > places.count { grow() }
        return number
    }

    /// The number of a word that came before; nil for any other.
    func number(of word: String) -> Int32? {
        let number = places[place(of: Array(word.utf8))]
        return number == 0 ? nil : number - 1
    }

    /// The bytes of a number's word.
    subscript(number: Int32) -> ArraySlice<UInt8> { bytes[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])] }

    func length(of number: Int32) -> Int { Int(starts[Int(number) + 1] - starts[Int(number)]) }

    // By index: slices and iterators make a start of a debug build a second longer.

    /// Where a word's number is, or would be put.
    private func place(of word: [UInt8]) -> Int {
        let mask = places.count - 1
        var place = Self.hash(word, 0, word.count) & mask
        while places[place] != 0, !isWord(Int(places[place]) - 1, word) { place = (place + 1) & mask }
        return place
    }

    private func isWord(_ number: Int, _ word: [UInt8]) -> Bool {
        let start = Int(starts[number])
        guard Int(starts[number + 1]) - start == word.count else { return false }
        var index = 0
        while index < word.count {
            if bytes[start + index] != word[index] { return false }
            index += 1
        }
        return true
    }

    private mutating func grow() {
        places = [Int32](repeating: 0, count: places.count * 4)
        let mask = places.count - 1
        for number in 0..<count {
            var place = Self.hash(bytes, Int(starts[number]), Int(starts[number + 1])) & mask
            while places[place] != 0 { place = (place + 1) & mask }
            places[place] = Int32(number + 1)
        }
    }

    private static func hash(_ bytes: [UInt8], _ from: Int, _ to: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var index = from
        while index < to {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
            index += 1
        }
        // The low bits alone choose the place.
        return Int(truncatingIfNeeded: hash ^ (hash >> 29))
    }
}
