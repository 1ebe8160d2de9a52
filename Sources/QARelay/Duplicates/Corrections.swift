/// Finds the one listed word that lies a slip away from an unknown one.
///
/// By deletions: two words are a slip apart only if some word with at most one letter left out is common to both.
struct Corrections: Sendable {
    private var words: [String] = []
    private var places: [UInt64: [Int32]] = [:]

    init(_ listed: Set<String>) {
        words = listed.filter { $0.utf8.count >= 5 && $0.utf8.count <= 24 }.sorted()
        places.reserveCapacity(words.count * 8)
        for (index, word) in words.enumerated() {
            for key in Self.keys(Array(word.utf8)) { places[key, default: []].append(Int32(index)) }
        }
    }

    /// The only listed word at distance 1; nil when there is none or there are several.
    func nearest(to word: String) -> String? {
        let letters = Array(word.utf8)
        guard letters.count >= 5, letters.count <= 24 else { return nil }
        var found: Int32?
        for key in Self.keys(letters) {
            for index in places[key] ?? [] where index != found {
                guard Letters.distance(Array(words[Int(index)].utf8), letters, limit: 1) == 1 else { continue }
                if found != nil { return nil }
                found = index
            }
        }
        return found.map { words[Int($0)] }
    }

    private static func keys(_ letters: [UInt8]) -> [UInt64] {
        var keys = [key(letters, without: -1)]
        for index in letters.indices { keys.append(key(letters, without: index)) }
        return keys
    }

    /// FNV-1a.
    private static func key(_ letters: [UInt8], without: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for (index, letter) in letters.enumerated() where index != without {
            hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3
        }
        return hash
    }
}
