import QAShared

/// Who gets in when many come at once: so many a second over all, fewer from one address, and places kept for those who
/// run the event.
///
/// A whole room may come from one address, so an address is a very high ceiling and nothing else. Addresses are counted
/// under a key that is made at the start, in memory alone, and forgotten a minute after they were last seen.
struct Door {
    struct Options: Equatable, Sendable {
        /// New connections of phones a second, over all. Ten times as many may come at once after a quiet while.
        var joinsPerSecond = Limits.joinsEverySecond
        /// Proxies whose X-Forwarded-For is believed.
        var trustedProxies: [AddressRange] = []
        /// Switched off for measurements.
        var isOn = true
    }

    private struct Bucket {
        var tokens: Double
        var at: Int

        /// Takes one token; false when there is none.
        mutating func take(_ burst: Double, _ perSecond: Double, _ now: Int) -> Bool {
            tokens = min(burst, tokens + Double(max(0, now - at)) / 1_000 * perSecond)
            at = now
            guard tokens >= 1 else { return false }
            tokens -= 1
            return true
        }
    }

    let options: Options
    private let key: UInt64
    private var all: Bucket
    private var addresses: [UInt64: Bucket] = [:]
    private var sweptAt = 0

    init(_ options: Options, key: UInt64) {
        self.options = options
        self.key = key
        all = Bucket(tokens: Double(options.joinsPerSecond) * 10, at: 0)
    }

    /// Whose call it is: the peer, or whom a proxy that is believed names. The last address that no such proxy wrote
    /// counts; what stands before it anybody can write.
    func caller(_ peer: String, forwardedFor: String?) -> String {
        guard let forwardedFor, isTrusted(peer) else { return peer }
        var caller = peer
        for part in forwardedFor.split(separator: ",").reversed() {
            let address = String(part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
            guard AddressRange.bytes(address) != nil else { return caller }
            caller = address
            guard isTrusted(address) else { return caller }
        }
        return caller
    }

    private func isTrusted(_ address: String) -> Bool { options.trustedProxies.contains { $0.contains(address) } }

    /// Lets a newcomer in, or says that it must come later. Those who run the event have places of their own: `free` says
    /// how many there are, a part of which phones do not get. Whoever says that it is one of them is not refused, since a
    /// phone of the same room could use up any share of theirs; the `Porch` sees to it that few stay without a token.
    mutating func admits(_ caller: String, isStaff: Bool, free: Int, _ now: Now) -> Bool {
        guard options.isOn, !isStaff else { return true }
        sweep(now.monotonic)
        let address = number(of: caller)
        let (perSecond, now) = (Double(options.joinsPerSecond), now.monotonic)
        guard free > Limits.placesKept else { return false }
        // An address's share first: whoever is over it takes nothing from the others.
        guard
            addresses[address, default: Bucket(tokens: perSecond * 5, at: now)].take(perSecond * 5, perSecond / 2, now)
        else { return false }
        return all.take(perSecond * 10, perSecond, now)
    }

    /// From where somebody calls, for whoever counts by it; nil behind a proxy that does not say.
    func key(of peer: String, forwardedFor: String?) -> UInt64? {
        let caller = caller(peer, forwardedFor: forwardedFor)
        return isTrusted(caller) ? nil : number(of: caller)
    }

    /// A caller under the key: what is counted never is an address.
    func number(of caller: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(key)
        // Whoever has one IPv6 address has the 2^64 of its network.
        if let bytes = AddressRange.bytes(caller), bytes.count == 16 {
            hasher.combine(Array(bytes.prefix(8)))
        } else {
            hasher.combine(caller)
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private mutating func sweep(_ now: Int) {
        guard now - sweptAt > 60_000 else { return }
        sweptAt = now
        addresses = addresses.filter { now - $0.value.at < 60_000 }
    }
}
