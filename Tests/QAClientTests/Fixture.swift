// One small event that the screen tests share.

import QAShared

@testable import QAClient

/// An event of three venues, built by hand: what a moderator of Agneaux would see.
enum Fixture {
    static let granville = VenueID("granville")!
    static let agneaux = VenueID("agneaux")!
    static let cherbourg = VenueID("cherbourg")!
    static let opening = TalkID("ouverture")!
    static let certificate = TalkID("certificat")!
    static let closing = TalkID("cloture")!
    static let own = "me345678"
    /// 14:03 in UTC.
    static let start = 1_790_086_980_000

    static func id(_ number: Int) -> QuestionID { QuestionID(high: 7, low: UInt64(number)) }

    static func card(
        _ number: Int, _ venue: VenueID, _ status: String, _ text: String, votes: Int = 0,
        name: String? = nil, reason: String? = nil, by: String? = nil, talk: TalkID = certificate
    ) -> Card {
        var card = Card(
            id: id(number), number: number, talk: talk, venue: venue, status: status, text: text,
            votes: votes, asked: Timestamp(milliseconds: start + number * 60_000))
        card.name = name
        card.reason = reason
        card.by = by ?? "by\(100_000 + number)"
        return card
    }

    static var event: EventInfo {
        EventInfo(
            id: "mer-2026", title: "Journées du littoral et de la mer", languages: ["fr", "en"],
            venues: [
                .init(id: granville, name: "Granville", place: "Archipel"),
                .init(id: agneaux, name: "Agneaux", place: "Salle des fêtes"),
                .init(id: cherbourg, name: "Cherbourg", place: "La Cité de la Mer"),
            ],
            talks: [
                .init(id: opening, title: "Ouverture", speaker: "M. Roux", phase: .ended),
                .init(
                    id: certificate, title: "Le certificat de conformité", speaker: "Mme Lefèvre",
                    phase: .running),
                .init(id: closing, title: "Clôture", speaker: "", phase: .planned),
            ],
            talk: certificate, phase: .open, intake: true, moderated: true, order: .byVotes)
    }

    static var cards: [Card] {
        [
            card(
                1, granville, "live", "Qui délivre le certificat pour les logements communaux ?",
                votes: 31, name: "Anne"),
            card(
                2, agneaux, "approved", "Quel est le délai pour obtenir le certificat ?", votes: 17),
            card(
                3, agneaux, "approved", "Faut-il refaire le diagnostic après des travaux ?",
                votes: 22, name: "Jean-Luc"),
            card(
                4, cherbourg, "approved", "Le certificat suit-il la vente de la maison ?", votes: 9),
            card(
                5, agneaux, "pending",
                "Est-ce que le prix dépend de la surface du logement ou du nombre de pièces, et qui paie quand il y a plusieurs propriétaires dans le même bâtiment ?",
                name: "Lucie"),
            card(6, agneaux, "pending", "日本語の質問です。津波の時はどうしますか？"),
            card(
                7, granville, "pending", "Peut-on avoir les diapositives ☕ après l'exposé ?",
                name: "Élodie"),
            card(
                8, cherbourg, "pending", "Pourquoi le raccordement est-il obligatoire à Cherbourg ?"
            ),
            card(
                9, agneaux, "pending", "Et pour les gîtes ruraux loués quelques semaines par an ?",
                by: "by100005"),
            card(
                10, agneaux, "dismissed", "Où sont les toilettes de la salle ?", reason: "off_topic"
            ),
            card(11, agneaux, "answered", "Le certificat est-il valable dix ans ?", votes: 12),
            card(
                12, granville, "dismissed", "Je retire ma question sur le prix", reason: "withdrawn"
            ),
        ]
    }

    static var actions: [ActionInfo] {
        [
            action(40, "approve", 2, agneaux, own),
            action(41, "approve", 1, granville, "gran5678"),
            action(42, "takeLive", 1, nil, "speaker8", role: .speaker),
            action(43, "dismiss", 10, agneaux, own),
            action(44, "edit", 4, cherbourg, "cher5678"),
        ]
    }

    static func action(
        _ sequence: Int, _ what: String, _ number: Int?, _ venue: VenueID?, _ by: String,
        role: Role = .moderator, undone: Bool = false
    ) -> ActionInfo {
        ActionInfo(
            sequence: sequence, time: Timestamp(milliseconds: start + sequence * 1000), role: role,
            venue: venue, by: by, what: what, number: number, talk: nil, undone: undone)
    }

    static var view: RoleView {
        var view = RoleView()
        view.event = event
        for card in cards { view.cards[card.id] = card }
        view.live = id(1)
        view.queue = [id(3), id(2), id(4)]
        view.turns = [
            VenueTurns(venue: granville, turns: 3), VenueTurns(venue: agneaux, turns: 3),
            VenueTurns(venue: cherbourg, turns: 2),
        ]
        view.actions = actions
        return view
    }

    static var presence: Presence {
        var counts: [Presence.Count] = []
        for phones in [84, 120, 61] {
            var count = Presence.Count()
            count.phones = phones
            count.moderators = 1
            count.displays = 1
            counts.append(count)
        }
        counts[1].speakers = 1
        return Presence(venues: Array(zip([granville, agneaux, cherbourg], counts)))
    }

    /// A terminal of Agneaux, online, with the whole view.
    static func model(
        _ columns: Int = 80, _ rows: Int = 24, venue: VenueID? = agneaux,
        words: any Words = French(), glyphs: Glyphs = .unicode
    ) -> Model {
        let model = Model(
            size: Size(columns: columns, rows: rows), words: words, glyphs: glyphs,
            hub: "ws://127.0.0.1:8080")
        return after(
            model, .tick(clock(100_000)), .link(.online),
            .welcome(Identity(by: own, venue: venue, limits: EventLimits())), .view(view),
            .presence(presence))
    }

    static func clock(_ monotonic: Int) -> Clock {
        Clock(time: Timestamp(milliseconds: start + 720_000), offset: 7200, monotonic: monotonic)
    }

    /// The model after these messages.
    static func after(_ model: Model, _ messages: Message...) -> Model {
        messages.reduce(model) { update($0, $1).0 }
    }

    /// What is done, without telling the others at which question this terminal is.
    static func deeds(_ effects: [Effect]) -> [Effect] {
        effects.filter { if case .claim = $0 { false } else { true } }
    }

    /// The model and the last key's effects after these keys.
    static func press(_ model: Model, _ keys: Key...) -> (Model, [Effect]) {
        var result = (model, [Effect]())
        for key in keys { result = update(result.0, .key(key)) }
        return (result.0, deeds(result.1))
    }

    /// The model and all effects after typing these characters.
    static func type(_ model: Model, _ text: String) -> (Model, [Effect]) {
        var model = model
        var effects: [Effect] = []
        for character in text {
            let (next, more) = update(model, .key(.character(character)))
            model = next
            effects += more
        }
        return (model, deeds(effects))
    }

    /// The model with a changed view.
    static func changed(_ model: Model, _ change: (inout RoleView) -> Void) -> Model {
        var view = model.view
        change(&view)
        return after(model, .view(view))
    }
}

extension Model {
    var selectedNumber: Int? { selected?.number }
    var rowNumbers: [Int] { rows.compactMap { expected.cards[$0]?.number } }
}
