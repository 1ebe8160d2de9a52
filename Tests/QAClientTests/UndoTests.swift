import QAShared
import Testing

@testable import QAClient

@Suite struct UndoTests {
    static let id = CommandID(high: 1, low: 9)

    static func model(_ stage: Outgoing.Stage, _ command: Command = .approve(Fixture.id(5)))
        -> Model
    {
        Fixture.after(
            Fixture.model(), .outgoing([Outgoing(id: id, command: command, stage: stage)]))
    }

    @Test func `what never left is dropped`() {
        #expect(Fixture.type(Self.model(.waiting), "u").1 == [.drop(Self.id)])
    }

    @Test func `what the hub may have is undone once its sequence is known`() {
        #expect(Fixture.type(Self.model(.sent), "u").1 == [.undoOnceAcked(Self.id)])
    }

    @Test func `what is acknowledged is undone by its sequence, before the view shows it`() {
        #expect(
            Fixture.type(Self.model(.acked(sequence: 45)), "u").1 == [.send(.undo(sequence: 45))])
    }

    @Test func `pressed again, the action before is undone`() {
        let model = Self.model(.sent, .undo(sequence: 43))
        #expect(Fixture.type(model, "u").1 == [.send(.undo(sequence: 40))])
    }

    @Test func `others' actions and undone ones are not mine to undo by u`() {
        let model = Fixture.changed(Fixture.model()) { view in
            view.actions = [
                Fixture.action(50, "approve", 2, Fixture.agneaux, Fixture.own, undone: true),
                Fixture.action(51, "undo", 2, Fixture.agneaux, Fixture.own),
                Fixture.action(52, "approve", 1, Fixture.granville, "gran5678"),
            ]
        }
        let (after, effects) = Fixture.type(model, "u")
        #expect(effects.isEmpty)
        #expect(after.info?.text == "Vous n’avez rien à annuler.")
    }

    @Test func `the choice in the history stays on its action while new ones arrive`() {
        let (open, _) = Fixture.type(Fixture.model(), "Uj")
        let model = Fixture.changed(open) { view in
            view.actions.append(Fixture.action(60, "approve", 7, Fixture.granville, "gran5678"))
        }
        #expect(Fixture.type(model, "u").1 == [.send(.undo(sequence: 43))])
    }
}
