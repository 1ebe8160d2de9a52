import QAShared

/// Panels, and the keys and help that belong to them.
extension French {
    func menuTitle(_ kind: Menu.Kind, _ question: String) -> String {
        switch kind {
        case .order: "Ordre de la file"
        case .hand: "Confier la \(question) à la modération de"
        case .move: "Passer la \(question) à l’exposé"
        case .enterVenue: "Dans quelle salle la question a-t-elle été entendue ?"
        case .organiser: ["Organisation", question].filter { !$0.isEmpty }.joined(separator: " : ")
        case .talks: "Exposés"
        case .renameTalk: "Exposé à renommer"
        case .removeTalk: "Exposé à retirer (sans question)"
        case .moveTalk: "Exposé à déplacer"
        case .talkBefore: "Mettre « \(question) » avant"
        case .limit: "Limite à changer"
        case .tokenRole: "Nouveau jeton : pour qui ?"
        case .tokenVenue(let role): "Nouveau jeton, \(self.role(role)) : pour quelle salle ?"
        }
    }
    func organise(_ action: OrganiserAction, isOn: Bool) -> String {
        switch action {
        case .startRehearsal: "commencer une répétition (tout s’efface à la fin)"
        case .endRehearsal: "terminer la répétition : tout ce qui y fut fait s’efface"
        case .moderated: (isOn ? "ne plus lire" : "lire") + " les questions avant de les montrer"
        case .floor: isOn ? "ne plus laisser demander la parole" : "laisser demander la parole"
        case .talks: "exposés : ajouter, renommer, déplacer, retirer"
        case .limits: "changer une limite"
        case .title: "changer le titre de l’événement"
        case .close: "clore l’événement (il peut être rouvert)"
        case .open: "rouvrir l’événement"
        case .tokens: "jetons : voir, créer, révoquer"
        }
    }
    func organise(_ action: TalkAction) -> String {
        switch action {
        case .add: "ajouter un exposé"
        case .rename: "renommer un exposé, ou changer d’intervenant"
        case .move: "déplacer un exposé"
        case .remove: "retirer un exposé sans question"
        }
    }
    var lastTalk: String { "à la fin" }
    var talksHaveQuestions: String {
        "tous les exposés ont des questions, ou il n’y en a qu’un : T les passe à un autre."
    }
    var mayClose: String { "Clore l’événement ? Rien n’y est plus pris jusqu’à sa réouverture." }
    func limit(_ limit: EventLimit) -> String {
        switch limit {
        case .textMinimum: "caractères d’une question, au moins"
        case .textMaximum: "caractères d’une question, au plus"
        case .wordsMinimum: "mots d’une question, au moins"
        case .wordMaximum: "caractères d’un mot, au plus"
        case .askBurst: "questions de suite, par personne"
        case .askEverySeconds: "secondes entre deux questions ensuite"
        case .questionsMaximum: "questions en tout, au plus"
        }
    }
    func writingTitle(_ purpose: Writing.Purpose, _ subject: String) -> String {
        switch purpose {
        case .note: "Notes sur la \(subject), pour la modération seule"
        case .channel: "Canal de la modération"
        case .stage: "Message à l’intervenant"
        case .entering(_, spoken: true): "Demande de parole à \(subject)"
        case .entering: "Question entendue à \(subject)"
        case .entrant(_, _, spoken: true): "Qui demande la parole ? (Entrée seule : sans nom)"
        case .entrant: "Qui l’a posée ? (Entrée seule : sans nom)"
        case .labels: "Étiquettes de la \(subject)"
        case .endRehearsal: "Terminer la répétition"
        case .title: "Titre de l’événement"
        case .newTalk: "Nouvel exposé"
        case .renameTalk: "Renommer l’exposé"
        case .limit(let limit): "Limite : \(self.limit(limit))"
        case .tokenName(let role, _): "Nouveau jeton, \(self.role(role)) : son nom"
        }
    }
    func hint(_ purpose: Writing.Purpose) -> String? {
        switch purpose {
        case .entering(_, spoken: true): "Sur quoi ? Retenue aussitôt ; le nom vient ensuite."
        case .entering: "Retenue aussitôt ; le nom de la personne vient ensuite."
        case .stage: "Il couvre l’écran de l’intervenant jusqu’à ce qu’il soit lu."
        case .labels: "En minuscules, séparées par des blancs ; rien pour les enlever toutes. /#mot les cherche."
        case .endRehearsal:
            "Questions, votes, notes et messages de la répétition seront effacés, sans retour. \(typeTheWord)"
        case .newTalk, .renameTalk: "Titre / qui parle"
        case .limit(let limit): "Un nombre de \(limit.range.lowerBound) à \(limit.range.upperBound)."
        case .tokenName: "Par exemple : Aide de salle. Le jeton sera montré une seule fois."
        default: nil
        }
    }
    var rehearsalWord: String { "effacer" }
    var typeTheWord: String { "Pour le faire, tapez : \(rehearsalWord)" }
    var speakerMissing: String { "il manque qui parle : Titre / qui parle." }
    var tokensTitle: String { "Jetons" }
    var revoked: String { "révoqué" }
    var listOnItsWay: String { "La liste arrive." }
    var alreadyRevoked: String { "Il est déjà révoqué." }
    func mayRevoke(_ name: String) -> String { "Révoquer « \(name) » ? Qui s’en sert est déconnecté aussitôt." }
    var organisersOnly: String { "c’est réservé à l’organisation." }
    var rehearsalNeedsNoQuestions: String { "une répétition ne commence que tant qu’il n’y a pas de question." }
    var secretTitle: String { "Nouveau jeton" }
    var secretOnce: String { "Il n’est montré qu’ici et maintenant : notez-le avant de fermer." }
    var secretUse: String {
        "Modération : dans un fichier (chmod 600), qaclient --token-file. Pages : /speaker#JETON, /wall#JETON."
    }

    // MARK: Keys

    var moreKeys: [[KeyWord]] {
        [
            [
                KeyWord("N", "note"), KeyWord("H", "confier"), KeyWord("L", "étiquettes"),
                KeyWord("T", "autre exposé"), KeyWord("Espace", "cocher"),
            ],
            [
                KeyWord("C", "canal"), KeyWord("S", "intervenant"), KeyWord("E", "entendue"),
                KeyWord("w", "qui est là"),
            ],
        ]
    }
    var moveKeys: KeyWord { KeyWord("J K", "descendre, monter") }
    func microphoneKey(_ number: Int?, _ on: Bool) -> String {
        (on ? "micro apporté" : "reprendre le micro") + (number.map { " n° \($0)" } ?? "")
    }
    func pinKey(_ isPinned: Bool) -> String { isPinned ? "désépingler" : "épingler" }
    var refusalsKey: String { "refus" }
    func markedKeys(_ count: Int) -> [KeyWord] {
        [
            KeyWord("", plural(count, "cochée", "cochées") + colon), KeyWord("a", "retenir"), KeyWord("d", "écarter"),
            KeyWord("r", "rétablir"), KeyWord("v", "répondues"), KeyWord("Échap", "décocher"),
        ]
    }
    var menuKeys: [KeyWord] {
        [
            KeyWord("j k", "choisir"), KeyWord("Entrée", "prendre"), KeyWord("0-9", "tout de suite"),
            KeyWord("Échap", "laisser"),
        ]
    }
    func writingKeys(_ purpose: Writing.Purpose, about: String?, hasStage: Bool) -> [KeyWord] {
        let leave = KeyWord("Échap", purpose.isKept ? "laisser (gardé)" : "laisser")
        switch purpose {
        case .channel:
            let tab = about.map { KeyWord("Tab", "sur la \($0)") }
            return [KeyWord("Entrée", "dire à tous"), tab, KeyWord("↑ ↓", "plus ancien"), leave]
                .compactMap { $0 }
        case .stage:
            let clear = hasStage ? [KeyWord("Ctrl-R", "retirer le message")] : []
            return [KeyWord("Entrée", "envoyer")] + clear + [leave]
        case .entering(_, let spoken):
            return [KeyWord("Entrée", "puis le nom"), KeyWord("Tab", spoken ? "à écrire" : "à l’oral"), leave]
        case .endRehearsal: return [KeyWord("Entrée", "effacer tout"), leave]
        default: return [KeyWord("Entrée", "enregistrer"), leave]
        }
    }
    var peopleKeys: [KeyWord] { helpKeys }
    var refusalKeys: [KeyWord] {
        [
            KeyWord("j k", "choisir"), KeyWord("a", "à nouveau"), KeyWord("l", "laisser tomber"),
            KeyWord("Échap", "fermer"),
        ]
    }
    var tokenKeys: [KeyWord] {
        [KeyWord("j k", "choisir"), KeyWord("n", "nouveau"), KeyWord("x", "révoquer"), KeyWord("Échap", "fermer")]
    }
    var secretKeys: [KeyWord] { [KeyWord("Entrée", "c’est noté : effacer de l’écran")] }

    var helpOnOrder: [KeyWord] {
        [
            KeyWord("", "La file et la parole"),
            KeyWord("o", "ordre de la file : tour de rôle, votes, arrivée, à la main"),
            KeyWord("P", "épingler devant toutes les autres, désépingler"),
            KeyWord("J K", "descendre, monter dans l’ordre fait à la main"),
            KeyWord("R", "micro apporté (ou repris) à qui demande la parole"),
        ]
    }
    var helpTogether: [KeyWord] {
        [
            KeyWord("", "Avec les autres"),
            KeyWord("N", "notes sur la question : lire, écrire"),
            KeyWord("C", "canal de la modération ; Tab parle de la question choisie"),
            KeyWord("H", "confier la question à une autre salle, ou la reprendre"),
            KeyWord("L", "étiquettes ; /#mot cherche une étiquette"),
            KeyWord("T", "passer la question à un autre exposé"),
            KeyWord("E", "écrire une question entendue dans la salle"),
            KeyWord("S", "message à l’intervenant, lu ou non ; Ctrl-R le retire"),
            KeyWord("w", "qui est là, et sur quelle question"),
            KeyWord("F", "ce que le serveur central a refusé au relais de la salle"),
            KeyWord("O", "organisation : répétition, lecture, parole, exposés, limites, titre, clôture, jetons"),
        ]
    }
    var helpOnMarks: [KeyWord] {
        [
            KeyWord("", "Plusieurs à la fois"),
            KeyWord("Espace *", "cocher la question, toute la liste ; Échap décoche"),
            KeyWord("a d r v", "pour toutes celles qui sont cochées ; u annule le tout"),
        ]
    }
    func signsTogether(_ glyphs: Glyphs) -> String { "\(glyphs.marked) cochée" }
}
