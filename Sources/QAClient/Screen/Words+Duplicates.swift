import QAShared

/// What is said of questions that may ask the same.
protocol DuplicateWords: Sendable {
    /// The status of a merged question, short enough for a row.
    func merged(into number: Int, automatic: Bool) -> String
    func level(_ level: FlagLevel) -> String
    func why(_ reason: FlagReason) -> String
    /// The words that only one of the two has, as runs; one side may have none.
    func differs(_ mine: [String], _ theirs: [String]) -> String
    /// What is known of two questions, one after the other.
    func reasons(_ parts: [String]) -> String
    func asked(_ venues: [String]) -> String
    func mergedInto(_ number: String, automatic: Bool) -> String
    var byItself: String { get }

    // What happened; a number that is not known any more is nil
    func united(_ number: Int?, into founder: Int?) -> String
    func separated(_ number: Int?, from founder: Int?) -> String
    func distinguished(_ number: Int?, from other: Int?) -> String
    func cannotUnite(_ one: Card, _ other: Card) -> String
    func together(_ number: Int, with other: Int) -> String
    func nothingAlike(_ number: Int) -> String
    /// Others have judged it, or its text is another one now.
    func noLongerAlike(_ number: Int) -> String
    func notUnited(_ number: Int) -> String
    /// It has several variants: which one is to leave?
    func chooseVariant(_ number: Int) -> String
    var nothingDoubtful: String { get }
    func unite(_ number: Int) -> String
    func noHit(_ query: String) -> String

    // Keys
    /// Short, for a key.
    func joins(_ number: Int, into founder: Int) -> String
    var isOther: String { get }
    var nextCandidate: String { get }
    var nextVariant: String { get }
    func leaves(_ number: Int?) -> String
    var uniteWithOther: String { get }
    func unitingKeys(_ outcome: String?) -> [KeyWord]
    var helpOnDuplicates: [KeyWord] { get }
    func signsOfDuplicates(_ glyphs: Glyphs) -> String
}
