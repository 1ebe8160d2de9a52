import QAShared
import Yams

/// Turns YAML nodes into values and collects everything that is wrong on the way.
///
/// Each function gives nil, or its default, once it has noted a problem; nobody notes the same one twice.
struct EventFileReader {
    /// The keys of one part of the file.
    struct Fields {
        var place: EventFilePlace
        /// Such as `venues[1]`; empty at the top.
        var path: String
        var values: [String: Field] = [:]
    }

    struct Field {
        /// Where the key stands; what is wrong with the value is reported there.
        var place: EventFilePlace
        var path: String
        var node: Node
    }

    private(set) var problems: [EventFileProblem] = []
    private let repeats: [EventFilePlace: String]
    /// Where the event file lies, with a slash at the end.
    let folder: String

    /// `repeats` are the places of keys that were renamed, with the key as written.
    init(repeats: [EventFilePlace: String], folder: String) {
        self.repeats = repeats
        self.folder = folder
    }

    mutating func note(_ field: Field, _ what: String, _ instead: String) {
        note(field.place, field.path, what, instead)
    }

    mutating func note(
        _ place: EventFilePlace, _ path: String, _ what: String, _ instead: String
    ) {
        problems.append(
            EventFileProblem(
                line: place.line, column: place.column, field: path, what: what, instead: instead))
    }

    // MARK: Keys

    /// The values of a part by their keys; unknown, repeated and missing keys are noted.
    mutating func fields(
        _ part: Field, required: [String], optional: [String] = []
    ) -> Fields? {
        guard case .mapping(let mapping) = part.node else {
            let known = (required + optional).joined(separator: ", ")
            note(
                part, "Here is \(Self.kind(part.node)) where keys are expected.",
                "Write lines of “key: value” with the keys \(known).")
            return nil
        }
        var fields = Fields(place: EventFilePlace(part.node.mark), path: part.path)
        for (keyNode, value) in mapping {
            let place = EventFilePlace(keyNode.mark)
            let key = repeats[place] ?? keyNode.string ?? ""
            let path = part.path.isEmpty ? key : "\(part.path).\(key)"
            guard (required + optional).contains(key) else {
                noteUnknown(key, place, part.path, required + optional)
                continue
            }
            if let first = fields.values[key] {
                note(
                    place, path, "“\(key)” is already on line \(first.place.line).",
                    "Remove one of the two.")
                continue
            }
            fields.values[key] = Field(place: place, path: path, node: value)
        }
        for key in required where fields.values[key] == nil {
            note(
                fields.place, fields.path.isEmpty ? key : "\(fields.path).\(key)",
                "“\(key)” is missing.", "Write a line “\(key): …”.")
        }
        return fields
    }

    private mutating func noteUnknown(
        _ key: String, _ place: EventFilePlace, _ path: String, _ known: [String]
    ) {
        let shown = EventFileProblem.quoted(key)
        let instead =
            if let near = Spelling.nearest(to: key, among: known) {
                "Write “\(near)”, or remove it."
            } else if path.isEmpty, Self.limitKeys.contains(key) {
                "Write it below “limits:”, indented."
            } else {
                "Remove it; the keys here are \(known.joined(separator: ", "))."
            }
        note(place, path, "\(shown) is not a key that exists here.", instead)
    }

    // MARK: Values

    /// The text of a single value as written, whatever YAML would take it for.
    mutating func scalar(_ field: Field, _ instead: String) -> String? {
        guard case .scalar(let scalar) = field.node else {
            note(field, "Here is \(Self.kind(field.node)) where one value is expected.", instead)
            return nil
        }
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        guard !isNull else {
            note(field, "The value is missing.", instead)
            return nil
        }
        return scalar.string
    }

    /// A title, a name or a place.
    mutating func text(_ fields: Fields, _ key: String) -> String? {
        guard let field = fields.values[key],
            let text = scalar(field, "Write a text of 1–\(Limits.titleMaximum) characters.")
        else { return nil }
        if text.unicodeScalars.contains(where: EventFileProblem.isForbidden) {
            note(
                field, "\(EventFileProblem.quoted(text)) holds a character that cannot be shown.",
                "Write it on one line, without control characters.")
            return nil
        }
        guard !QuestionText.clean(text).isEmpty else {
            note(
                field, "The text is empty.", "Write a text of 1–\(Limits.titleMaximum) characters.")
            return nil
        }
        let count = text.unicodeScalars.count
        guard count <= Limits.titleMaximum else {
            note(
                field, "The text has \(count) characters.",
                "Write at most \(Limits.titleMaximum).")
            return nil
        }
        return text
    }

    /// A short name.
    mutating func slug<Kind>(_ fields: Fields, _ key: String) -> Slug<Kind>? {
        guard let field = fields.values[key],
            let text = scalar(field, "Write 1–40 of a-z, 0-9 and -, for example “granville”.")
        else { return nil }
        guard let slug = Slug<Kind>(text) else {
            let example = Spelling.slug(from: text) ?? "granville"
            note(
                field, "\(EventFileProblem.quoted(text)) is not a short name.",
                "Write 1–40 of a-z, 0-9 and -, for example “\(example)”.")
            return nil
        }
        return slug
    }

    /// A whole number; the default when the key is absent or its value wrong.
    mutating func integer(
        _ fields: Fields, _ key: String, _ range: ClosedRange<Int>, default standard: Int
    ) -> Int {
        let instead = "Write a whole number from \(range.lowerBound) to \(range.upperBound)."
        guard let field = fields.values[key], let text = scalar(field, instead) else {
            return standard
        }
        guard let number = Int(text) else {
            note(field, "\(EventFileProblem.quoted(text)) is not a whole number.", instead)
            return standard
        }
        guard range.contains(number) else {
            let way = number < range.lowerBound ? "small" : "large"
            note(field, "\(number) is too \(way).", instead)
            return standard
        }
        return number
    }

    /// One of a few words.
    mutating func choice<Value>(
        _ fields: Fields, _ key: String, _ choices: KeyValuePairs<String, Value>,
        naming named: String
    ) -> Value? {
        guard let field = fields.values[key], let text = scalar(field, "Write \(named).") else {
            return nil
        }
        if let choice = choices.first(where: { $0.key == text.lowercased() }) { return choice.value }
        note(field, "\(EventFileProblem.quoted(text)) is not one of the choices.", "Write \(named).")
        return nil
    }

    /// The items of a list that has at least one and at most so many.
    mutating func items(
        _ fields: Fields, _ key: String, maximum: Int, _ instead: String
    ) -> [Field]? {
        guard let field = fields.values[key] else { return nil }
        guard case .sequence(let sequence) = field.node else {
            let isEmpty = field.node.string?.isEmpty == true
            let what = isEmpty ? "an empty value" : Self.kind(field.node)
            note(field, "Here is \(what) where a list is expected.", instead)
            return nil
        }
        guard !sequence.isEmpty else {
            note(field, "The list is empty.", instead)
            return nil
        }
        guard sequence.count <= maximum else {
            note(field, "The list has \(sequence.count) items.", "Write at most \(maximum).")
            return nil
        }
        return sequence.enumerated().map { index, node in
            Field(place: EventFilePlace(node.mark), path: "\(field.path)[\(index)]", node: node)
        }
    }

    private static func kind(_ node: Node) -> String {
        switch node {
        case .mapping: "a group of keys"
        case .sequence: "a list"
        case .scalar, .alias: "a single value"
        }
    }
}
