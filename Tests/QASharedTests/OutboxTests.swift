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

    @Test func `what was postponed waits for its time, a lost line or not`() {
        var outbox = Outbox()
        outbox.add(numbered(1), .pauseIntake)
        outbox.add(numbered(2), .resumeIntake)
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
}
