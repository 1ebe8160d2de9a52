import QAShared
import Testing

@testable import QAClient

/// The keys for questions that ask the same.
@Suite struct DuplicatesTests {
    private static let id = Fixture.id

    private static func sent(_ number: Int, _ keys: String, _ model: Model = Fixture.duplicates()) -> [Effect] {
        Fixture.type(Fixture.at(number, model), keys).1
    }

    @Test(arguments: [
        (20, "m", Command.unite(id(20), into: id(13))), (20, "cm", .unite(id(20), into: id(11))),
        (20, "ccm", .unite(id(22), into: id(20))), (20, "cccm", .unite(id(20), into: id(13))),
        (13, "m", .unite(id(20), into: id(13))), (11, "m", .unite(id(20), into: id(11))),
        (20, "f", .distinguish(id(20), from: id(13))), (20, "cf", .distinguish(id(20), from: id(11))),
        (21, "f", .distinguish(id(21), from: id(10))), (15, "s", .separate(id(15))),
        (16, "s", .separate(id(16))), (3, "ss", .separate(id(16))), (3, "cs", .separate(id(14))),
        (3, "ccs", .separate(id(15))), (3, "scs", .separate(id(14))),
    ])
    func `one key judges, whichever room it comes from`(_ number: Int, _ keys: String, _ command: Command) {
        #expect(Self.sent(number, keys) == [.send(command)])
    }

    @Test func `the keys work while the whole question is read`() {
        let (open, _) = Fixture.press(Fixture.at(20, Fixture.duplicates()), .enter)
        let (after, effects) = Fixture.type(open, "cm")
        #expect(effects == [.send(.unite(Self.id(20), into: Self.id(11)))] && after.mode == .normal)
    }

    @Test func `what was done names the question that stays`() {
        let there = Fixture.at(20, Fixture.duplicates())
        #expect(Fixture.type(there, "m").0.info?.text == "n° 20 unie à la n° 13")
        #expect(Fixture.type(there, "f").0.info?.text == "n° 20 : pas la même que la n° 13")
        let variant = Fixture.at(15, Fixture.duplicates())
        #expect(Fixture.type(variant, "s").0.info?.text == "n° 15 séparée de la n° 3")
    }

    @Test func `which question stays is named before the key is pressed`() {
        for (words, text) in [(French() as any Words, "m 20 unie à 13"), (English(), "m merge 20 into 13")] {
            for number in [20, 13] {
                let model = Fixture.at(number, Fixture.duplicates(words: words))
                #expect(render(model, model.size).text.contains(text))
            }
        }
    }

    @Test func `a dismissed question cannot be united with, and the sentence says so`() {
        let (after, effects) = Fixture.type(Fixture.at(21, Fixture.duplicates()), "m")
        #expect(effects.isEmpty)
        #expect(after.warning?.text == "impossible, la n° 21 est à lire et la n° 10 écartée.")
    }

    @Test(arguments: ["m", "f", "s", "c"])
    func `without anything alike nothing is sent`(_ key: String) {
        let (after, effects) = Fixture.type(Fixture.at(5, Fixture.duplicates()), key)
        #expect(effects.isEmpty && after.warning?.text.contains("n° 5") == true)
    }

    @Test func `a variant in the group is separated, not united again`() {
        let (after, effects) = Fixture.type(Fixture.at(3, Fixture.duplicates()), "cm")
        #expect(effects.isEmpty)
        #expect(after.warning?.text == "la n° 3 et la n° 14 sont déjà unies ; s les sépare.")
    }

    @Test func `the only variant need not be chosen`() {
        let model = Fixture.changed(Fixture.model()) { view in
            Fixture.merge([9], into: 5, automatic: true, &view)
        }
        #expect(Self.sent(5, "s", model) == [.send(.separate(Self.id(9)))])
    }

    @Test func `a closed event refuses`() {
        let closed = Fixture.changed(Fixture.duplicates()) { $0.event?.phase = .closed }
        for key in ["m", "f", "M"] { #expect(Self.sent(20, key, closed).isEmpty) }
        #expect(Self.sent(15, "s", closed).isEmpty)
    }

    // MARK: Others judge too

    @Test func `a better candidate that arrives does not take the place of the one that is read`() {
        let model = Fixture.changed(Fixture.at(20, Fixture.duplicates())) { view in
            view.cards[Self.id(20)]?.flags.insert(Fixture.flag(2, .strong), at: 0)
        }
        #expect(Fixture.type(model, "m").1 == [.send(.unite(Self.id(20), into: Self.id(13)))])
    }

    @Test func `when others judged the candidate that is read, the next key does nothing but say so`() {
        let model = Fixture.changed(Fixture.at(20, Fixture.duplicates())) { view in
            view.cards[Self.id(20)]?.flags.removeFirst()
        }
        #expect(!render(model, model.size).text.contains("m 20 unie"))
        let (warned, effects) = Fixture.type(model, "m")
        #expect(effects.isEmpty && warned.warning?.text.contains("n° 13 n’est plus proposée") == true)
        #expect(Fixture.type(warned, "m").1 == [.send(.unite(Self.id(20), into: Self.id(11)))])
    }

    @Test func `after an own judgement the next candidate is ready at once`() {
        let model = Fixture.after(
            Fixture.at(20, Fixture.duplicates()),
            Fixture.outgoing(.distinguish(Self.id(20), from: Self.id(13))))
        #expect(Fixture.type(model, "m").1 == [.send(.unite(Self.id(20), into: Self.id(11)))])
    }

    // MARK: The list of them

    @Test func `D lists what is to be judged, the likeliest first, and D again comes back`() {
        let model = Fixture.press(Fixture.duplicates(), .right).0
        let (there, _) = Fixture.type(model, "D")
        #expect(there.section == .doubtful && there.rowNumbers == [20, 21])
        #expect(Fixture.type(there, "0").0.rowNumbers == [20, 21, 22])
        #expect(Fixture.type(there, "D").0.section == .approved)
    }

    @Test func `the list is worked through with one key each`() {
        var model = Fixture.type(Fixture.duplicates(), "D").0
        var commands: [Command] = []
        for (key, number) in [("m", 20), ("f", 21)] {
            #expect(model.selectedNumber == number)
            let (next, effects) = Fixture.type(model, key)
            for case .send(let command) in effects { commands.append(command) }
            let outgoing = commands.enumerated().map { index, command in
                Outgoing(id: CommandID(high: 1, low: UInt64(index)), command: command, stage: .sent)
            }
            model = Fixture.after(next, .outgoing(outgoing))
        }
        #expect(commands == [.unite(Self.id(20), into: Self.id(13)), .distinguish(Self.id(21), from: Self.id(10))])
        #expect(model.rows.isEmpty)
        #expect(render(model, model.size).text.contains("Aucun doublon à examiner."))
    }

    @Test func `D says when there is nothing, and leads to all venues when only those have some`() {
        #expect(Fixture.type(Fixture.model(), "D").0.info?.text == "Aucun doublon à examiner.")
        let (there, _) = Fixture.type(Fixture.type(Fixture.duplicates(), "1").0, "D")
        #expect(there.tab == .all && there.rowNumbers == [20, 21, 22])
    }

    @Test func `the arrow goes on to the list only if there is one`() {
        let steps: [Key] = [.right, .right, .right, .right]
        #expect(steps.reduce(Fixture.model()) { Fixture.press($0, $1).0 }.section == .done)
        #expect(steps.reduce(Fixture.duplicates()) { Fixture.press($0, $1).0 }.section == .doubtful)
    }

    // MARK: Any two questions

    @Test(arguments: [
        ("M2\n", Command.unite(id(5), into: id(2))), ("M#2\n", .unite(id(5), into: id(2))),
        ("Mbuilding\n", .unite(id(5), into: id(16))), ("Mraccordement\n", .unite(id(8), into: id(5))),
    ])
    func `M unites with a number or with what words find`(_ keys: String, _ command: Command) {
        var model = Fixture.at(5, Fixture.duplicates())
        var effects: [Effect] = []
        for character in keys {
            (model, effects) = update(model, .key(character == "\n" ? .enter : .character(character)))
        }
        #expect(effects == [.send(command)] && model.mode == .normal)
    }

    @Test func `M offers what is proposed first, and the arrows choose`() {
        let (open, _) = Fixture.type(Fixture.at(20, Fixture.duplicates()), "M")
        #expect(Fixture.press(open, .enter).1 == [.send(.unite(Self.id(20), into: Self.id(13)))])
        #expect(Fixture.press(open, .down, .enter).1 == [.send(.unite(Self.id(20), into: Self.id(11)))])
        #expect(Fixture.press(open, .down, .up, .up, .enter).1 == [.send(.unite(Self.id(20), into: Self.id(13)))])
    }

    @Test func `letters typed after M are never keys, and escape leaves everything as it was`() {
        let (typed, effects) = Fixture.type(Fixture.at(20, Fixture.duplicates()), "Mmfsaq")
        #expect(effects.isEmpty)
        #expect(Fixture.press(typed, .enter).1.isEmpty)
        let (left, nothing) = Fixture.press(typed, .escape)
        #expect(nothing.isEmpty && left.mode == .normal && left.selectedNumber == 20)
    }

    @Test func `what is typed after M is seen, whatever was refused before`() {
        let warned = Fixture.type(Fixture.at(21, Fixture.duplicates()), "m").0
        let model = Fixture.type(warned, "Mzzz").0
        let text = render(model, model.size).text
        #expect(model.warning != nil && text.contains("Unir la n° 21 à (n° ou mots) : zzz"))
        #expect(text.contains("Aucune question pour « zzz »."))
    }

    @Test func `M finds neither the question itself nor its group`() {
        let (open, _) = Fixture.type(Fixture.at(3, Fixture.duplicates()), "Mtravaux")
        guard case .uniting(let uniting) = open.mode else {
            Issue.record("not uniting")
            return
        }
        #expect(uniting.hits.isEmpty)
    }

    // MARK: Undoing, refusals, news

    @Test func `u takes a union back like any other action`() {
        let unite = Command.unite(Self.id(20), into: Self.id(13))
        for (stage, effect) in [
            (Outgoing.Stage.waiting, Effect.drop(CommandID(high: 1, low: 1))),
            (.sent, .undoOnceAcked(CommandID(high: 1, low: 1))),
            (.acked(sequence: 70), .send(.undo(sequence: 70))),
        ] {
            let model = Fixture.after(Fixture.duplicates(), Fixture.outgoing(unite, stage))
            let (after, effects) = Fixture.type(model, "u")
            #expect(effects == [effect] && after.info?.text.contains("n° 20 unie à la n° 13") == true)
        }
        let shown = Fixture.changed(Fixture.duplicates()) { view in
            view.actions.append(Fixture.action(80, "unite", 16, nil, Fixture.own))
        }
        let (after, effects) = Fixture.type(shown, "u")
        #expect(effects == [.send(.undo(sequence: 80))])
        #expect(after.info?.text == "Annulation demandée : n° 16 unie à la n° 3")
    }

    @Test func `the hub's refusal is said with the number`() {
        let model = Fixture.after(
            Fixture.duplicates(), .rejected(Rejection(.wrongStatus), .unite(Self.id(20), into: Self.id(13))))
        #expect(model.warning?.text == "n° 20 : son état ne le permet pas ; regardez et recommencez.")
    }

    @Test func `what is merged as it comes is neither new nor waiting`() {
        let model = Fixture.changed(Fixture.model()) { view in
            view.cards[Self.id(30)] = Fixture.card(30, Fixture.agneaux, "pending", "Encore le prix ?")
            Fixture.merge([30], into: 5, automatic: true, &view)
        }
        #expect(model.unseen.isEmpty && model.rowNumbers == [5, 6, 9])
        #expect(model.rows(of: Place(tab: .all, section: .done)).contains(Self.id(30)))
    }

    @Test func `a question that others took out of a group is new, one's own is not`() {
        let apart = { (view: inout RoleView) in
            view.cards[Self.id(14)]?.status = "pending"
            view.cards[Self.id(14)]?.into = nil
        }
        #expect(Fixture.changed(Fixture.duplicates(), apart).unseen.contains(Self.id(14)))
        let own = Fixture.after(Fixture.duplicates(), Fixture.outgoing(.separate(Self.id(14))))
        #expect(!Fixture.changed(own, apart).unseen.contains(Self.id(14)))
    }

    @Test func `what waits for the hub survives on the disk`() {
        var saved = SavedOutbox()
        let commands: [Command] = [
            .unite(Self.id(20), into: Self.id(13)), .separate(Self.id(15)),
            .distinguish(Self.id(20), from: Self.id(11)),
        ]
        for (index, command) in commands.enumerated() {
            saved.commands.append((CommandID(high: 1, low: UInt64(index)), command))
        }
        #expect(SavedOutbox(saved.bytes).commands.map(\.1) == commands)
    }

    // MARK: Words and safety

    @Test func `every reason, level and sentence on duplicates has words of its own`() {
        for words in CatalogueTests.catalogues {
            let reasons = FlagReason.allCases.map(words.why)
            #expect(Set(reasons).count == reasons.count && !reasons.contains { $0.contains("_") || $0.count < 5 })
            #expect(Set(FlagLevel.allCases.map(words.level)).count == 2)
            #expect(words.differs(["avant"], ["après"]).contains("avant"))
            #expect(words.differs([], ["après"]) != words.differs(["après"], []))
            for entry in words.helpOnDuplicates {
                #expect(TextWidth.of(entry.word) <= 68, "\(entry.word)")
            }
            for sentence in [
                words.united(1234, into: 1230), words.together(1234, with: 1230), words.nothingAlike(1234),
                words.noLongerAlike(1234), words.notUnited(1234), words.chooseVariant(1234), words.unite(1234),
            ] { #expect(TextWidth.of(sentence) <= 76, "\(sentence)") }
        }
    }

    @Test func `every reason is shown as for or against`() {
        for reason in FlagReason.allCases {
            let model = Fixture.changed(Fixture.at(20, Fixture.duplicates(200, 60))) { view in
                view.cards[Self.id(20)]?.flags = [Fixture.flag(13, .strong, [reason])]
            }
            #expect(render(model, model.size).text.contains(French().why(reason)), "\(reason)")
        }
    }

    @Test func `the words that differ are underlined in both texts, those of the chosen pair`() {
        func underlined(_ model: Model) -> String {
            render(model, model.size).cells.filter(\.style.underline).map(\.text).joined()
        }
        let model = Fixture.type(Fixture.duplicates(), "D").0
        #expect(underlined(model) == "avantaprès")
        #expect(underlined(Fixture.type(model, "c").0) == "Combiencoûtedixans?")
        // Indexes are those of the hub's text, not of one that is on its way.
        let edited = Fixture.after(
            model, Fixture.outgoing(.edit(Self.id(20), text: "Tout autre chose, avant 2010 ?")))
        #expect(!underlined(edited).contains("avant"))
    }

    @Test func `a number above 99 is never cut`() {
        let model = Fixture.changed(Fixture.duplicates()) { view in
            view.cards[Self.id(1234)] = Fixture.card(1234, Fixture.agneaux, "approved", "Longue ?")
            view.cards[Self.id(1235)] = Fixture.card(1235, Fixture.agneaux, "pending", "Autre ?")
            Fixture.merge([1235], into: 1234, automatic: true, &view)
        }
        let there = Fixture.at(1235, model)
        #expect(render(there, there.size).text.contains("unie à 1234 auto"))
    }

    @Test func `other people's words in quotes hold no orders for the terminal`() {
        let bad = "avant\u{1B}[31m \u{9B}2J\u{202E}après \u{7} l'an"
        let model = Fixture.changed(Fixture.duplicates(200, 60)) { view in
            for number in [13, 20] { view.cards[Self.id(number)]?.text = bad }
            view.cards[Self.id(20)]?.flags = [Fixture.flag(13, .strong, [], mine: [0, 1], theirs: [1, 2, 3])]
        }
        for keys in ["", "D", "M", "MZ"] {
            let there = Fixture.type(Fixture.at(20, model), keys).0
            for cell in render(there, there.size).cells {
                for scalar in cell.text.unicodeScalars {
                    #expect(![.control, .format].contains(scalar.properties.generalCategory))
                }
            }
        }
    }
}
