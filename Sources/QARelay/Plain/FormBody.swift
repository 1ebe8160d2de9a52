import QAShared

/// The fields of a posted form, read strictly: what no browser sends is refused, not guessed.
struct FormBody: Equatable {
    /// Fields of one form.
    static let fieldsMaximum = 20

    private(set) var fields: [String: String] = [:]

    /// Reads `application/x-www-form-urlencoded` bytes.
    init(_ bytes: [UInt8]) throws(Rejection) {
        guard !bytes.isEmpty else { throw Rejection(.malformed) }
        let pieces = bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
        guard pieces.count <= Self.fieldsMaximum else { throw Rejection(.malformed, limit: Self.fieldsMaximum) }
        for piece in pieces {
            let halves = piece.split(
                separator: UInt8(ascii: "="), maxSplits: 2, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = Self.text(halves[0]), !name.isEmpty, let value = Self.text(halves[1])
            else { throw Rejection(.malformed) }
            guard fields.updateValue(value, forKey: name) == nil else {
                throw Rejection(.repeatedKey, field: name)
            }
        }
    }

    /// Refuses fields that the form does not have.
    func checkNames(_ known: Set<String>) throws(Rejection) {
        // The first by the alphabet, so that the same form always gets the same answer.
        guard let unknown = fields.keys.filter({ !known.contains($0) }).min() else { return }
        throw Rejection(.unknownField, field: unknown)
    }

    /// The text of a field that must be there.
    func text(_ name: String) throws(Rejection) -> String {
        guard let value = fields[name] else { throw Rejection(.missingField, field: name) }
        return value
    }

    /// A field that must be there and mean something; nil says that it means nothing.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws(Rejection) -> Value {
        guard let value = read(try text(name)) else { throw Rejection(.badValue, field: name) }
        return value
    }

    /// What the bytes stand for: `+` is a space, `%` with two digits a byte; nil unless all of it is plain and UTF-8.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                plain.append(high << 4 | low)
            case 0x21...0x7E: plain.append(byte)
            default: return nil
            }
        }
        return String(validating: plain, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
