import QAShared
import Testing

@testable import QAClient

@Suite struct TypingTests {
    @Test func `a program without a shell above says that it stays`() {
        #expect(Fixture.press(Fixture.model(), .control("z")).1 == [.suspend])
        #expect(Fixture.after(Fixture.model(), .notSuspended).info?.text.contains("Pas de shell") == true)
    }

    @Test func `an edit is cleaned, checked and sent`() {
        let (editing, _) = Fixture.press(Fixture.type(Fixture.model(), "e").0, .control("u"))
        let (typed, _) = Fixture.type(editing, "  Quel  est le prix ? ")
        let (after, effects) = Fixture.press(typed, .enter)
        #expect(effects == [.send(.edit(Fixture.id(5), text: "Quel est le prix ?"))])
        #expect(after.mode == .normal)
    }

    @Test func `a text that breaks a rule is refused while it is still in the editor`() {
        let (editing, _) = Fixture.press(Fixture.type(Fixture.model(), "e").0, .control("u"))
        let (after, effects) = Fixture.press(Fixture.type(editing, "Prix ?").0, .enter)
        #expect(effects.isEmpty)
        guard case .editing(let edit) = after.mode else {
            Issue.record("not in the editor")
            return
        }
        #expect(edit.refusal?.code == .textTooShort)
        #expect(edit.line.text == "Prix ?")
        #expect(render(after, after.size).text.contains("trop court : 10 signes au moins"))
    }

    @Test func `all keys are text while editing`() {
        let (after, effects) = Fixture.type(Fixture.type(Fixture.model(), "e").0, "adlvpqiU?/")
        #expect(effects.isEmpty)
        guard case .editing(let edit) = after.mode else {
            Issue.record("not in the editor")
            return
        }
        #expect(edit.line.text.hasSuffix("adlvpqiU?/"))
    }

    @Test func `escape keeps a draft and e takes it up again`() {
        let (left, _) = Fixture.press(Fixture.type(Fixture.model(), "eXY").0, .escape)
        #expect(left.mode == .normal)
        guard case .editing(let edit) = Fixture.type(left, "e").0.mode else {
            Issue.record("not in the editor")
            return
        }
        #expect(edit.line.text.hasSuffix("XY"))
    }

    @Test func `after a refused edit the text typed on is not taken for commands`() {
        var (model, effects) = Fixture.press(Fixture.type(Fixture.model(), "g8").0, .enter)
        (model, effects) = Fixture.type(model, "eid1lvqo")
        #expect(effects.isEmpty && model.mode == .deaf(since: 100_000))
        #expect(Fixture.press(model, .paste("i"), .enter, .tab).1.isEmpty)
        let text = render(model, model.size).text
        #expect(text.contains("! Touches ignorées (pause d’1 s ou Échap) · n° 8 : c’est la modération"))
        #expect(text.contains("Échap reprendre"))
        // Each key begins the pause anew.
        model = Fixture.after(model, .tick(Fixture.clock(100_900)))
        model = Fixture.type(model, "i").0
        model = Fixture.after(model, .tick(Fixture.clock(101_800)))
        #expect(model.mode == .deaf(since: 100_900))
        model = Fixture.after(model, .tick(Fixture.clock(101_900)))
        #expect(model.mode == .normal)
        #expect(
            render(model, model.size).text.contains(
                "! n° 8 : c’est la modération de l’autre salle qui trie cette question."))
        #expect(Fixture.type(model, "i").1 == [.send(.pauseIntake)])
    }

    @Test func `escape ends the pause after a refused edit, whatever refused it`() {
        let closed = Fixture.changed(Fixture.model()) { $0.event?.phase = .closed }
        let foreign = Fixture.press(Fixture.type(Fixture.model(), "g8").0, .enter).0
        let nothing = RenderTests.scene("empty", 80, 24)
        let reading = Fixture.press(foreign, .enter).0
        for model in [closed, nothing, reading] {
            let (deaf, none) = Fixture.type(model, "ei")
            #expect(none.isEmpty && deaf.mode == .deaf(since: 100_000))
            let (live, _) = Fixture.press(deaf, .escape)
            #expect(live.mode == .normal)
            #expect(Fixture.type(live, "i").1 == [.send(.pauseIntake)])
            #expect(Fixture.press(deaf, .control("c")).1 == [.quit])
        }
    }

    @Test func `an edit survives the question being triaged elsewhere and the line being cut`() {
        let (editing, _) = Fixture.type(Fixture.model(), "eX")
        let model = Fixture.after(
            Fixture.changed(editing) { $0.cards[Fixture.id(5)]?.status = "approved" },
            .link(.offline(since: 0, reason: nil)))
        guard case .editing(let edit) = model.mode else {
            Issue.record("not in the editor")
            return
        }
        #expect(edit.line.text.hasSuffix("X"))
    }

    @Test func `the line editor moves and deletes by characters as people count them`() {
        var line = LineEditor("été 👩‍💻 cafe")
        _ = line.edit(.left)
        _ = line.edit(.backspace)
        #expect(line.text == "été 👩‍💻 cae")
        line = LineEditor("été 👩‍💻")
        _ = line.edit(.backspace)
        #expect(line.text == "été ")
        _ = line.edit(.control("w"))
        #expect(line.text == "")
        _ = line.edit(.paste("un\u{1B}[31m\ndeux\u{202E}"))
        #expect(line.text == "un[31m deux")
        _ = line.edit(.home)
        _ = line.edit(.character("À"))
        #expect(line.text == "Àun[31m deux" && line.cursor == 1)
        _ = line.edit(.delete)
        _ = line.edit(.control("k"))
        #expect(line.text == "À")
        // A mark joins the letter before the cursor.
        line = LineEditor("ae")
        _ = line.edit(.left)
        _ = line.edit(.character("\u{301}"))
        #expect(line.text == "áe" && line.cursor == 1)
    }

    @Test func `the editor breaks its rows after spaces and keeps every character`() {
        let line = LineEditor("Quel est le prix anticonstitutionnellement ?")
        let rows = line.rows(width: 12).map { String(line.characters[$0]) }
        #expect(rows == ["Quel est le ", "prix ", "anticonstitu", "tionnellemen", "t ?"])
        #expect(LineEditor("").rows(width: 12) == [0..<0])
        #expect(LineEditor("日本語の質問").rows(width: 5).count == 3)
    }

    @Test func `search finds words, names and numbers without accents or case`() {
        func found(_ query: String) -> [Int] {
            Fixture.type(Fixture.model(), "/" + query).0.rowNumbers
        }
        #expect(found("DELAI") == [2])
        #expect(found("elodie") == [7])
        #expect(found("certificat vente") == [4])
        #expect(found("11") == [11])
        #expect(found("#3") == [3])
        #expect(found("津波") == [6])
        #expect(found("rien de tel").isEmpty)
    }

    @Test func `while searching the arrows choose, enter keeps the result, escape comes back`() {
        let (typed, _) = Fixture.type(Fixture.model(), "/certificat")
        #expect(typed.selectedNumber == 2)
        let (kept, _) = Fixture.press(typed, .down, .enter)
        #expect(kept.mode == .normal && kept.selectedNumber == 4)
        #expect(Fixture.type(kept, "v").1 == [.send(.answer(Fixture.id(4)))])
        let (back, _) = Fixture.press(kept, .escape)
        #expect(back.query == nil && back.rowNumbers == [5, 6, 9])
    }

    @Test func `going to a number that is not there says so`() {
        let (after, _) = Fixture.press(Fixture.type(Fixture.model(), "g99").0, .enter)
        #expect(after.info?.text == "Il n’y a pas de n° 99 ici.")
        #expect(after.selectedNumber == 5)
    }
}
