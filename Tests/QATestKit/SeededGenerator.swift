// Randomness that repeats itself: every random test runs from a seed and says which one.

import Glibc

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// A number below the bound.
    public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True so many times in a hundred.
    public mutating func percent(_ chance: Int) -> Bool { below(100) < chance }

    /// One of the values; there must be one.
    public mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    /// An index, as often as its weight among all weights.
    public mutating func pick(weights: [Int]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return weights.count - 1
    }
}

/// Which seeds a random test runs with.
public enum Seeds {
    /// The one in the environment variable `SEED`, else the first `count` of a fixed list.
    public static func first(_ count: Int) -> [UInt64] {
        if let one = fromEnvironment { return [one] }
        return (0..<count).map { 1_000_003 &* UInt64($0) &+ 17 }
    }

    /// What to say when a random test fails.
    public static func hint(_ seed: UInt64) -> String { "again with SEED=\(seed)" }

    private static let fromEnvironment: UInt64? = {
        guard let text = getenv("SEED") else { return nil }
        return UInt64(String(cString: text))
    }()
}
