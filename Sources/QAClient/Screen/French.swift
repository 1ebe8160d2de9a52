import QAShared

/// French, the language of the first event.
struct French: Words {
    let code = "fr"
    let colon = " :"
    let yesKeys: Set<Key> = [.character("o"), .character("O"), .character("y")]

    let noEvent = "Questions du public"
    let connecting = "connexion…"
    let online = "en ligne"
    func offline(seconds: Int) -> String { "hors ligne depuis \(duration(seconds))" }
    func failure(_ reason: String) -> String {
        switch reason {
        case "Unable to connect": "serveur injoignable"
        case "Timed out waiting SSL": "pas de réponse (TLS)"
        case _ where reason.hasPrefix("HS: "): "réponse inattendue à cette adresse"
        default: reason
        }
    }
    func unanswered(_ count: Int) -> String { "\(count) en attente d’envoi" }
    func intake(_ open: Bool) -> String {
        open ? "questions ouvertes" : "PAUSE : questions fermées"
    }
    let eventClosed = "ÉVÉNEMENT CLOS"
    func orderIs(_ order: QueueOrder) -> String { "ordre : \(orderWord(order))" }
    func orderWord(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "tour de rôle"
        case .byVotes: "votes"
        case .byTime: "arrivée"
        case .byHand: "à la main"
        }
    }
    func phase(_ phase: TalkPhase) -> String {
        switch phase {
        case .planned: "prévu"
        case .running: "en cours"
        case .ended: "terminé"
        }
    }
    func burst(_ count: Int) -> String { "\(count) premiers votes à la fois" }
    func burstTold(_ count: Int, _ time: String) -> String {
        "\(count) premiers votes en 10 s (\(time)), plus que la salle n’en explique : peut-être une seule personne."
    }
    func codes(_ codes: Presence.Codes) -> String { "votes par code, \(codes.used) utilisés sur \(codes.issued)" }
    func presence(_ count: Presence.Count) -> String {
        var parts = ["\(count.phones) tél.", "\(count.moderators) mod."]
        if count.speakers > 0 { parts.append(plural(count.speakers, "intervenant", "intervenants")) }
        if count.displays > 0 { parts.append(plural(count.displays, "écran", "écrans")) }
        return parts.joined(separator: ", ")
    }
    func presenceInBrief(_ count: Presence.Count) -> String {
        var parts = ["\(count.phones) tél.", "\(count.moderators) mod."]
        if count.speakers > 0 { parts.append("\(count.speakers) int.") }
        if count.displays > 0 { parts.append("\(count.displays) écr.") }
        return parts.joined(separator: " ")
    }
    let all = "Toutes"
    func section(_ section: Section) -> String {
        switch section {
        case .pending: "À lire"
        case .approved: "Retenues"
        case .live: "À l’écran"
        case .done: "Traitées"
        case .doubtful: "Doublons"
        }
    }
    func newOnes(_ count: Int) -> String { plural(count, "nouvelle", "nouvelles") }
    func ownVenue(_ name: String) -> String { "vous : \(name)" }

    func number(_ number: Int) -> String { "n° \(number)" }
    func status(_ card: Card) -> String {
        switch card.status {
        case "pending": "à lire"
        case "approved": "retenue"
        case "live": "à l’écran"
        case "answered": "répondue"
        case "dismissed":
            card.reason == "withdrawn" ? "retirée" : "écartée"
        case "merged": "réunie"
        default: card.status
        }
    }
    func reason(_ word: String) -> String {
        switch word {
        case "off_topic": "hors sujet"
        case "unclear": "pas claire"
        case "already_answered": "déjà répondue"
        case "duplicate": "en double"
        case "personal": "cas privé"
        case "offensive": "blessante"
        case "no_time": "plus le temps"
        case "other": "autre raison"
        case "withdrawn": "retirée par son auteur"
        default: word
        }
    }
    func votes(_ count: Int) -> String { plural(count, "vote", "votes") }
    let original = "Texte d’origine"
    let waitingForAnswer = "en attente du serveur"
    let blockedDevice = "appareil bloqué"
    let erasedText = "[texte effacé]"
    func sameDevice(_ count: Int) -> String { "\(count) questions de cet appareil" }
    func otherVenue(_ name: String) -> String { "triée par \(name)" }
    func empty(_ section: Section) -> String {
        switch section {
        case .pending: "Rien à lire : tout est trié."
        case .approved: "Aucune question retenue n’attend."
        case .live: "Aucune question à l’écran."
        case .done: "Aucune question traitée."
        case .doubtful: nothingDoubtful
        }
    }
    let nobodyLive = "Aucune question à l’écran."
    let queue = "File d’attente"
    func more(_ count: Int) -> String { "et \(count) de plus" }

    func done(_ what: String, number: Int?, talk: String?, reason: String?) -> String {
        let question = number.map(self.number) ?? "question"
        let why = reason.map { " (\($0))" } ?? ""
        switch what {
        case "approve": return "\(question) retenue"
        case "edit": return "\(question) modifiée"
        case "dismiss": return "\(question) écartée\(why)"
        case "restore": return "\(question) rétablie"
        case "takeLive": return "\(question) à l’écran"
        case "answer": return "\(question) répondue"
        case "putBack": return "\(question) remise dans la file"
        case "unite": return united(number, into: nil)
        case "separate": return separated(number, from: nil)
        case "distinguish": return distinguished(number, from: nil)
        case "block": return "appareil de la \(question) bloqué"
        case "unblock": return "appareil de la \(question) débloqué"
        case "startTalk": return "exposé commencé\(colon) \(talk ?? "")"
        case "endTalk": return "exposé terminé\(colon) \(talk ?? "")"
        case "pauseIntake": return "questions fermées"
        case "resumeIntake": return "questions ouvertes"
        case "setOrder": return "ordre de la file changé"
        case "pin": return "\(question) épinglée"
        case "unpin": return "\(question) n’est plus épinglée"
        case "place": return "\(question) déplacée dans la file"
        case "ready": return "micro pour la \(question)"
        case "closeEvent": return "événement clos"
        case "openEvent": return "événement rouvert"
        case "note": return "note sur la \(question)"
        case "say": return number.map { "dit à la modération sur la \(self.number($0))" } ?? "dit à la modération"
        case "hand": return "\(question) confiée à une autre salle"
        case "stage": return "message à l’intervenant"
        case "stageRead": return "message lu par l’intervenant"
        case "clearStage": return "message à l’intervenant retiré"
        case "enter": return "\(question) saisie pour la salle"
        case "label": return "\(question) étiquetée"
        case "bulk": return "plusieurs questions triées d’un coup"
        case "move": return "\(question) passée à un autre exposé\(talk.map { "\(colon) \($0)" } ?? "")"
        case "startRehearsal": return "répétition commencée"
        case "endRehearsal": return "répétition terminée"
        case "amend": return "événement modifié"
        case "erase": return "mots de \(question) effacés pour toujours"
        case "undo": return number.map { "annulation sur la \(self.number($0))" } ?? "annulation"
        default: return what
        }
    }
    func orderSet(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "file à tour de rôle entre les salles"
        case .byVotes: "file rangée par votes"
        case .byTime: "file rangée par arrivée"
        case .byHand: "file rangée à la main"
        }
    }
    func doesNotFit(_ card: Card) -> String {
        "impossible, la question est \(status(card))\(card.blocked ? " et son appareil bloqué" : "")."
    }
    func later(_ what: String) -> String { "\(what), envoyé dès que la ligne revient" }
    func undoing(_ what: String) -> String { "Annulation demandée\(colon) \(what)" }
    func undone(_ what: String) -> String { what.isEmpty ? "Annulé." : "Annulé\(colon) \(what)" }
    func droppedUnsent(_ what: String) -> String { "Annulé avant l’envoi\(colon) \(what)" }
    let nothingToUndo = "Vous n’avez rien à annuler."
    let alreadyUndone = "C’est déjà annulé."
    let nothingDone = "Rien n’est changé."
    let nothingSelected = "Aucune question choisie."
    func nothingNew(_ venue: String?) -> String {
        "Rien de nouveau\(venue.map { " pour \($0)" } ?? "")."
    }
    func noSuchNumber(_ number: Int) -> String { "Il n’y a pas de n° \(number) ici." }
    let keysIgnored = "Touches ignorées (pause d’1 s ou Échap)"
    let draftKept = "Brouillon gardé : e pour le reprendre."
    let draftFound = "Voici votre brouillon."
    let notSavedOnDisk =
        "Les actions en attente ne peuvent pas être écrites sur le disque : ne quittez pas avant l’envoi."
    let noShellAbove = "Pas de shell d’où revenir : le programme reste là ; q le quitte."
    func who(_ action: ActionInfo, venue: String?, isOwn: Bool) -> String {
        if isOwn { return "vous" }
        let role =
            action.role == .speaker ? "intervenant" : action.role == .organiser ? "organisation" : nil
        return [venue, role].compactMap { $0 }.joined(separator: ", ").ifEmpty("modération")
    }
    let undoneMark = "annulé"

    let chooseReason = "Écarter : tapez le chiffre de la raison, Échap pour renoncer."
    func mayBlock(_ number: Int, on: Bool) -> String {
        on
            ? "Bloquer l’appareil de la n° \(number) (ni poser, ni soutenir) ?"
            : "Débloquer l’appareil de la n° \(number) ?"
    }
    func mayQuit(_ count: Int) -> String {
        "\(plural(count, "action non envoyée", "actions non envoyées")) ; tout est gardé sur le disque. Quitter ?"
    }
    func editing(_ number: Int) -> String { "Modifier la n° \(number)" }
    let changedMeanwhile = "Le texte a été changé ailleurs entre-temps."
    let talksTitle = "Exposés"
    let historyTitle = "Dernières actions"
    let historyEmpty = "Aucune action pour l’instant."
    let search = "Chercher"
    func found(_ count: Int, _ query: String) -> String {
        "Recherche « \(query) » : \(plural(count, "question", "questions"))"
    }
    let goTo = "Aller au n°"
    let helpTitle = "Aide"
    func tooSmall(_ needed: Size, _ size: Size) -> String {
        "Fenêtre trop petite (\(size.columns)×\(size.rows)) : agrandissez-la à \(needed.columns)×\(needed.rows) au moins."
    }

    func closed(_ code: UInt16) -> String {
        switch CloseCode(rawValue: code) {
        case .tokenInvalid: "Le serveur ne connaît pas ce jeton. Demandez-en un à l’organisation."
        case .tokenRevoked: "Ce jeton a été révoqué. Demandez-en un autre à l’organisation."
        case .certificateUnknown:
            "Ce certificat n’est celui de personne à cet événement, ou son autorité l’a retiré. L’organisation l’ajoute au fichier de l’événement."
        case .roleRefused: "Ce jeton n’est pas celui d’une modération."
        case .venueUnknown: "La salle de ce jeton n’existe pas dans cet événement."
        case .versionUnknown:
            "Le serveur parle une autre version du protocole : mettez qaclient à jour."
        case .normal: "Le serveur a mis fin à la connexion."
        default: "Le serveur a refusé ce que ce programme lui a envoyé (code \(code))."
        }
    }
    func leftBehind(_ count: Int) -> String {
        "\(plural(count, "action reste", "actions restent")) en attente sur le disque, à envoyer au prochain lancement."
    }
    let notATerminal = "qaclient s’utilise dans un terminal interactif."
    let tokenAsArgument =
        "Un jeton donné en argument est visible de tous sur cette machine : utilisez QARELAY_TOKEN ou --token-file FICHIER."
    let noToken =
        "Il faut un jeton de modération : dans QARELAY_TOKEN ou avec --token-file FICHIER."
    func tokenFileUnreadable(_ path: String, _ why: String) -> String {
        "Le fichier du jeton \(path) ne peut pas être lu : \(why)."
    }
    func tokenFileOpenToOthers(_ path: String) -> String {
        "D’autres peuvent lire le jeton dans \(path) : il n’est pas utilisé. Faites : chmod 600 \(path)"
    }
    func tokenFileEmpty(_ path: String) -> String {
        "La première ligne de \(path) n’est pas un jeton."
    }
    func badHub(_ text: String) -> String {
        "« \(text) » n’est pas l’adresse d’un serveur ; il faut par exemple ws://127.0.0.1:8080 ou wss://HÔTE."
    }

    func plural(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count < 2 ? one : many)"
    }

    private func duration(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}

extension String {
    func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
