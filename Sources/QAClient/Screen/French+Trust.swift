/// What is said of a hub that is not believed.
extension French {
    func untrusted(_ why: Distrust) -> String {
        switch why {
        case .unknownAuthority(let fingerprint):
            "Aucune autorité connue ici ne répond du certificat du serveur. Si son empreinte affichée au lancement du serveur est la même, ajoutez : --fingerprint \(fingerprint)"
        case .wrongName(let wanted, let found):
            "Le certificat du serveur n’est pas au nom de \(wanted) mais de : \(found.isEmpty ? "personne" : list(found)). Vérifiez l’adresse."
        case .otherFingerprint(let expected, let found):
            "Le certificat du serveur a une autre empreinte. Attendue : \(expected) ; trouvée : \(found). Demandez à l’organisation laquelle est la bonne."
        case .expired(let day):
            "Le certificat du serveur a expiré le \(day). Demandez à l’organisation de le renouveler."
        case .notYetValid(let day):
            "Le certificat du serveur n’est valable qu’à partir du \(day) : l’horloge de cette machine est-elle à l’heure ?"
        case .other(let words):
            "Le certificat du serveur n’est pas accepté (\(words))."
        }
    }
    func authoritiesUnusable(_ path: String) -> String {
        "Le fichier \(path) ne peut pas être lu ou ne contient pas de certificat (PEM)."
    }
    func badFingerprint(_ text: String) -> String {
        "« \(text) » n’est pas une empreinte : il faut les 64 chiffres hexadécimaux que le serveur affiche."
    }
    var oneTrust: String { "Choisissez entre --ca et --fingerprint." }
    var trustWithoutTLS: String { "--ca et --fingerprint ne servent qu’avec une adresse wss:// ou https://." }

    var certificateAlone: String {
        "--certificate va avec --key et une adresse wss:// ; ou alors --pkcs12 seul, et sans jeton."
    }
    var passwordPrompt: String { "Mot de passe du fichier de certificat : " }
    func showsCertificate(_ subject: String, _ issuer: String) -> String {
        "Certificat présenté : \(Sanitizer.clean(subject)), délivré par \(Sanitizer.clean(issuer))."
    }

    private func list(_ names: [String]) -> String { names.map(Sanitizer.clean).joined(separator: ", ") }
}
