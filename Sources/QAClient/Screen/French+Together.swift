import QAShared

/// The order, the floor, other moderators.
extension French {
    var turns: String { "Tours :" }
    func cutSince(_ time: String?) -> String { "coupée" + (time.map { " depuis \($0)" } ?? "") }
    func lineCut(_ trouble: LineTrouble, waiting: Int) -> String {
        "ligne coupée : \(self.trouble(trouble)) – \(waiting) en attente"
    }
    private func trouble(_ trouble: LineTrouble) -> String {
        switch trouble {
        case .codeUnknown: "code d’appairage inconnu"
        case .codeRevoked: "code d’appairage révoqué"
        case .notARelay: "code d’un autre rôle"
        case .otherVenue: "code d’une autre salle"
        case .codeInUse: "code pris par un autre relais"
        case .clockSkew: "horloges trop différentes"
        case .version: "autre version du serveur"
        case .hubNotBelieved: "certificat du serveur refusé"
        }
    }
    func lineCut(since time: String, waiting: Int) -> String { "ligne coupée depuis \(time) – \(waiting) en attente" }
    var rehearsal: String { "RÉPÉTITION" }
    func unread(_ count: Int) -> String { "C " + plural(count, "message", "messages") }
    func refused(_ count: Int) -> String { "F \(count) refus" }
    var callTitle: String { "MICRO" }
    func call(_ who: String, isNow: Bool, isReady: Bool) -> String {
        "\(who) – \(isNow ? "maintenant" : "bientôt")\(isReady ? " (micro apporté)" : "")"
    }
    func stageState(readAt time: String?) -> String {
        "S intervenant : " + (time.map { "lu à \($0)" } ?? "pas encore lu")
    }

    var noNumber: String { "sans n°" }
    var unconfirmed: String { "non confirmée" }
    var unconfirmedNote: String { "le serveur central ne l’a pas encore confirmée" }
    var pinned: String { "épinglée" }
    func floor(isNear: Bool, isReady: Bool) -> String {
        isReady ? "parole, micro apporté" : isNear ? "parole bientôt" : "parole"
    }
    func isThere(_ who: String) -> String { "\(who) est dessus" }
    func handedTo(_ venue: String) -> String { "confiée à \(venue)" }
    func handedBy(_ venue: String) -> String { "confiée par \(venue)" }
    func notes(_ count: Int) -> String { plural(count, "note", "notes") }
    func olderNotes(_ count: Int) -> String { "et \(plural(count, "note plus ancienne", "notes plus anciennes"))" }
    var heard: String { "entendue dans la salle" }
    func held(_ word: String) -> String { "retenue pour vous : mot de l’organisateur « \(word) »" }
    var notAnnounced: String { "hors ligne : les autres ne voient pas que vous êtes dessus" }

    func isTaken(_ question: String, by who: String, key: Character) -> String {
        "\(question) : \(isThere(who)). Encore \(key) pour le faire quand même."
    }
    func handed(_ number: Int?, to venue: String) -> String { "\(question(number)) confiée à \(venue)" }
    func bulkDone(_ what: BulkAction, _ count: Int) -> String {
        let questions = plural(count, "question", "questions")
        let ending = count < 2 ? "" : "s"
        return switch what {
        case .approve: "\(questions) retenue\(ending)"
        case .dismiss(let reason): "\(questions) écartée\(ending) (\(self.reason(reason.rawValue)))"
        case .restore: "\(questions) rétablie\(ending)"
        case .answer: "\(questions) répondue\(ending)"
        }
    }
    func microphone(_ number: Int?, _ on: Bool) -> String {
        on ? "micro apporté pour la \(question(number))" : "micro repris à la \(question(number))"
    }
    private func question(_ number: Int?) -> String { number.map(self.number) ?? "question" }
    var notByHand: String { "l’ordre n’est pas fait à la main ; o le change." }
    var notInQueue: String { "elle n’est pas parmi les premières de la file ; P l’épingle devant." }
    var pinnedFirst: String { "les questions épinglées passent devant ; P épingle ou désépingle." }
    var nobodyCalled: String { "personne n’attend le micro ici." }
    var noOtherTalk: String { "Il n’y a pas d’autre exposé à venir." }
    func tooManyMarked(_ limit: Int) -> String { "\(limit) questions cochées au plus." }
    var noneFits: String { "impossible pour toutes les questions cochées ; Échap décoche." }
    var textKept: String { "Texte gardé : la même touche le reprend." }
    var onlyOnline: String { "hors ligne : cela ne se fait qu’en ligne ; recommencez ensuite." }
    var onlyAtHub: String { "les jetons se font au serveur central, pas au relais." }
    var nothingRefused: String { "Rien n’a été refusé." }
    var wishedAgain: String { "Demandé à nouveau." }
    var letGo: String { "Laissé : rien n’est renvoyé." }
    var onlyLetGo: String { "Cela ne peut pas être redemandé d’ici : l pour le laisser." }
    func wish(_ refusal: RefusalInfo) -> String {
        let about = refusal.number.map { "sur la \(number($0))" }
        switch refusal.what {
        case "ask": return "question posée dans la salle"
        case "vote": return [plural(refusal.count, "vote", "votes"), about].compactMap { $0 }.joined(separator: " ")
        case "withdraw": return "question retirée par son auteur"
        case "redeem": return "code de vote donné dans la salle"
        default: return done(refusal.what, number: refusal.number, talk: nil, reason: nil)
        }
    }

    func order(_ order: QueueOrder) -> String {
        switch order {
        case .byTurns: "à tour de rôle entre les salles"
        case .byVotes: "par votes"
        case .byTime: "par arrivée"
        case .byHand: "à la main (J et K déplacent)"
        }
    }
    func rule(_ order: QueueOrder) -> String {
        let pins = " Une question épinglée par la modération passe avant les autres."
        return switch order {
        case .byTurns:
            "Les salles passent à tour de rôle : la prochaine question vient de la salle qui a eu le moins de tours ; "
                + "dans une salle, la plus soutenue d’abord. Une salle dont la liaison est coupée attend son retour."
                + pins
        case .byVotes: "La question la plus soutenue passe d’abord." + pins
        case .byTime: "Les questions passent dans l’ordre de leur arrivée." + pins
        case .byHand: "La modération choisit l’ordre des questions." + pins
        }
    }
    func role(_ role: Role) -> String {
        switch role {
        case .audience: "public"
        case .moderator: "modération"
        case .speaker: "intervenant"
        case .display: "écran"
        case .organiser: "organisation"
        case .relay: "relais"
        }
    }
    var noVenue: String { "sans salle (toutes)" }
    var current: String { "en ce moment" }
    var peopleTitle: String { "Qui est là" }
    var nobodyThere: String { "personne d’autre que le public" }
    var you: String { "vous" }
    var byRelay: String { "par le relais" }
    var refusalsTitle: String { "Refusé par le serveur central" }
    var refusedBecause: String { "Refusé" }
    func now(_ card: Card, founder: Int?) -> String {
        "maintenant \(status(card))" + (founder.map { " à la \(number($0))" } ?? "")
    }
    func refusal(_ wish: String, _ why: String) -> String { "\(wish) – REFUSÉ : \(why)" }
    var noNotes: String { "Aucune note." }
    var noMessages: String { "Aucun message pour l’instant." }
    func stageNow(_ text: String, at time: String, readAt: String?) -> String {
        "« \(text) » envoyé à \(time) – " + (readAt.map { "lu à \($0)" } ?? "pas encore lu")
    }
    var noStage: String { "Aucun message ne couvre l’écran de l’intervenant." }
    func proposals(_ labels: [String]) -> String { "Proposées : " + labels.map { "#" + $0 }.joined(separator: " ") }
}
