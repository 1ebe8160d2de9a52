// How a text is cleaned and checked; phones, terminals and the hub do exactly the same.

/// Rules for texts that people type.
public enum QuestionText {
    /// One line in one form (NFC), without controls, what hides, what turns what is beside it, and piles of marks.
    public static func clean(_ raw: String) -> String { CleanText.clean(raw) }

    /// The cleaned text of a question, or why it is refused.
    public static func checked(
        _ raw: String, limits: EventLimits
    ) throws(Rejection) -> String {
        let text = clean(raw)
        let scalars = text.unicodeScalars
        guard !scalars.isEmpty else { throw Rejection(.textEmpty, field: "text") }
        guard scalars.contains(where: isVisible) else {
            throw Rejection(.textInvisible, field: "text")
        }
        if scalars.count < limits.textMinimum {
            throw Rejection(.textTooShort, field: "text", limit: limits.textMinimum)
        }
        if scalars.count > limits.textMaximum {
            throw Rejection(.textTooLong, field: "text", limit: limits.textMaximum)
        }
        // By scalars: a space with a mark behind it is another character, yet still a space.
        let words = scalars.split(separator: " ")
        if words.count < limits.wordsMinimum {
            throw Rejection(.textTooFewWords, field: "text", limit: limits.wordsMinimum)
        }
        if words.contains(where: { $0.count > limits.wordMaximum }) {
            throw Rejection(.wordTooLong, field: "text", limit: limits.wordMaximum)
        }
        return text
    }

    /// The cleaned text of a note or message, or why it is refused.
    public static func checkedRemark(_ raw: String, maximum: Int) throws(Rejection) -> String {
        let text = clean(raw)
        guard !text.isEmpty else { throw Rejection(.textEmpty, field: "text") }
        guard text.unicodeScalars.contains(where: isVisible) else {
            throw Rejection(.textInvisible, field: "text")
        }
        guard text.unicodeScalars.count <= maximum else {
            throw Rejection(.textTooLong, field: "text", limit: maximum)
        }
        return text
    }

    /// The cleaned name of an asker; nil for none or nothing that can be seen.
    public static func checkedName(_ raw: String?) throws(Rejection) -> String? {
        guard let raw else { return nil }
        let name = clean(raw)
        guard name.unicodeScalars.contains(where: isVisible) else { return nil }
        if name.unicodeScalars.count > Limits.nameMaximum {
            throw Rejection(.nameTooLong, field: "name", limit: Limits.nameMaximum)
        }
        return name
    }

    /// Whether a scalar leaves ink: not a space, not a mark alone, not one of the default ignorables.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isDefaultIgnorableCodePoint { return false }
        // Braille blank: a symbol by its category, yet nothing is seen.
        if scalar.value == 0x2800 { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .spaceSeparator,
            .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark:
            return false
        default:
            return true
        }
    }
}
