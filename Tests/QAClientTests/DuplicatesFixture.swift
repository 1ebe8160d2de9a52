import QAShared

@testable import QAClient

/// The same event with questions that may ask the same, and with a group of four from three venues.
extension Fixture {
    static let price = "Combien coûte le certificat avant 2010 ?"
    static let laterPrice = "Combien coûte le certificat après 2010 ?"

    static func flag(
        _ other: Int, _ level: FlagLevel, _ reasons: [FlagReason] = [], mine: [Int] = [], theirs: [Int] = []
    ) -> DuplicateFlag {
        DuplicateFlag(other: id(other), level: level, reasons: reasons, mine: mine, theirs: theirs)
    }

    /// Puts flags on both cards, as the hub shows them.
    static func put(_ flags: [DuplicateFlag], on number: Int, _ view: inout RoleView) {
        view.cards[id(number)]?.flags = flags
        for flag in flags { view.cards[flag.other]?.flags.append(flag.turned(to: id(number))) }
    }

    /// Merges questions into another one, as the hub shows it.
    static func merge(_ numbers: [Int], into founder: Int, automatic: Bool, _ view: inout RoleView) {
        guard var card = view.cards[id(founder)] else { return }
        for number in numbers {
            view.cards[id(number)]?.status = "merged"
            view.cards[id(number)]?.into = card.id
            view.cards[id(number)]?.automatic = automatic
            card.variants.append(id(number))
            let venue = view.cards[id(number)]?.venue ?? agneaux
            if !card.askingVenues.contains(venue) { card.venues = card.askingVenues + [venue] }
        }
        card.askers = card.variants.count + 1
        view.cards[card.id] = card
    }

    static func addDuplicates(to view: inout RoleView) {
        for card in [
            card(13, granville, "approved", laterPrice, votes: 8, name: "Paul"),
            card(14, agneaux, "pending", "Faut-il refaire un diagnostic après les travaux ?", votes: 2),
            card(15, granville, "pending", "Après des travaux, faut-il un nouveau diagnostic ?"),
            card(16, cherbourg, "pending", "Do I need a new survey after building works?", votes: 1),
            card(20, agneaux, "pending", price, name: "Zoé"),
            card(21, agneaux, "pending", "Où se trouvent les toilettes ici ?"),
            card(22, cherbourg, "pending", "Quel est le prix du certificat ?"),
        ] { view.cards[card.id] = card }
        merge([14, 15], into: 3, automatic: true, &view)
        merge([16], into: 3, automatic: false, &view)
        put(
            [
                flag(13, .strong, [.sameType, .sameNumbers], mine: [4], theirs: [4]),
                flag(11, .probable, [.sameNames, .otherType, .answered], mine: [0, 1], theirs: [4, 5, 6]),
            ], on: 20, &view)
        put([flag(10, .probable, [.sameType, .otherRoom, .dismissed], mine: [4], theirs: [])], on: 21, &view)
        put([flag(20, .probable, [.likeWords, .narrower], mine: [], theirs: [4, 5])], on: 22, &view)
        view.queue = [id(3), id(2), id(4), id(13)]
    }

    /// A terminal of that event.
    static func duplicates(
        _ columns: Int = 80, _ rows: Int = 24, venue: VenueID? = agneaux, words: any Words = French(),
        glyphs: Glyphs = .unicode
    ) -> Model {
        changed(model(columns, rows, venue: venue, words: words, glyphs: glyphs)) { view in
            addDuplicates(to: &view)
        }
    }

    /// The same terminal with a question under the cursor.
    static func at(_ number: Int, _ model: Model) -> Model { press(type(model, "g\(number)").0, .enter).0 }

    /// A command of this terminal on its way.
    static func outgoing(_ command: Command, _ stage: Outgoing.Stage = .sent) -> Message {
        .outgoing([Outgoing(id: CommandID(high: 1, low: 1), command: command, stage: stage)])
    }
}
