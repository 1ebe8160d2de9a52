// Identifiers: 128 random bits chosen by whoever makes the thing, and short names chosen by people.

/// 128 bits that name one thing of the given kind; written as 22 characters of base64url.
public struct Identifier<Kind>: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Draws a new identifier; the generator is a parameter so that a simulation can repeat itself.
    public init(using generator: inout some RandomNumberGenerator) {
        self.init(high: generator.next(), low: generator.next())
    }

    /// The first 16 bytes, big end first; nil when there are fewer.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count >= 16 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (position, byte) in bytes.prefix(16).enumerated() {
            if position < 8 {
                halves.0 = halves.0 << 8 | UInt64(byte)
            } else {
                halves.1 = halves.1 << 8 | UInt64(byte)
            }
        }
        self.init(high: halves.0, low: halves.1)
    }

    /// The 16 bytes, big end first.
    public var bytes: [UInt8] {
        [high, low].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
        }
    }

    /// Reads the 22 characters of base64url; nil for anything that is not the one way to write an identifier.
    public init?(text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == 16 else { return nil }
        self.init(bytes: bytes)
    }

    /// The 22 characters of base64url.
    public var text: String { Base64URL.encode(bytes) }

    /// The first 8 characters: enough to tell people apart, not enough to be somebody.
    public var tag: String { String(text.prefix(8)) }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// The identifier that follows on this one: for what repeats a thing under another name.
    public var next: Self { Self(high: high, low: low &+ 1) }

    /// The same bits as a name of another kind.
    public func of<Other>(_ kind: Other.Type = Other.self) -> Identifier<Other> {
        Identifier<Other>(high: high, low: low)
    }
}

/// What a sender calls its command, so that every retry is harmless.
public typealias CommandID = Identifier<Command>
/// A question's id is the commandID of the `ask` that made it.
public typealias QuestionID = Identifier<Question>
/// A person or screen as the log knows it: a keyed hash, never the device's own id.
public typealias ParticipantID = Identifier<Actor>
/// One incarnation of a log.
public typealias Epoch = Identifier<State>
/// The first half of a token's SHA-256.
public typealias TokenID = Identifier<AccessToken>

/// A short name chosen by the organiser: 1–40 of `a-z`, `0-9` and `-`.
public struct Slug<Kind>: Hashable, Comparable, Sendable {
    public let text: String

    /// Nil when the text is not a short name.
    public init?(_ text: String) {
        guard (1...40).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            })
        else { return nil }
        self.text = text
    }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

public typealias VenueID = Slug<Venue>
public typealias TalkID = Slug<Talk>

/// Milliseconds since 1970-01-01 UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var milliseconds: Int

    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

/// base64url without padding (RFC 4648 §5), strict: one text for one sequence of bytes.
public enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count * 4 + 2) / 3)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(alphabet[Int(buffer >> bits & 63)])
            }
        }
        if bits > 0 { output.append(alphabet[Int(buffer << (6 - bits) & 63)]) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Nil for a character outside the alphabet, an impossible length, or leftover bits that are not zero.
    public static func decode(_ text: String) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for character in text.utf8 {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: buffer >> bits))
                buffer &= (1 << bits) - 1
            }
        }
        guard bits < 6, buffer == 0 else { return nil }
        return output
    }
}
