import QAShared

extension French {
    func merged(into number: Int, automatic: Bool) -> String {
        "unie à \(number)" + (automatic ? " auto" : "")
    }
    func level(_ level: FlagLevel) -> String {
        switch level {
        case .strong: "très probable"
        case .probable: "possible"
        }
    }
    func why(_ reason: FlagReason) -> String {
        switch reason {
        case .sameWording: "même formulation"
        case .sameType: "même type de question"
        case .sameNumbers: "mêmes nombres"
        case .sameNames: "mêmes noms"
        case .sameWords: "mêmes mots"
        case .likeWords: "mots de même sens"
        case .otherLanguage: "autre langue"
        case .unreadLanguage: "ni français ni anglais : à la lettre"
        case .otherType: "autre type de question"
        case .otherNumbers: "autres nombres"
        case .otherNames: "autres noms"
        case .negation: "négation dans l’une"
        case .tense: "autre temps du verbe"
        case .order: "mots dans un autre ordre"
        case .otherRoom: "« ici » désigne une autre salle"
        case .narrower: "l’une ne porte que sur une partie"
        case .dismissed: "l’autre a été écartée"
        case .answered: "l’autre a déjà sa réponse"
        }
    }
    func differs(_ mine: [String], _ theirs: [String]) -> String {
        let (here, there) = (quoted(mine), quoted(theirs))
        if mine.isEmpty { return "l’autre ajoute \(there)" }
        if theirs.isEmpty { return "celle-ci ajoute \(here)" }
        return "diffère : \(here) / \(there)"
    }
    private func quoted(_ runs: [String]) -> String {
        runs.map { "« \($0) »" }.joined(separator: ", ")
    }
    func reasons(_ parts: [String]) -> String { parts.joined(separator: " ; ") }
    func asked(_ venues: [String]) -> String { "posée à \(venues.joined(separator: ", "))" }
    func mergedInto(_ number: String, automatic: Bool) -> String {
        "unie à la \(number)" + (automatic ? " automatiquement" : "")
    }
    var byItself: String { "auto" }

    func united(_ number: Int?, into founder: Int?) -> String {
        "\(question(number)) unie à \(other(founder))"
    }
    func separated(_ number: Int?, from founder: Int?) -> String {
        "\(question(number)) séparée" + (founder.map { " de \(other($0))" } ?? "")
    }
    func distinguished(_ number: Int?, from founder: Int?) -> String {
        "\(question(number)) : pas la même que \(other(founder))"
    }
    private func question(_ number: Int?) -> String { number.map(self.number) ?? "question" }
    private func other(_ number: Int?) -> String {
        number.map { "la \(self.number($0))" } ?? "une autre"
    }
    func cannotUnite(_ one: Card, _ other: Card) -> String {
        "impossible, la \(number(one.number)) est \(status(one)) et la \(number(other.number)) \(status(other))."
    }
    func together(_ number: Int, with other: Int) -> String {
        "la \(self.number(number)) et la \(self.number(other)) sont déjà unies ; s les sépare."
    }
    func nothingAlike(_ number: Int) -> String {
        "la \(self.number(number)) n’a pas de doublon signalé ; M l’unit à une autre."
    }
    func noLongerAlike(_ number: Int) -> String {
        "la \(self.number(number)) n’est plus proposée ; regardez et recommencez."
    }
    func notUnited(_ number: Int) -> String { "la \(self.number(number)) n’est unie à aucune autre." }
    func chooseVariant(_ number: Int) -> String {
        "La \(self.number(number)) quitterait le groupe : encore s pour le faire, c pour une autre."
    }
    var nothingDoubtful: String { "Aucun doublon à examiner." }
    func unite(_ number: Int) -> String { "Unir la \(self.number(number)) à (n° ou mots)" }
    func noHit(_ query: String) -> String { "Aucune question pour « \(query) »." }

    func joins(_ number: Int, into founder: Int) -> String { "\(number) unie à \(founder)" }
    var isOther: String { "faux doublon" }
    var nextCandidate: String { "doublon suivant" }
    var nextVariant: String { "variante suivante" }
    func leaves(_ number: Int?) -> String { "séparer" + (number.map { " la \($0)" } ?? "") }
    var uniteWithOther: String { "unir à n°" }
    func unitingKeys(_ outcome: String?) -> [KeyWord] {
        (outcome.map { [KeyWord("Entrée", $0)] } ?? [])
            + [KeyWord("↓ ↑", "choisir"), KeyWord("Échap", "laisser")]
    }
    var helpOnDuplicates: [KeyWord] {
        [
            KeyWord("", "Doublons"),
            KeyWord("D", "les doublons à examiner ; encore D pour revenir"),
            KeyWord("m", "même question : unir à la première proposée ou à celle choisie par c"),
            KeyWord("f", "faux doublon : ce n’est pas la même question"),
            KeyWord("c", "choisir le doublon suivant ou la variante suivante, pour m, f et s"),
            KeyWord("s", "séparer : défaire une réunion, automatique ou non"),
            KeyWord("M", "unir à n’importe quelle autre : son numéro ou des mots, puis Entrée"),
        ]
    }
    func signsOfDuplicates(_ glyphs: Glyphs) -> String {
        "\(glyphs.alike)\(glyphs.alike)7 très probablement la même que la n° 7, \(glyphs.alike)7 peut-être, "
            + "\(glyphs.times)4 posée 4 fois"
    }
}
