import QAShared

extension French {
    func rejection(_ rejection: Rejection) -> String {
        let limit = rejection.limit.map(String.init) ?? "?"
        return switch rejection.code {
        case .textEmpty: "le texte est vide."
        case .textInvisible: "le texte n’a que des signes invisibles."
        case .textTooShort: "le texte est trop court : \(limit) signes au moins."
        case .textTooLong: "le texte est trop long : \(limit) signes au plus."
        case .textTooFewWords: "le texte a trop peu de mots : \(limit) au moins."
        case .wordTooLong: "un mot est trop long : \(limit) signes au plus."
        case .nameTooLong: "le nom est trop long : \(limit) signes au plus."
        case .nameReserved: "le nom est celui d’un modérateur, d’un intervenant ou d’une salle."
        case .wordsRefused: "le texte contient un mot que l’organisateur n’accepte pas."
        case .notAllowed: "ce rôle n’a pas ce droit."
        case .wrongVenue: "c’est la modération de l’autre salle qui trie cette question."
        case .notYours: "cette question est à quelqu’un d’autre."
        case .ownQuestion: "on ne soutient pas sa propre question."
        case .blocked: "cet appareil est bloqué."
        case .unknownQuestion: "cette question n’existe pas ou plus."
        case .unknownTalk: "cet exposé n’existe pas."
        case .unknownVenue: "cette salle n’existe pas."
        case .unknownEntry: "cette action est trop ancienne pour être annulée."
        case .wrongStatus: "son état ne le permet pas ; regardez et recommencez."
        case .notOpen: "cette question ne peut pas être soutenue."
        case .staleLive: "une autre question est à l’écran entre-temps ; regardez et recommencez."
        case .wrongOrder: "l’ordre n’est plus fait à la main ; regardez et recommencez."
        case .floorTaken: "une demande de parole attend déjà pour cet exposé."
        case .floorClosed: "on ne demande pas la parole à cet événement."
        case .superseded: "quelqu’un l’a changé depuis ; on ne peut plus l’annuler."
        case .talkOver: "l’exposé est terminé."
        case .noTalk: "l’événement n’a pas d’exposé."
        case .intakePaused: "les questions sont fermées en ce moment."
        case .eventClosed: "l’événement est clos."
        case .tooManyQuestions: "l’événement est plein (\(limit) questions)."
        case .tooManyNotes: "cette question a déjà \(limit) notes."
        case .tooManyTokens: "il y a déjà \(limit) jetons en usage ; révoquez-en d’abord."
        case .labelInvalid:
            "les étiquettes sont des mots courts en minuscules, chiffres et traits d’union : \(limit) au plus."
        case .codeNeeded: "les soutiens comptent avec un code de vote, et cet appareil n’en a pas."
        case .codeUnknown: "ce code de vote n’existe pas."
        case .codeUsed: "ce code de vote a déjà servi sur un autre appareil."
        case .unconfirmed: "ce n’est pas confirmé."
        case .notTheHub: "cela se fait au serveur central, pas au relais de la salle."
        case .rehearsalOver: "c’était pendant la répétition, qui est terminée."
        case .rateLimited: "trop vite ; ce sera renvoyé dans un instant."
        case .commandIDTaken: "l’identifiant est déjà pris ; recommencez."
        case .storageFailed: "le serveur n’a pas pu l’enregistrer ; ce sera renvoyé."
        case .busy: "le serveur est chargé ; ce sera renvoyé."
        case .tokenInvalid: "le jeton est inconnu."
        case .tokenRevoked: "le jeton a été révoqué."
        case .certificateUnknown: "le certificat n’est celui de personne ici."
        case .roleRefused: "ce rôle est refusé."
        case .venueUnknown: "cette salle n’existe pas."
        case .versionUnknown: "le serveur parle une autre version."
        case .deviceInvalid: "l’appareil est inconnu."
        case .badValue where self.limit(in: rejection) != nil: self.limit(in: rejection) ?? ""
        case .malformed, .unknownType, .unknownField, .repeatedKey, .missingField, .wrongType,
            .badValue, .protocolBroken:
            "le serveur n’a pas compris (\(rejection.code.rawValue) \(rejection.field ?? ""))."
        }
    }

    /// What a limit of the event may be, when that is what was refused.
    private func limit(in rejection: Rejection) -> String? {
        rejection.field.flatMap(EventLimit.init).map {
            "\(limit($0))\(colon) un nombre de \($0.range.lowerBound) à \($0.range.upperBound)."
        }
    }
}
