// French turns of talking: what is put first and said short.

extension Rephrasing {
    /// "Vous avez quoi comme latence ?" is "Vous avez quelle latence ?".
    mutating func askWhich() {
        for index in tokens.indices where word(index) == "quoi" && word(index + 1) == "comme" && isContent(index + 2) {
            return replace(index..<index + 2, by: ["quel"])
        }
    }

    /// "En production, quelle latence avez-vous ?" is "Quelle latence avez-vous en production ?".
    mutating func moveBack() {
        guard isOneOf(Self.leading, at: 0) else { return }
        var end = 1
        while isOneOf(Self.articles, at: end) { end += 1 }
        let start = end
        while end < tokens.count, isContent(end) || (end > 1 && word(end) == "car"),
            !tokens[end].afterComma || end == start, end - start < 2,
            !isOneOf(Self.begins, at: end)
        { end += 1 }
        guard end > start, end + 1 < tokens.count, tokens[end].afterComma || isOneOf(Self.begins, at: end) else {
            return
        }
        // What a verb begins with "en", as "en partant", says how and belongs where it stands.
        guard (start..<end).allSatisfy({ place in forms(place).isEmpty || forms(place).contains(where: \.isNominal) })
        else { return }
        let moved = Array(tokens[..<end])
        tokens.removeFirst(end)
        tokens[0].afterComma = false
        tokens += moved
    }

    private static let leading: Set<String> = ["en", "dans", "pour", "sur", "a", "au", "aux", "chez", "pendant"]
    private static let articles: Set<String> = ["le", "la", "l", "les", "un", "une", "notre", "nos", "votre", "vos"]
    /// What a question begins with.
    private static let begins: Set<String> = [
        "vous", "on", "nous", "je", "il", "c", "y", "quel", "quelle", "quels", "quelles", "combien", "comment", "quand",
        "pourquoi", "qui", "est", "peut", "faut", "pourra", "faudra", "ou",
    ]

    /// "le plan local d'urbanisme" is "le PLU", and the price "d'entrée à la piscine" that "de la piscine".
    mutating func writeShort() {
        var index = 0
        while index < tokens.count {
            if let (words, short) = Self.shorts[word(index)]?.first(where: { holds($0.0, at: index) }) {
                replace(index..<index + words.count, by: [short])
            } else if isEntry(index), word(index - 1) == "d", isOneOf(["a", "au", "aux"], at: index + 1) {
                tokens.remove(at: index + 1)
            }
            index += 1
        }
    }

    private func isEntry(_ index: Int) -> Bool {
        let letters = Array(word(index).utf8)
        return letters == Self.entry
            || (Slip.isLikely(letters, of: Self.entry) && !vocabulary.entry(tokens[index].text, .french).isKnown)
    }

    private static let entry = Array("entree".utf8)

    /// What is said in letters, by its first word: its words and the letters.
    private static let shorts: [String: [([String], String)]] = {
        let lines = """
            plu=plan local d urbanisme|sig=systeme d information geographique|sig=systemes d information geographique
            cni=carte nationale d identite|rgpd=reglement general sur la protection des donnees|td=travaux diriges
            tp=travaux pratiques|cm=cours magistral|cm=cours magistraux|qcm=questionnaire a choix multiples
            qcm=questionnaire a choix multiple|dce=dossier de consultation des entreprises|dce=dossier de consultation
            ccas=centre communal d action sociale|pmr=personnes a mobilite reduite|pmr=personne a mobilite reduite
            hlm=habitation a loyer modere|hlm=habitations a loyer modere|cdd=contrat a duree determinee
            apl=aide personnalisee au logement|caf=caisse d allocations familiales|cpam=caisse primaire d assurance maladie
            tva=taxe sur la valeur ajoutee|ia=intelligence artificielle|aesh=accompagnant d eleve en situation de handicap
            vtt=velo tout terrain|bafa=brevet d aptitude aux fonctions d animateur|drh=direction des ressources humaines
            rh=ressources humaines|smic=salaire minimum|vae=velo a assistance electrique|zfe=zone a faibles emissions
            scot=schema de coherence territoriale|plui=plan local d urbanisme intercommunal|zan=zero artificialisation nette
            rsa=revenu de solidarite active|amap=association pour le maintien d une agriculture paysanne
            rer=reseau express regional|ter=train express regional|lgv=ligne a grande vitesse|tgv=train a grande vitesse
            """
        var shorts: [String: [([String], String)]] = [:]
        for line in lines.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let sides = line.split(separator: "=")
            let words = sides[1].split(separator: " ").map(String.init)
            shorts[words[0], default: []].append((words, String(sides[0])))
        }
        return shorts.mapValues { $0.sorted { $0.0.count > $1.0.count } }
    }()
}
