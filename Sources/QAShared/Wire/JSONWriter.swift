/// Writes JSON straight into bytes; members come in the order in which they are written.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    /// Whether a comma is due before the next value.
    private var commaDue = false

    public init(reserving capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    private mutating func begin() {
        if commaDue { bytes.append(UInt8(ascii: ",")) }
        commaDue = true
    }

    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        begin()
        bytes.append(UInt8(ascii: "{"))
        commaDue = false
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        commaDue = true
    }

    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        begin()
        bytes.append(UInt8(ascii: "["))
        commaDue = false
        body(&self)
        bytes.append(UInt8(ascii: "]"))
        commaDue = true
    }

    public mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
        self.key(key)
        object(body)
    }

    public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
        self.key(key)
        array(body)
    }

    /// The key of the next value.
    public mutating func key(_ key: String) {
        begin()
        quote(key)
        bytes.append(UInt8(ascii: ":"))
        commaDue = false
    }

    public mutating func value(_ text: String) {
        begin()
        quote(text)
    }

    public mutating func value(_ number: Int) {
        begin()
        bytes.append(contentsOf: String(number).utf8)
    }

    public mutating func value(_ number: Double) {
        begin()
        bytes.append(contentsOf: String(number).utf8)
    }

    public mutating func value(_ flag: Bool) {
        begin()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    public mutating func null() {
        begin()
        bytes.append(contentsOf: "null".utf8)
    }

    public mutating func value(_ json: JSON) {
        switch json {
        case .null: null()
        case .bool(let flag): value(flag)
        case .integer(let number): value(number)
        case .number(let number): value(number)
        case .string(let text): value(text)
        case .array(let values): array { writer in values.forEach { writer.value($0) } }
        case .object(let members):
            object { writer in members.forEach { writer.member($0.key, $0.value) } }
        }
    }

    public mutating func member(_ key: String, _ value: String) {
        self.key(key)
        self.value(value)
    }

    public mutating func member(_ key: String, _ value: Int) {
        self.key(key)
        self.value(value)
    }

    public mutating func member(_ key: String, _ value: Bool) {
        self.key(key)
        self.value(value)
    }

    public mutating func member(_ key: String, _ value: Double) {
        self.key(key)
        self.value(value)
    }

    public mutating func member(_ key: String, _ value: JSON) {
        self.key(key)
        self.value(value)
    }

    /// Nothing at all for nil.
    public mutating func member(ifAny key: String, _ value: String?) {
        if let value { member(key, value) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hex[Int(byte >> 4)])
                bytes.append(Self.hex[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hex = Array("0123456789abcdef".utf8)
}
