import QAShared

extension English {
    func merged(into number: Int, automatic: Bool) -> String {
        "into \(number)" + (automatic ? " auto" : "")
    }
    func level(_ level: FlagLevel) -> String {
        switch level {
        case .strong: "very likely"
        case .probable: "possible"
        }
    }
    func why(_ reason: FlagReason) -> String {
        switch reason {
        case .sameWording: "same wording"
        case .sameType: "same kind of question"
        case .sameNumbers: "same numbers"
        case .sameNames: "same names"
        case .sameWords: "same words"
        case .likeWords: "words of like meaning"
        case .otherLanguage: "another language"
        case .unreadLanguage: "neither French nor English: by wording"
        case .otherType: "another kind of question"
        case .otherNumbers: "other numbers"
        case .otherNames: "other names"
        case .negation: "one of them says not"
        case .tense: "another tense"
        case .order: "words in another order"
        case .otherRoom: "“here” is another room"
        case .narrower: "one asks about a part only"
        case .dismissed: "the other was dismissed"
        case .answered: "the other was answered"
        }
    }
    func differs(_ mine: [String], _ theirs: [String]) -> String {
        let (here, there) = (quoted(mine), quoted(theirs))
        if mine.isEmpty { return "the other adds \(there)" }
        if theirs.isEmpty { return "this one adds \(here)" }
        return "differs: \(here) / \(there)"
    }
    private func quoted(_ runs: [String]) -> String {
        runs.map { "“\($0)”" }.joined(separator: ", ")
    }
    func reasons(_ parts: [String]) -> String { parts.joined(separator: "; ") }
    func asked(_ venues: [String]) -> String { "asked in \(venues.joined(separator: ", "))" }
    func mergedInto(_ number: String, automatic: Bool) -> String {
        "merged into \(number)" + (automatic ? " automatically" : "")
    }
    var byItself: String { "auto" }

    func united(_ number: Int?, into founder: Int?) -> String {
        "\(question(number)) merged into \(other(founder))"
    }
    func separated(_ number: Int?, from founder: Int?) -> String {
        "\(question(number)) separated" + (founder.map { " from \(other($0))" } ?? "")
    }
    func distinguished(_ number: Int?, from founder: Int?) -> String {
        "\(question(number)) is not the same as \(other(founder))"
    }
    private func question(_ number: Int?) -> String { number.map(self.number) ?? "question" }
    private func other(_ number: Int?) -> String { number.map(self.number) ?? "another" }
    func cannotUnite(_ one: Card, _ other: Card) -> String {
        "not possible, \(number(one.number)) is \(status(one)) and \(number(other.number)) \(status(other))."
    }
    func together(_ number: Int, with other: Int) -> String {
        "\(self.number(number)) and \(self.number(other)) are in one group; s separates them."
    }
    func nothingAlike(_ number: Int) -> String {
        "\(self.number(number)) has no likely duplicate; M merges it with another."
    }
    func noLongerAlike(_ number: Int) -> String {
        "\(self.number(number)) is not proposed any more; look and press again."
    }
    func notUnited(_ number: Int) -> String { "\(self.number(number)) is not merged with any other." }
    func chooseVariant(_ number: Int) -> String {
        "\(self.number(number)) would leave the group: s again does it, c takes another."
    }
    var nothingDoubtful: String { "No duplicates to look at." }
    func unite(_ number: Int) -> String { "Merge \(self.number(number)) with (number or words)" }
    func noHit(_ query: String) -> String { "No question for “\(query)”." }

    func joins(_ number: Int, into founder: Int) -> String { "merge \(number) into \(founder)" }
    var isOther: String { "false duplicate" }
    var nextCandidate: String { "next duplicate" }
    var nextVariant: String { "next variant" }
    func leaves(_ number: Int?) -> String { "separate" + (number.map { " \($0)" } ?? "") }
    var uniteWithOther: String { "merge with no." }
    func unitingKeys(_ outcome: String?) -> [KeyWord] {
        (outcome.map { [KeyWord("Enter", $0)] } ?? [])
            + [KeyWord("↓ ↑", "choose"), KeyWord("Esc", "leave")]
    }
    var helpOnDuplicates: [KeyWord] {
        [
            KeyWord("", "Duplicates"),
            KeyWord("D", "the duplicates to look at; D again comes back"),
            KeyWord("m", "the same: merge with the first proposed, or the one chosen by c"),
            KeyWord("f", "false duplicate: it does not ask the same"),
            KeyWord("c", "choose the next duplicate or variant: for m, f and s"),
            KeyWord("s", "separate: undo a merge, automatic or not"),
            KeyWord("M", "merge with any other: its number or words, then Enter"),
        ]
    }
    func signsOfDuplicates(_ glyphs: Glyphs) -> String {
        "\(glyphs.alike)\(glyphs.alike)7 very likely the same as no. 7, \(glyphs.alike)7 possibly, "
            + "\(glyphs.times)4 asked 4 times"
    }
}
