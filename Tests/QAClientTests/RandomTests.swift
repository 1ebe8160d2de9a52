import QAShared
import Testing

@testable import QAClient

/// A generator that repeats itself for a seed (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

@Suite struct RandomTests {
    private static let keys: [Key] =
        "aedrlvpVbBtiouUn/g?jkqyo0123459sf é日mmmfscMMDDPPRNCSEHTLwFOJK**x   n".map(Key.character) + [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right,
            .pageUp, .pageDown, .home, .end, .paste("Collé ☕"), .control("u"), .control("w"),
        ]
    private static let sizes = [
        (80, 24), (200, 60), (60, 16), (59, 15), (150, 30), (1, 1), (100, 40),
    ]

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `whatever happens, the screen can be drawn and the cursor is on a question`(_ seed: UInt64) {
        var generator = Seeded(state: seed)
        // Every other run has floor requests and others at work, at an organiser's terminal each fourth time.
        var model = seed % 4 == 0 ? Fixture.organiser() : seed % 2 == 0 ? Fixture.together() : Fixture.duplicates()
        var outgoing: [Outgoing] = []
        var sequence = 100
        for step in 0..<400 {
            var effects: [Effect] = []
            switch Int.random(in: 0..<20, using: &generator) {
            case 0:
                let size = Self.sizes.randomElement(using: &generator) ?? (80, 24)
                model = Fixture.after(model, .resize(Size(columns: size.0, rows: size.1)))
            case 1...3:
                model = Fixture.after(model, .view(changed(model.view, step, &generator)))
            case 4:
                outgoing = outgoing.map { item in
                    var item = item
                    sequence += 1
                    item.stage = .acked(sequence: sequence)
                    return item
                }
                model = Fixture.after(model, .outgoing(outgoing))
            case 6: model = Fixture.after(model, aside(model, &generator))
            case 5:
                outgoing = []
                model = Fixture.after(model, .outgoing([]))
            default:
                let key = Self.keys.randomElement(using: &generator) ?? .enter
                (model, effects) = update(model, .key(key))
            }
            for case .send(let command) in effects {
                let id = CommandID(using: &generator)
                outgoing.append(Outgoing(id: id, command: command, stage: .waiting))
                model = Fixture.after(model, .outgoing(outgoing))
            }
            check(model, "seed \(seed) step \(step)")
        }
    }

    private func check(_ model: Model, _ place: Comment) {
        let frame = render(model, model.size)
        for row in 0..<frame.size.rows {
            let width = (0..<frame.size.columns).reduce(0) { $0 + Int(frame[$1, row].width) }
            #expect(width == frame.size.columns, place)
        }
        if !model.rows.isEmpty {
            #expect(model.cursor.map { model.rows.contains($0.id) } == true, place)
        }
        if let cursor = frame.cursor {
            #expect(cursor.column < frame.size.columns && cursor.row < frame.size.rows, place)
        }
    }

    /// Something that is told beside the view.
    private func aside(_ model: Model, _ generator: inout some RandomNumberGenerator) -> Message {
        let number = model.view.cards.values.map(\.number).randomElement(using: &generator)
        let messages: [Message] = [
            .presence(Fixture.people(at: number)), .presence(Presence()), .line(Fixture.line(false)),
            .line(Fixture.line(true)), .refusals(Fixture.refusals), .refusals([]), .tokens(Fixture.tokens),
            .link(.online), .link(.offline(since: 1, reason: "no route")),
            .minted(
                MintedToken(
                    id: CommandID(high: 1, low: 1), token: "c2VjcmV0", tag: "t", role: .display, venue: nil)),
        ]
        return messages.randomElement(using: &generator) ?? .link(.online)
    }

    /// The view after one random thing that others did.
    private func changed(
        _ view: RoleView, _ step: Int, _ generator: inout some RandomNumberGenerator
    ) -> RoleView {
        var view = view
        let ids = view.cards.keys.sorted()
        let statuses = ["pending", "approved", "live", "answered", "dismissed"]
        switch Int.random(in: 0..<9, using: &generator) {
        case 7:
            guard let id = ids.randomElement(using: &generator) else { break }
            view.cards[id]?.spoken = true
            view.cards[id]?.near = Bool.random(using: &generator)
            view.cards[id]?.ready = Bool.random(using: &generator)
        case 8:
            guard let id = ids.randomElement(using: &generator) else { break }
            view.cards[id]?.unconfirmed = Bool.random(using: &generator)
            view.cards[id]?.pinned = Bool.random(using: &generator)
            view.cards[id]?.desk = view.event?.venues.randomElement(using: &generator)?.id
            view.queue = ids.filter { view.cards[$0]?.status == "approved" }
            view.event?.order = QueueOrder.allCases.randomElement(using: &generator) ?? .byTurns
            view.channel.append(
                Fixture.message(step + 10, Fixture.granvilleBy, Fixture.granville, 1, "Message \(step)"))
        case 4:
            guard let id = ids.randomElement(using: &generator), let other = ids.randomElement(using: &generator)
            else { break }
            view.cards[id]?.flags = [
                DuplicateFlag(other: other, level: .strong, reasons: [.tense], mine: [0, 3], theirs: [99])
            ]
        case 5:
            guard let id = ids.randomElement(using: &generator), let other = ids.randomElement(using: &generator),
                id != other, view.cards[other]?.into == nil
            else { break }
            view.cards[id]?.status = "merged"
            view.cards[id]?.into = other
            view.cards[other]?.variants.append(id)
            view.cards[other]?.askers = 2
        case 6:
            guard let id = ids.randomElement(using: &generator) else { break }
            view.cards[id]?.into = nil
            view.cards[id]?.variants = []
            view.cards[id]?.askers = 0
            view.cards[id]?.flags = []
        case 0, 1:
            let venue = view.event?.venues.randomElement(using: &generator)?.id ?? Fixture.agneaux
            let card = Fixture.card(1000 + step, venue, "pending", "Nouvelle question \(step) ?")
            view.cards[card.id] = card
        case 2:
            guard let id = ids.randomElement(using: &generator) else { break }
            view.cards[id]?.status = statuses.randomElement(using: &generator) ?? "pending"
        default:
            if let id = ids.randomElement(using: &generator) { view.cards[id] = nil }
        }
        return view
    }
}
