import QAShared
import Testing

@testable import QAClient

@Suite struct SelectionTests {
    private func many(_ count: Int) -> Model {
        Fixture.changed(Fixture.model()) { view in
            for number in 100..<100 + count {
                let card = Fixture.card(number, Fixture.agneaux, "pending", "Question \(number) ?")
                view.cards[card.id] = card
            }
        }
    }

    /// The row of the screen on which the selected question stands.
    private func screenRow(_ model: Model) -> Int {
        let frame = render(model, model.size)
        return (0..<frame.size.rows).first { frame[0, $0].text == "▸" } ?? -1
    }

    @Test func `own venue and what is to be read come first`() {
        let model = Fixture.model()
        #expect(model.tab == .venue(Fixture.agneaux))
        #expect(model.rowNumbers == [5, 6, 9])
        #expect(model.selectedNumber == 5)
    }

    @Test func `after an own action the next question is selected`() {
        let action = Outgoing(
            id: CommandID(high: 1, low: 1), command: .approve(Fixture.id(5)), stage: .waiting)
        let model = Fixture.after(Fixture.model(), .outgoing([action]))
        #expect(model.selectedNumber == 6)
        #expect(model.rowNumbers == [6, 9])
        #expect(model.expected.waiting == [Fixture.id(5)])
    }

    @Test func `after the last one the one before is selected`() {
        let (last, _) = Fixture.press(Fixture.model(), .end)
        let action = Outgoing(
            id: CommandID(high: 1, low: 1), command: .approve(Fixture.id(9)), stage: .waiting)
        #expect(Fixture.after(last, .outgoing([action])).selectedNumber == 6)
    }

    @Test func `a question taken away by others stays under the cursor until it moves`() {
        var model = Fixture.press(Fixture.model(), .down).0
        #expect(model.selectedNumber == 6)
        model = Fixture.changed(model) { $0.cards[Fixture.id(6)]?.status = "approved" }
        #expect(model.selectedNumber == 6)
        #expect(model.rowNumbers == [5, 6, 9])
        // A key for what it was is refused instead of hitting the neighbour.
        #expect(Fixture.type(model, "a").1.isEmpty)
        model = Fixture.press(model, .down).0
        #expect(model.selectedNumber == 9)
        #expect(model.rowNumbers == [5, 9])
    }

    @Test func `a question that is gone for good hands over to the next`() {
        let model = Fixture.changed(Fixture.model()) { $0.cards[Fixture.id(5)] = nil }
        #expect(model.selectedNumber == 6)
    }

    @Test func `the selected row keeps its place when others come and go`() {
        var model = many(30)
        for _ in 0..<12 { model = Fixture.press(model, .down).0 }
        let number = model.selectedNumber
        let row = screenRow(model)
        model = Fixture.changed(model) { view in
            for number in [20, 21, 22] {
                let card = Fixture.card(number, Fixture.agneaux, "pending", "Plus tôt \(number) ?")
                view.cards[card.id] = card
            }
            view.cards[Fixture.id(5)]?.status = "approved"
        }
        #expect(model.selectedNumber == number)
        #expect(screenRow(model) == row)
    }

    @Test func `the cursor never leaves the screen, at any size`() {
        var model = many(40)
        for size in [(80, 24), (60, 16), (200, 60), (120, 30), (300, 100), (61, 17)] {
            model = Fixture.after(model, .resize(Size(columns: size.0, rows: size.1)))
            for key in [Key.end, .home, .pageDown, .pageDown, .up, .pageUp, .down] {
                model = Fixture.press(model, key).0
                let frame = render(model, model.size)
                #expect(frame.cells.contains { $0.text == "▸" }, "\(size) \(key)")
            }
        }
    }

    @Test func `new questions are marked and counted until they were looked at`() {
        var model = Fixture.model()
        #expect(model.unseen.isEmpty)
        model = Fixture.changed(model) { view in
            for (number, venue) in [(20, Fixture.agneaux), (21, Fixture.granville)] {
                let card = Fixture.card(number, venue, "pending", "Nouvelle \(number) ?")
                view.cards[card.id] = card
            }
        }
        #expect(model.unseenCount(.all) == 2)
        #expect(model.unseenCount(.venue(Fixture.agneaux)) == 1)
        model = Fixture.type(model, "n").0
        #expect(model.selectedNumber == 20)
        #expect(model.unseenCount(.all) == 1)
        // What is left is for the moderators of Granville to triage.
        model = Fixture.type(model, "n").0
        #expect(model.selectedNumber == 20 && model.tab == .venue(Fixture.agneaux))
        #expect(model.info?.text == "Rien de nouveau pour Agneaux.")
        let everywhere = Fixture.type(Fixture.type(model, "0").0, "n").0
        #expect(everywhere.selected?.venue == Fixture.agneaux)
        #expect(everywhere.unseen == [Fixture.id(21)])
    }

    @Test func `who triages all venues is led through all of them`() {
        var model = Fixture.changed(Fixture.type(Fixture.model(venue: nil), "2").0) { view in
            for (number, venue) in [(20, Fixture.agneaux), (21, Fixture.granville)] {
                let card = Fixture.card(number, venue, "pending", "Nouvelle \(number) ?")
                view.cards[card.id] = card
            }
        }
        model = Fixture.type(model, "n").0
        #expect(model.selectedNumber == 20)
        model = Fixture.type(model, "n").0
        #expect(model.selectedNumber == 21 && model.tab == .venue(Fixture.granville))
        #expect(Fixture.type(model, "n").0.info?.text == "Rien de nouveau.")
    }

    @Test func `what a colleague has triaged is not new any more`() {
        let new = Fixture.changed(Fixture.model(200, 60)) { view in
            for number in 20..<28 {
                view.cards[Fixture.id(number)] = Fixture.card(
                    number, Fixture.agneaux, "pending", "Nouvelle \(number) ?")
            }
        }
        #expect(new.unseenCount(.venue(Fixture.agneaux)) == 8)
        #expect(render(new, new.size).text.contains("À lire 11  •8"))
        let triaged = Fixture.changed(new) { view in
            for number in 20..<27 { view.cards[Fixture.id(number)]?.status = "approved" }
            view.cards[Fixture.id(27)]?.status = "dismissed"
        }
        #expect(triaged.unseen.isEmpty)
        #expect(!render(triaged, triaged.size).text.contains("•"))
        // An own action that has no answer yet does not count either.
        let own = Fixture.after(
            new,
            .outgoing([
                Outgoing(
                    id: CommandID(high: 1, low: 1), command: .approve(Fixture.id(20)),
                    stage: .sent)
            ]))
        #expect(own.unseenCount(.all) == 7)
    }

    @Test func `leaving a list counts what stood on the screen as seen`() {
        let new = Fixture.changed(Fixture.model()) { view in
            view.cards[Fixture.id(20)] = Fixture.card(20, Fixture.agneaux, "pending", "Nouvelle ?")
        }
        #expect(Fixture.press(new, .right).0.unseen.isEmpty)
    }

    @Test func `each list remembers where it was left`() {
        var model = Fixture.press(Fixture.model(), .down).0
        model = Fixture.press(model, .right, .left).0
        #expect(model.selectedNumber == 6)
        model = Fixture.type(model, "12").0
        #expect(model.tab == .venue(Fixture.agneaux))
        #expect(model.selectedNumber == 6)
    }
}
