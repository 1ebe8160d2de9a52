/// Takes the members of a JSON object one by one and says by name what is missing, of the wrong type, or left over.
public struct ObjectReader {
    private var members: [JSON.Member]

    /// Rejects what is not an object; `field` names it.
    public init(_ json: JSON, field: String? = nil) throws(Rejection) {
        guard case .object(let members) = json else {
            throw field.map { Rejection(.wrongType, field: $0) } ?? Rejection(.malformed)
        }
        self.members = members
    }

    /// Takes a member out; nil when there is none.
    public mutating func take(_ key: String) -> JSON? {
        guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
        return members.remove(at: index).value
    }

    public mutating func optionalString(_ key: String) throws(Rejection) -> String? {
        guard let json = take(key) else { return nil }
        guard case .string(let text) = json else { throw Rejection(.wrongType, field: key) }
        return text
    }

    public mutating func optionalInt(_ key: String) throws(Rejection) -> Int? {
        guard let json = take(key) else { return nil }
        guard case .integer(let number) = json else { throw Rejection(.wrongType, field: key) }
        return number
    }

    public mutating func optionalDouble(_ key: String) throws(Rejection) -> Double? {
        switch take(key) {
        case nil: return nil
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw Rejection(.wrongType, field: key)
        }
    }

    public mutating func optionalBool(_ key: String) throws(Rejection) -> Bool? {
        guard let json = take(key) else { return nil }
        guard case .bool(let flag) = json else { throw Rejection(.wrongType, field: key) }
        return flag
    }

    public mutating func optionalArray(_ key: String) throws(Rejection) -> [JSON]? {
        guard let json = take(key) else { return nil }
        guard case .array(let values) = json else { throw Rejection(.wrongType, field: key) }
        return values
    }

    public mutating func optionalObject(_ key: String) throws(Rejection) -> ObjectReader? {
        guard let json = take(key) else { return nil }
        return try ObjectReader(json, field: key)
    }

    public mutating func string(_ key: String) throws(Rejection) -> String {
        try need(optionalString(key), key)
    }

    public mutating func int(_ key: String) throws(Rejection) -> Int {
        try need(optionalInt(key), key)
    }

    public mutating func bool(_ key: String) throws(Rejection) -> Bool {
        try need(optionalBool(key), key)
    }

    public mutating func array(_ key: String) throws(Rejection) -> [JSON] {
        try need(optionalArray(key), key)
    }

    public mutating func object(_ key: String) throws(Rejection) -> ObjectReader {
        try need(optionalObject(key), key)
    }

    public mutating func identifier<Kind>(
        _ key: String, _: Kind.Type = Kind.self
    ) throws(Rejection) -> Identifier<Kind> {
        guard let id = Identifier<Kind>(text: try string(key)) else {
            throw Rejection(.badValue, field: key)
        }
        return id
    }

    /// Nil when absent or `null`.
    public mutating func optionalIdentifier<Kind>(
        _ key: String, _: Kind.Type = Kind.self
    ) throws(Rejection) -> Identifier<Kind>? {
        switch take(key) {
        case nil, .null: return nil
        case .string(let text):
            guard let id = Identifier<Kind>(text: text) else {
                throw Rejection(.badValue, field: key)
            }
            return id
        default: throw Rejection(.wrongType, field: key)
        }
    }

    /// Must be there, but may be `null`.
    public mutating func identifierOrNull<Kind>(
        _ key: String, _: Kind.Type = Kind.self
    ) throws(Rejection) -> Identifier<Kind>? {
        guard members.contains(where: { $0.key == key }) else {
            throw Rejection(.missingField, field: key)
        }
        return try optionalIdentifier(key)
    }

    public mutating func slug<Kind>(
        _ key: String, _: Kind.Type = Kind.self
    ) throws(Rejection) -> Slug<Kind> {
        try need(optionalSlug(key), key)
    }

    public mutating func optionalSlug<Kind>(
        _ key: String, _: Kind.Type = Kind.self
    ) throws(Rejection) -> Slug<Kind>? {
        guard let text = try optionalString(key) else { return nil }
        guard let slug = Slug<Kind>(text) else { throw Rejection(.badValue, field: key) }
        return slug
    }

    /// One of the words of an enumeration.
    public mutating func word<Word: RawRepresentable<String>>(
        _ key: String, _: Word.Type = Word.self
    ) throws(Rejection) -> Word {
        guard let word = Word(rawValue: try string(key)) else {
            throw Rejection(.badValue, field: key)
        }
        return word
    }

    /// A list of texts; empty when absent.
    public mutating func words(_ key: String) throws(Rejection) -> [String] {
        var words: [String] = []
        for json in try optionalArray(key) ?? [] {
            guard case .string(let word) = json else { throw Rejection(.wrongType, field: key) }
            words.append(word)
        }
        return words
    }

    /// Rejects whatever was not taken: the strict way to read.
    public func finish() throws(Rejection) {
        if let left = members.first { throw Rejection(.unknownField, field: left.key) }
    }

    private func need<Value>(_ value: Value?, _ key: String) throws(Rejection) -> Value {
        guard let value else { throw Rejection(.missingField, field: key) }
        return value
    }
}

extension [JSON] {
    /// Reads each as an object.
    func each<Value>(
        _ read: (inout ObjectReader) throws(Rejection) -> Value
    ) throws(Rejection) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for json in self {
            var reader = try ObjectReader(json)
            values.append(try read(&reader))
        }
        return values
    }
}
