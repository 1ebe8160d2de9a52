import QAShared
import QATestKit
import Testing

@Suite struct OutboxTests {
    private func commands(_ frames: [ClientFrame]) -> [CommandID] {
        frames.compactMap { if case .command(let id, _) = $0 { id } else { nil } }
    }

    @Test func `what is added is due once, in order, until it is answered`() {
        var outbox = Outbox()
        for number in 1...3 { outbox.add(numbered(number), .approve(numbered(number))) }
        #expect(commands(outbox.due(0)) == [numbered(1), numbered(2), numbered(3)])
        #expect(outbox.due(0).isEmpty)
        #expect(outbox.settle(.command(numbered(2)))?.request == .command(numbered(2)))
        #expect(outbox.settle(.command(numbered(2))) == nil)
        outbox.lineLost()
        #expect(commands(outbox.due(0)) == [numbered(1), numbered(3)])
        outbox.settle(.command(numbered(1)))
        outbox.settle(.command(numbered(3)))
        #expect(outbox.isEmpty && outbox.nextDue == nil)
    }

    @Test func `only the last vote on a question is sent`() {
        var outbox = Outbox()
        outbox.add(vote: numbered(1), on: true, counter: 1)
        outbox.add(vote: numbered(2), on: true, counter: 1)
        outbox.add(vote: numbered(1), on: false, counter: 2)
        #expect(
            outbox.due(0) == [
                .vote(numbered(2), on: true, counter: 1), .vote(numbered(1), on: false, counter: 2),
            ])
        #expect(outbox.settle(.vote(numbered(1), counter: 1)) == nil)
        #expect(outbox.settle(.vote(numbered(1), counter: 2)) != nil)
        #expect(outbox.items.count == 1)
    }

    @Test func `what was postponed waits for its time, a lost line or not, and others pass it`() {
        var outbox = Outbox()
        outbox.add(numbered(1), .pauseIntake)
        outbox.add(numbered(2), .setOrder(.byTime))
        _ = outbox.due(0)
        outbox.postpone(.command(numbered(1)), until: 500)
        outbox.postpone(.command(numbered(9)), until: 100)
        #expect(outbox.nextDue == 500)
        #expect(outbox.due(499).isEmpty)
        outbox.lineLost()
        #expect(commands(outbox.due(499)) == [numbered(2)])
        #expect(commands(outbox.due(500)) == [numbered(1)])
        #expect(outbox.nextDue == nil && outbox.items.count == 2)
    }

    @Test(
        arguments: [
            [.edit(numbered(7), text: "la première version"), .edit(numbered(7), text: "la seconde version")],
            [.pauseIntake, .resumeIntake], [.startTalk(Sample.talks[0]), .endTalk(Sample.talks[0])],
            [.setOrder(.byHand), .place(numbered(7), before: nil)], [.pin(numbered(7)), .pin(numbered(8))],
            [.takeLive(numbered(7), replacing: nil), .takeLive(numbered(8), replacing: numbered(7))],
            [.answer(numbered(7)), .takeLive(numbered(8), replacing: nil)],
            [.unite(numbered(7), into: numbered(8)), .approve(numbered(8))],
            [.bulk([numbered(6), numbered(7)], .approve), .dismiss(numbered(7), .offTopic)],
            [.block(numbered(7)), .unblock(numbered(8))], [.stage(text: "Plus fort"), .clearStage],
            [.say(text: "Un", about: nil), .say(text: "Deux", about: nil)],
            [.approve(numbered(7)), .undo(sequence: 3)],
            [.undo(sequence: 3), .undo(sequence: 2)], [.closeEvent, .approve(numbered(7))],
            [.ask(text: "Quel est le prix ?", name: nil, talk: nil), .withdraw(numbered(1))],
        ] as [[Command]])
    func `the last wish arrives last, also when an earlier one is put off`(wishes: [Command]) {
        var outbox = Outbox()
        outbox.add(numbered(1), wishes[0])
        #expect(commands(outbox.due(0)) == [numbered(1)])
        outbox.add(numbered(2), wishes[1])
        outbox.add(numbered(3), .note(numbered(90), text: "ailleurs"))
        // Nobody knows yet whether the first one will be put off.
        let others = wishes.contains(where: \.isAboutAll) ? [] : [numbered(3, Command.self)]
        #expect(commands(outbox.due(1)) == others)
        outbox.postpone(.command(numbered(1)), until: 5_000)
        #expect(outbox.due(2_000).isEmpty)
        outbox.lineLost()
        #expect(commands(outbox.due(3_000)) == others)
        #expect(commands(outbox.due(5_000)) == [numbered(1)])
        outbox.settle(.command(numbered(1)))
        #expect(commands(outbox.due(5_001)).first == numbered(2))
    }

    @Test func `a hundred questions are approved without one waiting for another`() {
        var outbox = Outbox()
        for number in 1...100 { outbox.add(numbered(number), .approve(numbered(number))) }
        #expect(outbox.due(0).count == 100)
    }
}

extension Command {
    fileprivate var isAboutAll: Bool {
        switch self {
        case .undo, .closeEvent: true
        default: false
        }
    }
}
