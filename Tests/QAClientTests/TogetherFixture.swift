import QAShared

@testable import QAClient

/// The same event with floor requests, other moderators at their terminals, and what they tell each other.
extension Fixture {
    static let granvilleBy = "gran5678"
    static let clerk = "clrk5678"

    static func at(minute: Int) -> Timestamp { Timestamp(milliseconds: start + minute * 60_000) }

    static func addTogether(to view: inout RoleView) {
        var marie = card(30, agneaux, "approved", "Le sentier côtier", name: "Marie")
        marie.spoken = true
        marie.near = true
        var paul = card(31, granville, "approved", "Les horaires de la navette", name: "Paul")
        paul.spoken = true
        for card in [marie, paul] { view.cards[card.id] = card }
        view.queue = [id(4), id(3), id(30), id(2), id(31)]
        view.cards[id(4)]?.pinned = true
        view.cards[id(5)]?.labels = ["délai", "prix"]
        view.cards[id(5)]?.noted = 6
        view.cards[id(5)]?.notes = [
            NoteInfo(by: granvilleBy, venue: granville, time: at(minute: 10), text: "Déjà posée ce matin ?"),
            NoteInfo(by: own, venue: agneaux, time: at(minute: 11), text: "Non, c'était sur le délai."),
        ]
        view.cards[id(7)]?.desk = agneaux
        view.event?.labels = ["prix", "délai", "logement"]
        view.event?.order = .byTurns
        view.event?.venues[2].cut = at(minute: -4)
        view.channel = [
            message(1, granvilleBy, granville, 8, "Deux questions sur le prix chez nous."),
            message(2, own, agneaux, 9, "Je prends celle de Lucie.", about: 5),
        ]
    }

    static func message(
        _ number: Int, _ by: String, _ venue: VenueID?, _ minute: Int, _ text: String, about: Int? = nil
    ) -> ChannelInfo {
        ChannelInfo(
            id: MessageID(high: 9, low: UInt64(number)), by: by, role: .moderator, venue: venue,
            name: venue.map { "moderator-\($0.text)" }, time: at(minute: minute), text: text, number: about)
    }

    static func stage(read: Bool) -> StageInfo {
        StageInfo(
            id: StageID(high: 8, low: 1), text: "Plus que cinq minutes", by: own, venue: agneaux,
            sent: at(minute: 11), read: read ? at(minute: 12) : nil)
    }

    /// Who is there; Granville's moderator is at a question.
    static func people(at question: Int?) -> Presence {
        var presence = presence
        presence.people = [
            .init(by: clerk, role: .organiser, name: "régie"),
            .init(by: own, role: .moderator, venue: agneaux, name: "moderator-agneaux"),
            .init(by: "cher5678", role: .moderator, venue: cherbourg, name: "moderator-cherbourg", relay: true),
            .init(
                by: granvilleBy, role: .moderator, venue: granville, name: "moderator-granville",
                claims: question.map(id)),
            .init(by: "speaker8", role: .speaker, venue: agneaux, name: "pupitre"),
        ]
        return presence
    }

    static var refusals: [RefusalInfo] {
        [
            RefusalInfo(
                ordinal: 41, what: "approve", code: .wrongStatus, role: .moderator, by: own, time: at(minute: 2),
                question: id(5), number: 5, text: nil),
            RefusalInfo(
                ordinal: 43, what: "ask", code: .talkOver, role: .audience, by: "by100099", time: at(minute: 3),
                text: "Qui paie la navette entre les deux rives le dimanche ?"),
            RefusalInfo(
                ordinal: 47, what: "vote", code: .notOpen, role: .audience, by: "by100099", time: at(minute: 4),
                question: id(11), number: 11, count: 3),
        ]
    }

    static var tokens: [TokenInfo] {
        [
            TokenInfo(tag: clerk, role: .organiser, venue: nil, label: "régie", revoked: false),
            TokenInfo(tag: own, role: .moderator, venue: agneaux, label: "moderator-agneaux", revoked: false),
            TokenInfo(tag: "old45678", role: .display, venue: cherbourg, label: "Hall", revoked: true),
        ]
    }

    /// A terminal of that event.
    static func together(
        _ columns: Int = 80, _ rows: Int = 24, venue: VenueID? = agneaux, words: any Words = French(),
        glyphs: Glyphs = .unicode, at question: Int? = nil
    ) -> Model {
        let model = changed(self.model(columns, rows, venue: venue, words: words, glyphs: glyphs)) {
            addTogether(to: &$0)
        }
        return after(model, .presence(people(at: question)))
    }

    /// The organiser's terminal.
    static func organiser(_ columns: Int = 80, _ rows: Int = 24) -> Model {
        after(
            together(columns, rows, venue: nil),
            .welcome(Identity(by: clerk, venue: nil, limits: EventLimits(), role: .organiser)))
    }

    static func togetherScene(_ name: String, _ columns: Int, _ rows: Int) -> Model {
        let model = together(
            columns, rows, words: name == "together-english" ? English() : French(),
            glyphs: name == "together-ascii" ? .ascii : .unicode, at: ["claimed", "taken"].contains(name) ? 5 : nil)
        switch name {
        case "order": return type(model, "o").0
        case "by-hand", "together-ascii":
            return press(type(changed(model) { $0.event?.order = .byHand }, "0").0, .right).0
        case "floor": return press(type(model, "0").0, .right).0
        case "called":
            return changed(model) { view in
                view.cards[id(30)]?.status = "live"
                view.cards[id(30)]?.ready = true
                view.live = id(30)
            }
        case "people": return type(after(model, .presence(people(at: 5))), "w").0
        case "taken": return type(model, "a").0
        case "notes": return type(at(5, model), "NÀ voir").0
        case "channel": return press(type(at(5, model), "CJe m'en occupe").0, .tab).0
        case "unread", "together-english": return heard(model)
        case "stage": return type(changed(model) { $0.stage = stage(read: false) }, "S").0
        case "stage-read":
            return changed(press(type(model, "C").0, .escape).0) { view in
                view.stage = stage(read: true)
                view.cards[id(30)] = nil
            }
        case "hand": return type(at(5, model), "H").0
        case "labels": return type(at(5, model), "L").0
        case "marked": return type(model, "  ").0
        case "marked-dismiss": return type(model, "  d").0
        case "move": return type(at(5, model), "T").0
        case "heard": return type(model, "EÀ quelle heure ferme").0
        default: return officeScene(name, columns, rows, model)
        }
    }

    /// After Granville said two more things.
    static func heard(_ model: Model) -> Model {
        changed(model) { view in
            view.cards[id(30)]?.near = false
            view.channel.append(message(3, granvilleBy, granville, 11, "Le micro est en panne ici."))
            view.channel.append(
                message(4, granvilleBy, granville, 12, "Prenez d'abord les vôtres, nous cherchons une pile."))
        }
    }

    private static func officeScene(_ name: String, _ columns: Int, _ rows: Int, _ model: Model) -> Model {
        let office = organiser(columns, rows)
        switch name {
        case "organiser": return type(office, "O").0
        case "rehearsal": return changed(office) { $0.event?.phase = .rehearsal }
        case "end-rehearsal": return type(type(changed(office) { $0.event?.phase = .rehearsal }, "O").0, "1effa").0
        case "tokens": return after(opened(office), .tokens(tokens))
        case "revoking": return type(after(opened(office), .tokens(tokens)), "jx").0
        case "secret":
            let minted = MintedToken(
                id: CommandID(high: 1, low: 1), token: "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy", tag: "new45678",
                role: .moderator, venue: agneaux)
            return after(office, .minted(minted))
        case "line-cut":
            return after(unconfirmed(model), .line(line(false)), .refusals(refusals))
        case "refusals": return type(after(model, .line(line(true)), .refusals(refusals)), "Fj").0
        default: return model
        }
    }

    /// The list of tokens asked for.
    static func opened(_ office: Model) -> Model {
        type(office, "O\(office.organiserActions.count)").0
    }

    static func line(_ isUp: Bool) -> LineInfo {
        LineInfo(venue: agneaux, isUp: isUp, since: at(minute: 5), waiting: isUp ? 0 : 12)
    }

    /// A question that the hub has not decided on.
    static func unconfirmed(_ model: Model) -> Model {
        changed(model) { view in
            var card = card(32, agneaux, "pending", "Où garer les vélos pendant la visite ?")
            card.unconfirmed = true
            view.cards[card.id] = card
            view.cards[id(6)]?.unconfirmed = true
        }
    }
}
