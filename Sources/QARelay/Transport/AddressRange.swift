import Glibc

/// Numeric addresses that begin alike, such as 192.0.2.0/24 or one alone.
struct AddressRange: Equatable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Nil unless it is a numeric address, with or without a slash and the bits that count.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let bytes = parts.first.flatMap(Self.bytes) else { return nil }
        guard parts.count == 2 else {
            (self.bytes, bits) = (bytes, bytes.count * 8)
            return
        }
        guard let bits = Int(parts[1]), (0...bytes.count * 8).contains(bits) else { return nil }
        (self.bytes, self.bits) = (bytes, bits)
    }

    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(address), other.count == bytes.count else { return false }
        let whole = bits / 8
        guard bytes[..<whole] == other[..<whole] else { return false }
        guard bits % 8 > 0 else { return true }
        return (bytes[whole] ^ other[whole]) >> (8 - UInt8(bits % 8)) == 0
    }

    /// Four or sixteen bytes; an IPv4 address that comes in IPv6's clothes has four.
    static func bytes(_ address: String) -> [UInt8]? {
        var short = in_addr()
        if unsafe inet_pton(AF_INET, address, &short) == 1 {
            return unsafe withUnsafeBytes(of: &short) { unsafe Array($0) }
        }
        var long = in6_addr()
        guard unsafe inet_pton(AF_INET6, address, &long) == 1 else { return nil }
        let bytes = unsafe withUnsafeBytes(of: &long) { unsafe Array($0) }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        return Array(bytes[..<12]) == mapped ? Array(bytes[12...]) : bytes
    }
}
