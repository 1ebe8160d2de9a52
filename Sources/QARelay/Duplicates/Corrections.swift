/// Finds the one listed word that lies a slip away from an unknown one.
///
/// By deletions: two words are a slip apart only if some word with at most one letter left out is common to both.
struct Corrections: Sendable {
    private let numbers: WordNumbers
    /// The upper half of a key's hash and the number of its word + 1, at the place of the key or behind it; 0 is free.
    private var places: [UInt64]

    init(_ lexicon: Lexicon) {
        numbers = lexicon.numbers
        let words = lexicon.isListed.indices.filter { lexicon.isListed[$0] }.map(Int32.init)
            .filter { Self.lengths.contains(lexicon.numbers.length(of: $0)) }
        let keys = words.reduce(0) { $0 + lexicon.numbers.length(of: $1) + 1 }
        var size = 16
        while size < keys * 2 { size *= 2 }
        places = [UInt64](repeating: 0, count: size)
        for word in words {
            for key in Self.keys(Array(numbers[word])) {
                var place = Int(truncatingIfNeeded: key) & (size - 1)
                while places[place] != 0 { place = (place + 1) & (size - 1) }
                places[place] = (key & ~0xFFFF_FFFF) | UInt64(word + 1)
            }
        }
    }

    private static let lengths = 5...24

    /// The only listed word at distance 1; nil when there is none or there are several.
    func nearest(to word: String) -> String? {
        let letters = Array(word.utf8)
        guard Self.lengths.contains(letters.count) else { return nil }
        var found: Int32?
        for key in Self.keys(letters) {
            var place = Int(truncatingIfNeeded: key) & (places.count - 1)
            while places[place] != 0 {
                let (hash, number) = (places[place] >> 32, Int32(truncatingIfNeeded: places[place]) - 1)
                place = (place + 1) & (places.count - 1)
                guard hash == key >> 32, number != found,
                    Letters.distance(Array(numbers[number]), letters, limit: 1) == 1
                else { continue }
                if found != nil { return nil }
                found = number
            }
        }
        return found.map { String(decoding: numbers[$0], as: UTF8.self) }
    }

    private static func keys(_ letters: [UInt8]) -> [UInt64] {
        var keys: [UInt64] = []
        keys.reserveCapacity(letters.count + 1)
        var without = -1
        while without < letters.count {
            keys.append(key(letters, without: without))
            without += 1
        }
        return keys
    }

    /// FNV-1a, and what its low bits lack of the high ones. By index, for the sake of debug builds.
    private static func key(_ letters: [UInt8], without: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var index = 0
        while index < letters.count {
            if index != without { hash = (hash ^ UInt64(letters[index])) &* 0x100_0000_01B3 }
            index += 1
        }
        return hash ^ (hash >> 29)
    }
}
