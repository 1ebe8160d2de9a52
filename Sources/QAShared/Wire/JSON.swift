// JSON read strictly: a repeated key, an unknown field and a wrong type are found and named,
// about all of which Foundation's decoder is silent. RFC 8259.

/// A JSON value with its members in the order in which they were written.
public enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    public struct Member: Equatable, Sendable {
        public var key: String
        public var value: JSON

        public init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// Why a text is not read.
    public enum Fault: Error, Equatable {
        /// At that byte.
        case malformed(at: Int)
        case repeatedKey(String)
        case tooDeep
    }

    /// Reads one value; anything but white space behind it is a fault.
    public static func parse(_ bytes: [UInt8]) throws(Fault) -> JSON {
        var parser = JSONParser(bytes: bytes)
        return try parser.document()
    }

    public static func parse(_ text: String) throws(Fault) -> JSON { try parse(Array(text.utf8)) }

    /// The member of an object with that key.
    public subscript(_ key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var index = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSON.Fault) -> JSON {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw fault }
        return value
    }

    private var fault: JSON.Fault { .malformed(at: index) }

    /// The byte at the index; 0, which no valid text holds, behind the end.
    private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skipSpace() {
        while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func value() throws(JSON.Fault) -> JSON {
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSON.Fault) -> JSON {
        for expected in word.utf8 {
            guard byte == expected else { throw fault }
            index += 1
        }
        return value
    }

    private mutating func enter() throws(JSON.Fault) {
        depth += 1
        if depth > Limits.jsonDepth { throw .tooDeep }
        index += 1
        skipSpace()
    }

    private mutating func object() throws(JSON.Fault) -> JSON {
        try enter()
        var members: [JSON.Member] = []
        if byte == UInt8(ascii: "}") {
            index += 1
            depth -= 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw fault }
            let key = try string()
            if members.contains(where: { $0.key == key }) { throw .repeatedKey(key) }
            guard members.count < Limits.jsonMembers else { throw fault }
            skipSpace()
            guard byte == UInt8(ascii: ":") else { throw fault }
            index += 1
            members.append(JSON.Member(key, try value()))
            if try ends(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array() throws(JSON.Fault) -> JSON {
        try enter()
        var values: [JSON] = []
        if byte == UInt8(ascii: "]") {
            index += 1
            depth -= 1
            return .array(values)
        }
        while true {
            values.append(try value())
            if try ends(UInt8(ascii: "]")) { return .array(values) }
        }
    }

    /// True behind the closing bracket, false behind a comma.
    private mutating func ends(_ bracket: UInt8) throws(JSON.Fault) -> Bool {
        skipSpace()
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw fault }
        let ends = byte == bracket
        index += 1
        if ends { depth -= 1 }
        return ends
    }

    private mutating func string() throws(JSON.Fault) -> String {
        index += 1
        let start = index
        while byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "\"") {
            let text = try text(bytes[start..<index])
            index += 1
            return text
        }
        var buffer = Array(bytes[start..<index])
        while byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw fault }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &buffer)
            } else {
                buffer.append(byte)
                index += 1
            }
        }
        index += 1
        guard let text = String(validating: buffer, as: UTF8.self) else { throw fault }
        return text
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(JSON.Fault) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault }
        return text
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSON.Fault) {
        index += 1
        let kind = byte
        index += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(kind)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            var value = UInt32(try hex4())
            if (0xD800..<0xDC00).contains(value) {
                guard byte == UInt8(ascii: "\\") else { throw fault }
                index += 1
                guard byte == UInt8(ascii: "u") else { throw fault }
                index += 1
                let low = UInt32(try hex4())
                guard (0xDC00..<0xE000).contains(low) else { throw fault }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw fault }
            buffer.append(contentsOf: String(scalar).utf8)
        default: throw fault
        }
    }

    private mutating func hex4() throws(JSON.Fault) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw fault
            }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(JSON.Fault) -> JSON {
        let start = index
        if byte == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        try digits()
        // No leading zeros, so that one number has one form.
        if bytes[firstDigit] == 0x30, index > firstDigit + 1 { throw fault }
        var isWhole = true
        if byte == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw fault }
        return .number(number)
    }

    private mutating func digits() throws(JSON.Fault) {
        guard (0x30...0x39).contains(byte) else { throw fault }
        while (0x30...0x39).contains(byte) { index += 1 }
    }
}
