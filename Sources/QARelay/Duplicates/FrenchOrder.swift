// French turns of talking: what is put first and said short.

extension Rephrasing {
    /// "Vous avez quoi comme latence ?" is "Vous avez quelle latence ?"; "Vous conseillez quoi comme médecin ?" may ask a doctor.
    mutating func askWhich() {
        for index in tokens.indices where word(index) == "quoi" && word(index + 1) == "comme" {
            guard word(index - 1) == "avez", isContent(index + 2), !tokens[index + 1].afterComma else { return }
            return replace(index..<index + 2, by: ["quel"])
        }
    }

    /// "En production, quelle latence avez-vous ?" is "Quelle latence avez-vous en production ?".
    ///
    /// Only where nothing but one thing that somebody has is asked for: with another verb, noun or preposition behind it, the
    /// phrase says there what it does not say here ("En Allemagne, qui émigre ?").
    mutating func moveBack() {
        guard word(0) == "en", isContent(1), !Self.wordings.contains(word(1)),
            forms(1).isEmpty || forms(1).contains(where: \.isNominal)
        else { return }
        let rest = tokens.indices.dropFirst(2)
        guard rest.filter(isContent).count == 1, rest.contains(where: { word($0) == "avez" }),
            rest.allSatisfy({ isContent($0) || Self.having.contains(word($0)) })
        else { return }
        let moved = Array(tokens[..<2])
        tokens.removeFirst(2)
        tokens[0].afterComma = false
        tokens += moved
    }

    private static let having: Set<String> = ["vous", "avez", "quel", "quelle", "quels", "quelles"]
    /// What "en" begins that is no place and no time: "en clair", "en gros", "en cours".
    private static let wordings: Set<String> = [
        "clair", "gros", "cours", "commun", "residence", "particulier", "conclusion", "resume", "somme", "general",
        "fait", "effet", "bref", "outre", "detail", "principe", "theorie", "pratique", "attente", "stock", "reserve",
        "vente", "vue", "projet", "plus", "moyenne",
    ]

    /// "le plan local d'urbanisme" is "le PLU", and the price "d'entrée à la piscine" that "de la piscine".
    mutating func writeShort() {
        var index = 0
        while index < tokens.count {
            if let (words, short) = Self.shorts[word(index)]?.first(where: { holds($0.0, at: index) }),
                word(index + words.count) != "par", !isOneOf(["de", "d"], at: index - 1) || short != "cm"
            {
                replace(index..<index + words.count, by: [short])
            } else if isEntry(index), word(index - 1) == "d", isOneOf(["prix", "tarif", "billet"], at: index - 2),
                isOneOf(["au", "aux"], at: index + 1) || word(index + 1) == "a" && isOneOf(["la", "l"], at: index + 2)
            {
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

    /// What is said in letters, by its first word: its words and the letters. Nothing whose letters stand for two things at one
    /// event, as VAE and CAF do.
    private static let shorts: [String: [([String], String)]] = {
        let lines = """
            plu=plan local d urbanisme|sig=systeme d information geographique|sig=systemes d information geographique
            cni=carte nationale d identite|rgpd=reglement general sur la protection des donnees|td=travaux diriges
            tp=travaux pratiques|cm=cours magistral|cm=cours magistraux|qcm=questionnaire a choix multiples
            qcm=questionnaire a choix multiple|dce=dossier de consultation des entreprises|dce=dossier de consultation
            ccas=centre communal d action sociale|pmr=personnes a mobilite reduite|pmr=personne a mobilite reduite
            hlm=habitation a loyer modere|hlm=habitations a loyer modere|cdd=contrat a duree determinee
            apl=aide personnalisee au logement|cpam=caisse primaire d assurance maladie|tva=taxe sur la valeur ajoutee
            zfe=zone a faibles emissions|plui=plan local d urbanisme intercommunal|tgv=train a grande vitesse
            lgv=ligne a grande vitesse
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
