import QAShared
import Testing

@testable import QAClient

/// What moderators do together: keys, and what they see of each other.
@Suite struct TogetherTests {
    private func text(_ model: Model) -> String { render(model, model.size).text }

    private func claims(_ effects: [Effect]) -> [QuestionID?] {
        effects.compactMap { if case .claim(let id) = $0 { .some(id) } else { nil } }
    }

    @Test(
        arguments: [
            (5, "P", Command.pin(Fixture.id(5))), (4, "P", .unpin(Fixture.id(4))),
            (30, "R", .ready(Fixture.id(30), on: true)), (5, "R", .ready(Fixture.id(30), on: true)),
            (31, "R", .ready(Fixture.id(31), on: true)), (5, "H1", .hand(Fixture.id(5), to: Fixture.granville)),
            (7, "H1", .hand(Fixture.id(7), to: Fixture.granville)),
            (5, "T1", .move(Fixture.id(5), to: Fixture.closing)),
            (5, "o2", .setOrder(.byVotes)), (5, "o4", .setOrder(.byHand)),
        ] as [(Int, String, Command)])
    func `a key sends exactly its command`(_ number: Int, _ keys: String, _ command: Command) {
        let (_, effects) = Fixture.type(Fixture.at(number, Fixture.together()), keys)
        #expect(effects == [.send(command)])
    }

    @Test(
        arguments: [
            (5, "Nà voir", Command.note(Fixture.id(5), text: "à voir")),
            (5, "CBonjour à tous", .say(text: "Bonjour à tous", about: nil)),
            (5, "SPlus fort", .stage(text: "Plus fort")),
            (6, "L#Prix, délai", .label(Fixture.id(6), labels: ["délai", "prix"])),
        ] as [(Int, String, Command)])
    func `a text is sent with Enter`(_ number: Int, _ keys: String, _ command: Command) {
        let (typed, _) = Fixture.type(Fixture.at(number, Fixture.together()), keys)
        #expect(Fixture.press(typed, .enter).1 == [.send(command)])
    }

    @Test func `a message may be about the chosen question`() {
        let (typed, _) = Fixture.type(Fixture.at(5, Fixture.together()), "CBonjour")
        let (after, effects) = Fixture.press(typed, .tab, .enter)
        #expect(effects == [.send(.say(text: "Bonjour", about: Fixture.id(5)))])
        // The channel stays open for more, about nothing in particular.
        #expect(after.mode == .writing(Writing(purpose: .channel(about: nil))))
        #expect(Fixture.press(after, .enter).0.mode == .normal)
    }

    @Test func `a text that was left is found again`() {
        let (left, _) = Fixture.press(Fixture.type(Fixture.together(), "CAttendez").0, .escape)
        #expect(left.mode == .normal)
        #expect(text(Fixture.type(left, "C").0).contains("Attendez"))
    }

    @Test func `what was heard in the room is entered with a name`() {
        let (typed, _) = Fixture.type(Fixture.together(), "EÀ quelle heure ferme le musée ?")
        let (named, _) = Fixture.type(Fixture.press(typed, .enter).0, "Rose")
        #expect(
            Fixture.press(named, .enter).1 == [
                .send(
                    .enter(
                        text: "À quelle heure ferme le musée ?", name: "Rose", venue: Fixture.agneaux,
                        talk: Fixture.certificate))
            ])
        let (asked, _) = Fixture.type(Fixture.together(venue: nil), "E3Est-ce loin du port ?")
        #expect(
            Fixture.press(asked, .enter, .enter).1 == [
                .send(
                    .enter(
                        text: "Est-ce loin du port ?", name: nil, venue: Fixture.cherbourg, talk: Fixture.certificate))
            ])
    }

    @Test func `somebody who raises a hand is entered as a floor request`() {
        let (typed, _) = Fixture.type(Fixture.press(Fixture.type(Fixture.together(), "E").0, .tab).0, "Le prix")
        #expect(text(typed).contains("Demande de parole à Agneaux"))
        #expect(
            Fixture.press(typed, .enter, .enter).1 == [
                .send(
                    .enter(text: "Le prix", name: nil, venue: Fixture.agneaux, talk: Fixture.certificate, spoken: true))
            ])
        // A second Tab: a question after all, for which two words are too few.
        let (back, _) = Fixture.press(typed, .tab, .enter)
        guard case .writing(let writing) = back.mode else {
            Issue.record("it was sent")
            return
        }
        #expect(writing.refusal?.code == .textTooShort || writing.refusal?.code == .textTooFewWords)
    }

    // MARK: The order by hand

    @Test func `J and K move a question by hand, and only then`() {
        let byTurns = Fixture.press(Fixture.type(Fixture.together(), "0").0, .right).0
        #expect(Fixture.type(byTurns, "J").1.isEmpty)
        let byHand = Fixture.at(2, Fixture.changed(Fixture.together(venue: nil)) { $0.event?.order = .byHand })
        #expect(byHand.rowNumbers == [4, 3, 30, 2, 31])
        #expect(Fixture.type(byHand, "K").1 == [.send(.place(Fixture.id(2), before: Fixture.id(30)))])
        #expect(Fixture.type(byHand, "J").1 == [.send(.place(Fixture.id(2), before: nil))])
        let (moved, _) = Fixture.type(byHand, "K")
        let expecting = Fixture.after(moved, Fixture.outgoing(.place(Fixture.id(2), before: Fixture.id(30)), .waiting))
        #expect(expecting.rowNumbers == [4, 3, 2, 30, 31] && expecting.selectedNumber == 2)
        #expect(Fixture.type(expecting, "K").1 == [.send(.place(Fixture.id(2), before: Fixture.id(3)))])
        // Behind the pinned one only.
        #expect(Fixture.type(Fixture.at(3, byHand), "K").1.isEmpty)
    }

    // MARK: The floor

    @Test func `the bell rings once for everybody of this room whose turn comes near`() {
        let model = Fixture.model()
        var view = model.view
        Fixture.addTogether(to: &view)
        let (called, effects) = update(model, .view(view))
        #expect(effects.contains(.bell))
        #expect(text(called).contains("MICRO : n° 30 Marie – bientôt"))
        view.cards[Fixture.id(30)]?.near = false
        let (away, _) = update(called, .view(view))
        view.cards[Fixture.id(30)]?.near = true
        #expect(!update(away, .view(view)).1.contains(.bell))
        // Somebody of another room is that room's to call.
        view.cards[Fixture.id(31)]?.near = true
        let (other, quiet) = update(away, .view(view))
        #expect(!quiet.contains(.bell) && !text(other).contains("n° 31 Paul –"))
    }

    @Test func `a cut venue is told in words`() {
        #expect(text(Fixture.together()).contains("coupée"))
    }

    // MARK: Who is at what

    @Test func `an open question is claimed, renewed and let go`() {
        let (open, first) = update(Fixture.together(), .key(.enter))
        #expect(claims(first) == [Fixture.id(5)])
        #expect(claims(update(open, .tick(Fixture.clock(129_000))).1).isEmpty)
        let (_, renewed) = update(open, .tick(Fixture.clock(130_000)))
        #expect(claims(renewed) == [Fixture.id(5)])
        #expect(claims(update(open, .key(.escape)).1) == [nil])
    }

    @Test func `a claim waits for the line and is said again when it is back`() {
        let offline = Fixture.after(Fixture.together(), .link(.offline(since: 1, reason: nil)))
        let (open, effects) = update(offline, .key(.enter))
        #expect(claims(effects).isEmpty)
        #expect(text(open).contains("les autres ne voient pas"))
        #expect(claims(update(open, .link(.online)).1) == [Fixture.id(5)])
    }

    @Test func `a question that somebody else is at asks once`() {
        let model = Fixture.together(at: 5)
        #expect(text(model).contains("Granville est dessus"))
        let (asked, none) = Fixture.type(model, "a")
        #expect(
            none.isEmpty && asked.warning?.text == "n° 5 : Granville est dessus. Encore a pour le faire quand même.")
        #expect(Fixture.type(asked, "a").1 == [.send(.approve(Fixture.id(5)))])
        // Another key asks anew; reading and writing to each other never ask.
        #expect(Fixture.type(asked, "d").0.mode == .normal)
        #expect(Fixture.type(asked, "j").0.warning == nil, "the key is not for the next one")
        #expect(Fixture.type(asked, "dd1").1 == [.send(.dismiss(Fixture.id(5), .offTopic))])
        #expect(Fixture.type(asked, "ja").1 == [.send(.approve(Fixture.id(6)))])
        #expect(Fixture.type(model, "Noui").0.mode != .normal)
    }

    @Test func `asking once holds for the editor and in the page of a question, too`() {
        let model = Fixture.together(at: 5)
        let (deaf, _) = Fixture.type(model, "eadl")
        #expect(deaf.mode == .deaf(since: 100_000))
        let heard = Fixture.after(deaf, .tick(Fixture.clock(101_500)))
        guard case .editing = Fixture.type(heard, "e").0.mode else {
            Issue.record("not in the editor")
            return
        }
        let (page, _) = Fixture.press(model, .enter, .character("a"))
        #expect(page.mode == .detail(scroll: 0))
        #expect(Fixture.type(page, "a").1 == [.send(.approve(Fixture.id(5)))])
    }

    @Test func `a question handed here is found among one's own, as something new`() {
        let model = Fixture.model()
        var view = model.view
        view.cards[Fixture.id(7)]?.desk = Fixture.agneaux
        let handed = Fixture.after(model, .view(view))
        #expect(handed.rowNumbers == [5, 6, 7, 9] && handed.unseen == [Fixture.id(7)])
        #expect(Fixture.type(Fixture.at(7, handed), "a").1 == [.send(.approve(Fixture.id(7)))])
        #expect(Fixture.type(Fixture.at(8, handed), "H2").1.isEmpty)
    }

    // MARK: The channel

    @Test func `messages are new until they are read, one's own never`() {
        let model = Fixture.heard(Fixture.together())
        #expect(model.unread.count == 3)
        #expect(text(model).contains("C 3 messages") && text(model).contains("C Granville : Prenez d'abord"))
        let read = Fixture.press(Fixture.type(model, "C").0, .escape).0
        #expect(read.unread.isEmpty && !text(read).contains("C 3 messages"))
        let own = Fixture.changed(read) {
            $0.channel.append(Fixture.message(5, Fixture.own, Fixture.agneaux, 13, "Oui."))
        }
        #expect(own.unread.isEmpty)
    }

    @Test func `who reads what was said earlier goes on reading it`() {
        let model = Fixture.changed(Fixture.together(60, 16)) { view in
            for number in 10..<40 {
                view.channel.append(
                    Fixture.message(number, Fixture.granvilleBy, Fixture.granville, 1, "Message \(number)"))
            }
        }
        let reading = Fixture.press(Fixture.type(model, "C").0, .pageUp).0
        let more = Fixture.changed(reading) { view in
            view.channel.append(Fixture.message(50, Fixture.granvilleBy, Fixture.granville, 2, "Encore une chose"))
        }
        #expect(text(reading).contains("Message 34"))
        #expect(text(more) == text(reading))
    }

    @Test func `a text that the hub refused is kept`() {
        let refused = Fixture.after(
            Fixture.together(), .rejected(Rejection(.tooManyNotes, limit: 50), .note(Fixture.id(5), text: "À revoir")))
        #expect(refused.warning?.text.contains("Texte gardé") == true)
        #expect(text(Fixture.type(Fixture.at(5, refused), "N").0).contains("À revoir"))
    }

    @Test func `the end of a rehearsal is never kept for later`() {
        let rehearsing = Fixture.changed(Fixture.organiser()) { $0.event?.phase = .rehearsal }
        let offline = Fixture.after(rehearsing, .link(.offline(since: 1, reason: nil)))
        #expect(Fixture.type(offline, "O1").0.mode == .normal)
        let late = Fixture.after(Fixture.type(rehearsing, "O1effacer").0, .link(.offline(since: 1, reason: nil)))
        #expect(Fixture.press(late, .enter).1.isEmpty)
    }

    @Test func `the speaker's screen is freed with one key, and it is told when the message is read`() {
        let sent = Fixture.changed(Fixture.together()) { $0.stage = Fixture.stage(read: false) }
        #expect(text(Fixture.type(sent, "S").0).contains("envoyé à 16:34 – pas encore lu"))
        #expect(Fixture.press(Fixture.type(sent, "S").0, .control("r")).1 == [.send(.clearStage)])
        let read = Fixture.changed(sent) { $0.stage = Fixture.stage(read: true) }
        #expect(text(Fixture.type(read, "S").0).contains("lu à 16:35"))
    }

    @Test func `labels are searched with their sign`() {
        let found = Fixture.press(Fixture.type(Fixture.together(), "/#delai").0, .enter).0
        #expect(found.rowNumbers == [5])
        #expect(Fixture.press(Fixture.type(Fixture.together(), "/#delai pièces").0, .enter).0.rowNumbers == [5])
        #expect(Fixture.press(Fixture.type(Fixture.together(), "/#prix vélo").0, .enter).0.rowNumbers.isEmpty)
        #expect(Fixture.press(Fixture.type(Fixture.together(), "/#5").0, .enter).0.rowNumbers == [5])
    }

    // MARK: Several at once

    @Test func `what is marked is dealt with together, and undone together`() {
        let (marked, _) = Fixture.type(Fixture.together(), "  ")
        #expect(marked.marked == [Fixture.id(5), Fixture.id(6)] && marked.selectedNumber == 7)
        let both = [Fixture.id(5), Fixture.id(6)]
        let (done, effects) = Fixture.type(marked, "a")
        #expect(effects == [.send(.bulk(both, .approve))] && done.marked.isEmpty)
        #expect(Fixture.type(marked, "d4").1 == [.send(.bulk(both, .dismiss(.duplicate)))])
        let sent = Fixture.after(done, Fixture.outgoing(.bulk(both, .approve), .sent))
        #expect(sent.rowNumbers == [7, 9])
        #expect(Fixture.type(sent, "u").1 == [.undoOnceAcked(CommandID(high: 1, low: 1))])
    }

    @Test func `marks are left behind with their list, and another venue's are passed over`() {
        let (marked, _) = Fixture.type(Fixture.together(), " ")
        #expect(Fixture.type(marked, "0").0.marked.isEmpty)
        #expect(Fixture.press(marked, .escape).0.marked.isEmpty)
        let (all, _) = Fixture.type(Fixture.together(), "0*")
        #expect(all.marked.count == 5)
        let own = [5, 6, 7, 9].map(Fixture.id)
        #expect(Fixture.type(all, "a").1 == [.send(.bulk(own, .approve))])
        #expect(Fixture.type(all, "r").1.isEmpty)
    }

    // MARK: The organiser

    @Test func `the end of a rehearsal asks for the word`() {
        let rehearsing = Fixture.changed(Fixture.organiser()) { $0.event?.phase = .rehearsal }
        #expect(text(rehearsing).contains("RÉPÉTITION"))
        let (asked, _) = Fixture.type(rehearsing, "O1")
        #expect(Fixture.press(asked, .enter).1.isEmpty)
        #expect(text(Fixture.press(asked, .enter).0).contains("Pour le faire, tapez : effacer"))
        #expect(Fixture.press(Fixture.type(asked, "effacer").0, .enter).1 == [.send(.endRehearsal)])
        #expect(Fixture.type(Fixture.together(), "O").0.mode == .normal)
    }

    @Test func `a limit is changed within its bounds`() {
        let office = Fixture.organiser()
        let limits = office.organiserActions.firstIndex(of: .limits)! + 1
        let burst = EventLimit.allCases.firstIndex(of: .askBurst)! + 1
        let (asked, _) = Fixture.type(office, "O\(limits)\(burst)")
        #expect(text(asked).contains("questions de suite, par personne"))
        let (typed, _) = Fixture.type(asked, "5")
        #expect(Fixture.press(typed, .enter).1 == [.send(.amend(SetupAmendment(limits: [.askBurst: 5])))])
        for wrong in ["", "beaucoup", "-1", "1000000"] {
            let (refused, effects) = Fixture.press(Fixture.type(asked, wrong).0, .enter)
            #expect(effects.isEmpty && text(refused).contains("par personne : un nombre de"), "\(wrong)")
        }
    }

    @Test func `row 31 where votes count by codes it says how many are used`() {
        var presence = Fixture.presence
        presence.codes = Presence.Codes(issued: 400, used: 212)
        let model = Fixture.after(
            Fixture.changed(Fixture.organiser()) { $0.event?.votes = .codes }, .presence(presence))
        #expect(text(Fixture.type(model, "w").0).contains("votes par code, 212 utilisés sur 400"))
        #expect(text(Fixture.type(model, "O").0).contains("Organisation : votes par code, 212 utilisés sur 400"))
        let open = Fixture.type(Fixture.organiser(), "O").0
        #expect(text(open).contains("Organisation") && !text(open).contains("code"))
    }

    @Test func `the setup is changed while the event runs`() {
        let office = Fixture.organiser()
        let first = office.organiserActions.firstIndex(of: .moderated)! + 1
        #expect(Fixture.type(office, "O\(first)").1 == [.send(.amend(SetupAmendment(moderated: false)))])
        #expect(Fixture.type(office, "O\(first + 1)").1 == [.send(.amend(SetupAmendment(floor: false)))])
        let (typed, _) = Fixture.type(office, "O\(first + 2)1Clôture / Mme Roy")
        guard case .send(.amend(let amendment))? = Fixture.press(typed, .enter).1.first else {
            Issue.record("nothing sent")
            return
        }
        #expect(amendment.talks?.count == 4)
        #expect(amendment.talks?.last == Talk(id: TalkID("cloture-2")!, title: "Clôture", speaker: "Mme Roy"))
        #expect(Fixture.press(Fixture.type(office, "O\(first + 2)1Sans personne").0, .enter).1.isEmpty)
        let (renamed, _) = Fixture.press(Fixture.type(office, "O\(first + 2)22").0, .control("u"))
        guard case .send(.amend(let other))? = Fixture.press(Fixture.type(renamed, "Le prix / M. Lô").0, .enter).1.first
        else {
            Issue.record("nothing sent")
            return
        }
        #expect(other.talks?[1] == Talk(id: Fixture.certificate, title: "Le prix", speaker: "M. Lô"))
    }

    /// What the talks are to be after these keys, if they are to be others.
    private func talks(_ office: Model, _ keys: String) -> [String]? {
        let (after, effects) = Fixture.type(office, keys)
        guard case .send(.amend(let amendment))? = effects.first else { return nil }
        #expect(after.mode == .normal && effects.count == 1)
        return amendment.talks?.map(\.id.text)
    }

    @Test func `talks are put in another order, and one without questions is taken away`() {
        let office = Fixture.organiser()
        let menu = "O\(office.organiserActions.firstIndex(of: .talks)! + 1)"
        let before = office.talks.map(\.id.text)
        #expect(talks(office, menu + "331") == [before[2], before[0], before[1]])
        #expect(talks(office, menu + "313") == [before[1], before[2], before[0]])
        #expect(talks(office, menu + "312") == [before[1], before[0], before[2]])
        #expect(talks(office, menu + "311") == nil, "it stands there already")
        let asked = Set(office.view.cards.values.map(\.talk.text))
        let free = before.filter { !asked.contains($0) }
        #expect(!free.isEmpty && free.count < before.count)
        #expect(talks(office, menu + "41") == before.filter { $0 != free[0] })
        let full = Fixture.changed(office) { view in
            for (id, talk) in zip(view.cards.keys.sorted(), office.talks) { view.cards[id]?.talk = talk.id }
        }
        #expect(full.removableTalks.isEmpty)
        #expect(text(Fixture.type(full, menu + "4").0).contains("tous les exposés ont des questions"))
    }

    @Test func `the event gets another title`() {
        let office = Fixture.organiser()
        let menu = "O\(office.organiserActions.firstIndex(of: .title)! + 1)"
        let empty = Fixture.press(Fixture.type(office, menu).0, .control("u")).0
        let (typed, _) = Fixture.type(empty, "Les rencontres")
        #expect(Fixture.press(typed, .enter).1 == [.send(.amend(SetupAmendment(title: "Les rencontres")))])
        #expect(Fixture.press(empty, .enter).1.isEmpty)
        #expect(Fixture.press(Fixture.type(office, menu).0, .enter).1.isEmpty, "it is called so already")
        let long = Fixture.type(empty, String(repeating: "a", count: Limits.titleMaximum + 1)).0
        #expect(Fixture.press(long, .enter).1.isEmpty)
    }

    @Test func `the event is closed when that is meant, online only, and opened again`() {
        let office = Fixture.organiser()
        let close = "O\(office.organiserActions.firstIndex(of: .close)! + 1)"
        let (asked, effects) = Fixture.type(office, close)
        #expect(effects.isEmpty && text(asked).contains("Clore l’événement ?"))
        #expect(Fixture.type(asked, "n").1.isEmpty)
        #expect(Fixture.type(asked, "o").1 == [.send(.closeEvent)])
        let offline = Fixture.after(office, .link(.offline(since: 1, reason: nil)))
        #expect(Fixture.type(offline, close).0.mode == .normal && Fixture.type(offline, close + "o").1.isEmpty)
        let late = Fixture.after(asked, .link(.offline(since: 1, reason: nil)))
        #expect(Fixture.type(late, "o").1.isEmpty)
        let closed = Fixture.changed(office) { $0.event?.phase = .closed }
        let open = closed.organiserActions.firstIndex(of: .open)! + 1
        #expect(!closed.organiserActions.contains(.close) && !office.organiserActions.contains(.open))
        #expect(Fixture.type(closed, "O\(open)").1 == [.send(.openEvent)])
    }

    @Test func `tokens are listed, made and revoked online, and a secret is shown once`() {
        let office = Fixture.organiser()
        let listed = Fixture.after(Fixture.opened(office), .tokens(Fixture.tokens))
        #expect(Fixture.type(office, "O\(office.organiserActions.count)").1 == [.listTokens])
        let (typed, _) = Fixture.type(listed, "n12Aide de salle")
        #expect(
            Fixture.press(typed, .enter).1 == [.mint(.moderator, Fixture.agneaux, label: "Aide de salle")])
        #expect(Fixture.type(listed, "jxo").1 == [.revoke(tag: Fixture.own)])
        #expect(Fixture.type(listed, "jxn").1.isEmpty && Fixture.type(listed, "jjx").1.isEmpty)
        let secret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"
        let minted = MintedToken(
            id: CommandID(high: 1, low: 1), token: secret, tag: "t", role: .moderator, venue: nil)
        let told = Fixture.after(listed, .minted(minted))
        #expect(text(told).contains(secret) && !text(told).contains("Journées"))
        #expect(text(Fixture.type(told, "q").0).contains(secret), "left on purpose only")
        #expect(!text(Fixture.press(told, .enter).0).contains(secret))
        let typing = Fixture.after(Fixture.type(office, "Cbon").0, .minted(minted))
        #expect(!text(typing).contains(secret), "not over what is being typed")
        #expect(text(Fixture.press(typing, .escape).0).contains(secret))
        let offline = Fixture.after(office, .link(.offline(since: 1, reason: nil)))
        #expect(Fixture.type(offline, "O\(office.organiserActions.count)").1.isEmpty)
    }

    @Test func `the rule of the order under the cursor stands below the orders`() {
        let open = Fixture.type(Fixture.together(), "o").0
        let told = Fixture.press(open, .home).0
        #expect(text(told).contains("Les salles passent à tour de rôle"))
        #expect(text(Fixture.press(told, .down).0).contains("La question la plus soutenue passe d’abord."))
    }

    // MARK: A venue's relay

    @Test func `a cut line stands in the head, with what waits`() {
        let cut = Fixture.after(Fixture.together(), .line(Fixture.line(false)))
        #expect(text(cut).contains("○ ligne coupée depuis 16:28 – 12 en attente"))
        #expect(text(Fixture.after(cut, .line(Fixture.line(true)))).contains("● en ligne"))
    }

    @Test func `what is not confirmed has a word and no number, unless its number is known`() {
        let model = Fixture.unconfirmed(Fixture.together())
        let shown = text(model)
        #expect(shown.contains("- non confirmée Où garer les vélos") && !shown.contains("32"))
        #expect(shown.contains("6 non confirmée"), "this one had its number before")
        let (_, effects) = Fixture.press(Fixture.press(model, .end).0, .character("a"))
        #expect(effects == [.send(.approve(Fixture.id(32)))])
        let confirmed = Fixture.changed(model) { $0.cards[Fixture.id(32)]?.unconfirmed = false }
        #expect(text(confirmed).contains("   32 Où garer"))
    }

    @Test func `a refusal is read with its reason and dealt with`() {
        let model = Fixture.after(Fixture.together(), .refusals(Fixture.refusals))
        #expect(text(model).contains("F 3 refus"))
        let (open, _) = Fixture.type(model, "F")
        #expect(text(open).contains("n° 5 retenue – REFUSÉ : son état ne le permet pas"))
        #expect(Fixture.type(open, "a").1 == [.settle(ordinal: 41, again: true)])
        #expect(Fixture.type(open, "jl").1 == [.settle(ordinal: 43, again: false)])
        // Votes are given anew by those whose they are.
        let votes = Fixture.type(Fixture.after(Fixture.together(), .refusals([Fixture.refusals[2]])), "Fa")
        #expect(votes.1.isEmpty && votes.0.warning?.text.contains("l pour le laisser") == true)
        // Gone meanwhile: the key was not for the one that took its place.
        let fewer = Fixture.after(open, .refusals(Array(Fixture.refusals.dropFirst())))
        #expect(Fixture.type(fewer, "l").1.isEmpty)
        let offline = Fixture.after(open, .link(.offline(since: 1, reason: nil)))
        let (said, none) = Fixture.type(offline, "l")
        #expect(none.isEmpty && said.warning?.text.contains("hors ligne") == true)
    }
}
