import QAShared

/// Durations in microseconds, counted in buckets that are at most 1.6 % wide.
struct Histogram {
    private static let fine = 64
    private var counts = [Int](repeating: 0, count: fine * 40)
    private(set) var count = 0
    private(set) var highest = 0

    mutating func add(_ microseconds: Int) {
        let value = max(0, microseconds)
        counts[Self.bucket(value)] += 1
        count += 1
        highest = max(highest, value)
    }

    /// The middle of the bucket in which so many hundredths of all values are reached.
    func percentile(_ percent: Double) -> Int {
        guard count > 0 else { return 0 }
        let wanted = max(1, Int((Double(count) * percent / 100).rounded(.up)))
        var passed = 0
        for (bucket, number) in counts.enumerated() {
            passed += number
            if passed >= wanted { return Self.middle(bucket) }
        }
        return highest
    }

    private static func bucket(_ value: Int) -> Int {
        guard value >= fine else { return value }
        let exponent = Int.bitWidth - value.leadingZeroBitCount - 7
        return min(fine * 40 - 1, (exponent + 1) * fine + (value >> exponent) - fine)
    }

    private static func middle(_ bucket: Int) -> Int {
        guard bucket >= fine else { return bucket }
        let exponent = bucket / fine - 1
        return (bucket % fine + fine) << exponent + (1 << exponent) / 2
    }
}

extension JSONWriter {
    /// The histogram in milliseconds.
    mutating func member(_ key: String, _ histogram: Histogram) {
        func milliseconds(_ microseconds: Int) -> Double { Double(microseconds) / 1_000 }
        object(key) { writer in
            writer.member("count", histogram.count)
            for (name, percent) in [("p50_ms", 50.0), ("p90_ms", 90), ("p95_ms", 95), ("p99_ms", 99)] {
                writer.member(name, milliseconds(histogram.percentile(percent)))
            }
            writer.member("max_ms", milliseconds(histogram.highest))
        }
    }

    /// Refusals by code.
    mutating func member(_ key: String, _ counts: [String: Int]) {
        object(key) { writer in
            for (code, count) in counts.sorted(by: { $0.key < $1.key }) { writer.member(code, count) }
        }
    }
}
