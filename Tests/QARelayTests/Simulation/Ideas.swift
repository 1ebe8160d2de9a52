import QAShared
import QATestKit

/// The next number that makes a text known again.
final class Marks {
    var next = 100
}

// What people do: mostly what their screen offers, sometimes what it does not.
extension Client {
    /// What this person does next, if anything; `head` is that of the log, `marks` makes texts known again.
    func idea(_ marks: Marks, head: Int) -> Command? {
        let cards = replica.view.cards.values.sorted { $0.number < $1.number }
        switch role {
        case .audience: return phone(cards, marks)
        case .moderator: return moderator(cards, marks)
        case .speaker: return speaker(head)
        case .organiser:
            return organiser(cards)
        case .display, .relay: return nil
        }
    }

    func text(_ marks: Marks) -> String {
        let known = replica.view.cards.values.map(\.text) + replica.ownQuestions.values.map(\.text)
        // Word for word what was asked already, if only by oneself.
        if role == .audience, !known.isEmpty, generator.percent(22) {
            return generator.pick(known.sorted())
        }
        marks.next += 1
        let words = RandomText.question(&generator)
        return generator.percent(8) ? "\(marks.next)" : "\(words) \(Mark.text(marks.next))"
    }

    /// One of the questions that fit, or now and then any at all.
    func pick(_ cards: [Card], _ fits: (Card) -> Bool) -> QuestionID? {
        if generator.percent(3) { return numbered(generator.below(5)) }
        let fitting = generator.percent(6) ? cards : cards.filter(fits)
        return fitting.isEmpty ? nil : generator.pick(fitting).id
    }

    private func phone(_ cards: [Card], _ marks: Marks) -> Command? {
        let draw = generator.below(100)
        if draw < 42 {
            let talk = generator.percent(15) ? generator.pick(Sample.talks) : nil
            return .ask(
                text: text(marks), name: generator.percent(20) ? "Zoé" : nil, talk: talk,
                spoken: generator.percent(20))
        }
        if draw < 86 {
            guard let id = pick(cards, { $0.status != "answered" }) else { return nil }
            let known = max(counters[id] ?? 0, replica.ownVotes[id]?.counter ?? 0)
            counters[id] = known + 1
            return .vote(id, on: generator.percent(70), counter: known + 1)
        }
        let own = replica.ownQuestions.values.sorted { $0.number < $1.number }
        if draw < 93, !own.isEmpty { return .withdraw(generator.pick(own).id) }
        return nil
    }

    private func moderator(_ cards: [Card], _ marks: Marks) -> Command? {
        let view = replica.view
        let own = { [venue] (card: Card) in venue == nil || card.venue == venue }
        let weights = [30, 6, 8, 6, 9, 7, 3, 2, 3, 4, 1, 1, 5, 2, 9, 12, 5, 3, 3, 2, 4, 5, 26]
        switch generator.pick(weights: weights) {
        case 0: return pick(cards) { own($0) && $0.status == "pending" }.map(Command.approve)
        case 1: return pick(cards, own).map { .edit($0, text: text(marks)) }
        case 2:
            let reason = generator.pick(DismissReason.allCases)
            return pick(cards) { own($0) && $0.status != "dismissed" }
                .map { .dismiss($0, reason) }
        case 3:
            return pick(cards) { own($0) && ["dismissed", "answered"].contains($0.status) }
                .map(Command.restore)
        case 4: return pick(cards) { $0.status == "approved" }.map { takeLive($0) }
        case 5: return pick(cards) { $0.status == "live" }.map(Command.answer)
        case 6: return pick(cards) { $0.status == "live" }.map(Command.putBack)
        case 7: return pick(cards, own).map(Command.block)
        case 8: return pick(cards) { $0.blocked }.map(Command.unblock)
        case 9: return .startTalk(generator.pick(Sample.talks))
        case 10: return .endTalk(generator.pick(Sample.talks))
        case 11: return .pauseIntake
        case 12: return view.event?.intake == false ? .resumeIntake : nil
        case 13: return .setOrder(generator.pick(QueueOrder.allCases))
        case 15: return pair(cards).map { .unite($0, into: $1) }
        case 16: return pick(cards) { $0.into != nil }.map(Command.separate)
        case 17: return pair(cards).map { .distinguish($0, from: $1) }
        case 18: return pick(cards) { ["pending", "approved"].contains($0.status) }.map(Command.pin)
        case 19: return pick(cards) { $0.pinned }.map(Command.unpin)
        case 20: return placed(cards)
        case 21:
            let on = generator.percent(70)
            return pick(cards) { $0.spoken && $0.status == "approved" }.map { .ready($0, on: on) }
        case 22: return together(cards, marks)
        default:
            guard !view.actions.isEmpty else { return nil }
            let back = generator.below(min(6, view.actions.count))
            return .undo(sequence: view.actions[view.actions.count - 1 - back].sequence)
        }
    }

    /// Two questions, mostly such as the screen shows side by side.
    private func pair(_ cards: [Card]) -> (QuestionID, QuestionID)? {
        let flagged = cards.filter { !$0.flags.isEmpty }
        if !flagged.isEmpty, generator.percent(50) {
            let card = generator.pick(flagged)
            return (card.id, generator.pick(card.flags).other)
        }
        guard let one = pick(cards, { ["pending", "approved", "merged"].contains($0.status) }),
            let other = pick(cards, { $0.status != "dismissed" })
        else { return nil }
        return (one, other)
    }

    /// Only while the order is by hand; now and then, also when it is not.
    private func placed(_ cards: [Card]) -> Command? {
        guard replica.view.event?.order == .byHand || generator.percent(10) else {
            return .setOrder(.byHand)
        }
        let before = generator.percent(75) ? pick(cards) { $0.status == "approved" } : nil
        return pick(cards) { $0.status == "approved" }.map { .place($0, before: before) }
    }

    private func takeLive(_ id: QuestionID) -> Command {
        let live = replica.view.live
        return .takeLive(id, replacing: generator.percent(90) ? live : nil)
    }

    private func speaker(_ head: Int) -> Command? {
        let view = replica.view
        switch generator.below(100) {
        case 0..<35: return view.queue.first.map { takeLive($0) }
        case 35..<60: return view.live.map(Command.answer)
        case 60..<70: return view.live.map(Command.putBack)
        case 76..<88:
            guard let stage = view.stage, stage.read == nil else { return nil }
            return .stageRead(stage.id)
        case 70..<76: return .undo(sequence: 1 + generator.below(max(1, head)))
        default: return nil
        }
    }
}
