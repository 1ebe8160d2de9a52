/// One line of what Hunspell says of a word: "st:payer po:v1_it_q__a po:ipre po:3sg".
struct WordAnalysis {
    let lemma: String
    private var tags: Set<Substring> = []
    private var flags: [Substring] = []
    private var gender: WordForm.Gender?

    /// Nil for a line without a lemma.
    init?(_ line: String) {
        var lemma: Substring?
        for part in line.split(separator: " ") {
            if part.hasPrefix("st:"), lemma == nil { lemma = part.dropFirst(3) }
            if part.hasPrefix("po:") { tags.insert(part.dropFirst(3)) }
            if part.hasPrefix("fl:") { flags.append(part.dropFirst(3)) }
            if part == "is:mas" { gender = .masculine }
            if part == "is:fem" { gender = .feminine }
        }
        guard let lemma else { return nil }
        self.lemma = String(lemma)
    }

    func forms(of word: String, _ language: Language) -> [WordForm] {
        guard language == .french else {
            // All but plurals are words of their own: "teacher", "teaching", "mistrust".
            let isPlain = flags.first.map { $0 == "S" || $0 == "M" } ?? true
            return [WordForm(lemma: isPlain ? lemma : word, kind: .other)]
        }
        if lemma.first?.isUppercase == true { return [WordForm(lemma: word, kind: .other)] }
        // A prefix of units: a kilometre is no metre.
        let isUnit = flags.contains { $0.hasPrefix("U") }
        let base = isUnit ? (word.hasSuffix("s") ? String(word.dropLast()) : word) : lemma
        var kinds: [WordForm.Kind] = []
        if tags.contains("nom") { kinds.append(.noun(gender)) }
        if tags.contains("adj") { kinds.append(.adjective) }
        if tags.contains(where: { $0.hasPrefix("v") && $0.dropFirst().first?.isNumber == true }) {
            kinds += tenses.map(WordForm.Kind.verb)
        }
        return (kinds.isEmpty ? [.other] : kinds).map { WordForm(lemma: base, kind: $0) }
    }

    private var tenses: [WordForm.Tense] {
        var tenses: [WordForm.Tense] = []
        let person: WordForm.Person = tags.contains("1pl") ? .we : tags.contains("2pl") ? .you : .others
        if has("infi", "ppas") { tenses.append(.infinitive) }
        if has("ppre") { tenses.append(.presentParticiple) }
        if has("ipre", "spre", "impe") {
            // One spelling serves several persons.
            if has("1sg", "2sg", "3sg", "3pl") { tenses.append(has("ipre", "impe") ? .present(.others) : .subjunctive) }
            if has("1pl") { tenses.append(.present(.we)) }
            if has("2pl") { tenses.append(.present(.you)) }
        }
        if has("iimp") { tenses.append(.imperfect(person)) }
        if has("ifut") { tenses.append(.future(person)) }
        if has("cond") { tenses.append(.conditional(person)) }
        if has("ipsi") { tenses.append(.past) }
        if has("simp") { tenses.append(.pastSubjunctive) }
        return tenses
    }

    private func has(_ names: Substring...) -> Bool { names.contains(where: tags.contains) }
}
