/// How long to wait before connecting again: full jitter, so that a whole venue does not come back at once.
///
/// A random time between 0 and min(maximum, base × 2ⁿ) after the n-th failure in a row
/// (M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
public struct Backoff: Equatable, Sendable {
    public private(set) var failures = 0

    public init() {}

    /// Milliseconds to wait before the next try.
    public mutating func next(using generator: inout some RandomNumberGenerator) -> Int {
        failures += 1
        let ceiling = min(Limits.backoffMaximum, Limits.backoffBase << min(failures, 16))
        return Int.random(in: 0...ceiling, using: &generator)
    }

    /// The line stands: the hub said welcome.
    public mutating func reset() { failures = 0 }
}
