import QAShared
import QATestKit

// What moderators do together, and what an organiser changes of the event.
extension Client {
    func together(_ cards: [Card], _ marks: Marks) -> Command? {
        let view = replica.view
        switch generator.below(10) {
        case 0: return pick(cards) { _ in true }.map { .note($0, text: text(marks)) }
        case 1: return .say(text: text(marks), about: pick(cards) { $0.status == "pending" })
        case 2:
            return pick(cards) { ($0.desk ?? $0.venue) == venue }
                .map { .hand($0, to: generator.pick(Sample.venues)) }
        case 3: return .stage(text: text(marks))
        case 4: return view.stage == nil ? nil : .clearStage
        case 5, 6:
            return .enter(
                text: text(marks), name: nil, venue: venue ?? generator.pick(Sample.venues), talk: nil,
                spoken: generator.percent(40))
        case 7: return pick(cards) { _ in true }.map { .label($0, labels: labels()) }
        case 8:
            let some = cards.filter { venue == nil || $0.venue == venue }.prefix(5)
            let what: BulkAction = generator.pick([.approve, .dismiss(.noTime), .restore, .answer])
            return some.isEmpty ? nil : .bulk(some.map(\.id), what)
        default:
            return pick(cards) { $0.status != "live" }
                .map { .move($0, to: generator.pick(Sample.talks)) }
        }
    }

    private func labels() -> [String] {
        generator.percent(5) ? ["Prix"] : [generator.pick(["prix", "technique", "à-voir"])]
    }

    func organiser(_ cards: [Card]) -> Command? {
        let draw = generator.below(100)
        switch replica.view.event?.phase {
        case .closed: return draw < 60 ? .openEvent : nil
        case .rehearsal where draw < 8: return .endRehearsal
        case .open where cards.isEmpty && draw < 30: return .startRehearsal
        default: break
        }
        if draw > 94 {
            return .amend(SetupAmendment(title: generator.pick(RandomText.words), talks: Sample.setup().talks))
        }
        return draw < 3 ? .closeEvent : nil
    }
}
