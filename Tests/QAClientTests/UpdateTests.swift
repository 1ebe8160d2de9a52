import QAShared
import Testing

@testable import QAClient

/// Keys and the exact commands they become.
@Suite struct UpdateTests {
    /// A question put under the cursor, the keys, the command.
    struct Case: CustomTestStringConvertible, Sendable {
        var number: Int
        var keys: String
        var command: Command
        var testDescription: String { "\(keys) on no. \(number)" }
    }

    static let five = Fixture.id(5)
    static let live = Fixture.id(1)

    @Test(arguments: [
        Case(number: 5, keys: "a", command: .approve(five)),
        Case(number: 5, keys: "d1", command: .dismiss(five, .offTopic)),
        Case(number: 5, keys: "d4", command: .dismiss(five, .duplicate)),
        Case(number: 5, keys: "d8", command: .dismiss(five, .other)),
        Case(number: 5, keys: "l", command: .takeLive(five, replacing: live)),
        Case(number: 5, keys: "v", command: .answer(five)),
        Case(number: 5, keys: "bo", command: .block(five)),
        Case(number: 4, keys: "l", command: .takeLive(Fixture.id(4), replacing: live)),
        Case(number: 1, keys: "v", command: .answer(live)),
        Case(number: 1, keys: "p", command: .putBack(live)),
        Case(number: 5, keys: "V", command: .answer(live)),
        Case(number: 10, keys: "r", command: .restore(Fixture.id(10))),
        Case(number: 11, keys: "r", command: .restore(Fixture.id(11))),
        Case(number: 5, keys: "i", command: .pauseIntake),
        Case(number: 5, keys: "o3", command: .setOrder(.byTime)),
        Case(number: 5, keys: "tf", command: .endTalk(Fixture.certificate)),
        Case(number: 5, keys: "tjd", command: .startTalk(Fixture.closing)),
        Case(number: 5, keys: "u", command: .undo(sequence: 43)),
        Case(number: 5, keys: "Ujju", command: .undo(sequence: 42)),
    ])
    func `a key sends exactly its command`(_ the: Case) throws {
        let (there, _) = Fixture.press(
            Fixture.type(Fixture.model(), "g\(the.number)").0, .enter)
        #expect(there.selectedNumber == the.number)
        let (_, effects) = Fixture.type(there, the.keys)
        #expect(effects == [.send(the.command)])
    }

    @Test(arguments: ["a", "d", "e", "b"])
    func `another venue's question is refused here with the hub's sentence`(_ key: String) {
        let (there, _) = Fixture.press(Fixture.type(Fixture.model(), "g8").0, .enter)
        #expect(there.tab == .venue(Fixture.cherbourg))
        let (after, effects) = Fixture.type(there, key)
        #expect(effects.isEmpty)
        // Who asks for the editor types on: see TypingTests.
        #expect(after.mode == (key == "e" ? .deaf(since: 100_000) : .normal))
        #expect(after.warning?.text.contains("l’autre salle") == true)
    }

    @Test func `a moderator without a venue triages all`() {
        let model = Fixture.model(venue: nil)
        #expect(model.tab == .all)
        let (there, _) = Fixture.press(Fixture.type(model, "g8").0, .enter)
        #expect(Fixture.type(there, "a").1 == [.send(.approve(Fixture.id(8)))])
    }

    @Test func `what the status does not allow is said and not sent`() {
        let (there, _) = Fixture.press(Fixture.type(Fixture.model(), "g2").0, .enter)
        let (after, effects) = Fixture.type(there, "a")
        #expect(effects.isEmpty)
        #expect(after.warning?.text == "n° 2 : impossible, la question est retenue.")
    }

    @Test func `a withdrawn question is not restored`() {
        let (there, _) = Fixture.press(Fixture.type(Fixture.model(venue: nil), "g12").0, .enter)
        #expect(Fixture.type(there, "r").1.isEmpty)
    }

    @Test func `blocking asks once, and anything but yes does nothing`() {
        for key in ["n", "x", "d"] {
            let (after, effects) = Fixture.type(Fixture.model(), "b" + key)
            #expect(effects.isEmpty)
            #expect(after.mode == .normal)
        }
    }

    @Test func `the reason menu waits for a digit and escape leaves it`() {
        let (waiting, effects) = Fixture.type(Fixture.model(), "da9")
        #expect(effects.isEmpty)
        #expect(waiting.mode == .dismissing(Fixture.id(5)))
        #expect(Fixture.press(waiting, .escape).0.mode == .normal)
    }

    @Test func `taking live names the question that will be live by then`() {
        let model = Fixture.after(
            Fixture.model(),
            .outgoing([
                Outgoing(
                    id: CommandID(high: 1, low: 1),
                    command: .takeLive(Fixture.id(2), replacing: Fixture.id(1)), stage: .waiting)
            ]))
        #expect(
            Fixture.type(model, "l").1 == [
                .send(.takeLive(Fixture.id(5), replacing: Fixture.id(2)))
            ])
    }

    @Test func `the live question is only answered once the hub says it is live`() {
        let model = Fixture.after(
            Fixture.model(),
            .outgoing([
                Outgoing(
                    id: CommandID(high: 1, low: 1),
                    command: .takeLive(Fixture.id(2), replacing: Fixture.id(1)), stage: .sent)
            ]))
        let (waiting, effects) = Fixture.type(model, "V")
        #expect(effects.isEmpty && waiting.info?.text == "en attente du serveur")
        let shown = Fixture.after(
            Fixture.changed(model) { view in
                view.live = Fixture.id(2)
                view.cards[Fixture.id(1)]?.status = "answered"
                view.cards[Fixture.id(2)]?.status = "live"
            }, .outgoing([]))
        #expect(Fixture.type(shown, "V").1 == [.send(.answer(Fixture.id(2)))])
    }

    @Test func `a rejection is said and the row goes back`() {
        let command = Command.approve(Fixture.id(5))
        var model = Fixture.after(
            Fixture.model(),
            .outgoing([Outgoing(id: CommandID(high: 1, low: 1), command: command, stage: .sent)]))
        #expect(!model.rowNumbers.contains(5))
        model = Fixture.after(
            model, .outgoing([]), .rejected(Rejection(.wrongStatus), command))
        #expect(model.rowNumbers == [5, 6, 9])
        #expect(model.warning?.text.hasPrefix("n° 5 : ") == true)
        // Six seconds of typing do not hide it.
        #expect(Fixture.press(model, .down).0.warning != nil)
        let later = Fixture.after(model, .tick(Fixture.clock(107_000)))
        #expect(Fixture.press(later, .down).0.warning == nil)
    }

    @Test func `quitting asks when something has no answer yet`() {
        #expect(Fixture.type(Fixture.model(), "q").1 == [.quit])
        let model = Fixture.after(
            Fixture.model(),
            .outgoing([
                Outgoing(id: CommandID(high: 1, low: 1), command: .pauseIntake, stage: .waiting)
            ]))
        let (asked, effects) = Fixture.type(model, "q")
        #expect(effects.isEmpty && asked.mode == .quitting)
        #expect(Fixture.type(asked, "q").1 == [.quit])
        #expect(Fixture.type(asked, "x").0.mode == .normal)
        #expect(Fixture.press(model, .control("c"), .control("c")).1 == [.quit])
        #expect(update(asked, .outgoing([])).1 == [.quit])
        #expect(update(model, .outgoing([])).1.isEmpty)
    }

    @Test func `pasted text is never taken for keys`() {
        #expect(Fixture.press(Fixture.model(), .paste("adlvq")).1.isEmpty)
    }

    @Test func `the language is the event's first when nobody chose one`() {
        let start = Model(
            size: Size(columns: 80, rows: 24), words: French(), languageIsChosen: false, hub: "")
        var view = Fixture.view
        view.event?.languages = ["en", "fr"]
        #expect(Fixture.after(start, .view(view)).words.code == "en")
    }
}
