/// A number on its way out of the words and digits of a text: "deux" + "mille" + "cinq" + "cents", "40" + "000".
struct SpelledNumber: Sendable {
    /// Thousands and millions that are complete.
    private var total = 0
    /// What stands below the next thousand.
    private var group: Int
    /// The last thousand or million: the next one must be smaller.
    private var scale = Int.max
    private var isDigits: Bool

    /// A number that begins with a word.
    init(word value: Int) {
        group = value
        isDigits = false
        if value >= 1_000 { (total, group, scale) = (value, 0, value) }
    }

    /// A number that begins with digits.
    init(digits value: Int) {
        group = value
        isDigits = true
    }

    /// No number that anybody means; what is added below it must not overflow.
    private static let beyondMeaning = 1_000_000_000_000_000

    var value: Int { total + group }

    /// Whether "un" goes on with it: "vingt et un", "cent un", "mille un".
    var takesOne: Bool { !isDigits && (group % 100 == 0 || (group % 100 >= 20 && group % 10 == 0)) }

    /// Takes in three more digits; false when the number grows beyond what anybody means.
    mutating func append(thousand value: Int) -> Bool {
        guard isDigits, group < 1_000_000_000_000 else { return false }
        group = group * 1_000 + value
        return true
    }

    /// Takes in the next word; false when it begins a number of its own.
    mutating func append(_ value: Int) -> Bool {
        if value >= 1_000 { return multiply(by: value) }
        if isDigits, total == 0 { return false }
        if value == 100 {
            guard (0..<100).contains(group) else { return false }
            group = max(group, 1) * 100
            return true
        }
        guard fits(value) else { return false }
        group += value
        return true
    }

    private mutating func multiply(by value: Int) -> Bool {
        guard value < scale, group > 0 else { return false }
        let product = group.multipliedReportingOverflow(by: value)
        let sum = total.addingReportingOverflow(product.partialValue)
        guard !product.overflow, !sum.overflow, sum.partialValue < Self.beyondMeaning else { return false }
        (total, group, scale) = (sum.partialValue, 0, value)
        return true
    }

    /// Small after large: "cent vingt", "vingt-cinq", "soixante-douze", "dix-sept".
    private func fits(_ value: Int) -> Bool {
        switch group % 100 {
        case 0: value < 100
        case 60, 80: value < 20
        case 10: (7...9).contains(value)
        case 20, 30, 40, 50, 70, 90: value < 10
        default: false
        }
    }
}
