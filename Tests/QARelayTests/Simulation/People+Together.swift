import QAShared
import QATestKit

@testable import QARelay

// What moderators do together, and what an organiser changes of the event.
extension World {
    func together(_ client: Client, _ cards: [Card]) -> Command? {
        let view = client.replica.view
        switch client.generator.below(10) {
        case 0: return pick(client, cards) { _ in true }.map { .note($0, text: text(client)) }
        case 1: return .say(text: text(client), about: pick(client, cards) { $0.status == "pending" })
        case 2:
            return pick(client, cards) { ($0.desk ?? $0.venue) == client.venue }
                .map { .hand($0, to: client.generator.pick(Sample.venues)) }
        case 3: return .stage(text: text(client))
        case 4: return view.stage == nil ? nil : .clearStage
        case 5, 6:
            return .enter(
                text: text(client), name: nil, venue: client.venue ?? client.generator.pick(Sample.venues), talk: nil)
        case 7: return pick(client, cards) { _ in true }.map { .label($0, labels: labels(client)) }
        case 8:
            let some = cards.filter { client.venue == nil || $0.venue == client.venue }.prefix(5)
            let what: BulkAction = client.generator.pick([.approve, .dismiss(.noTime), .restore, .answer])
            return some.isEmpty ? nil : .bulk(some.map(\.id), what)
        default:
            return pick(client, cards) { $0.status != "live" }
                .map { .move($0, to: client.generator.pick(Sample.talks)) }
        }
    }

    private func labels(_ client: Client) -> [String] {
        client.generator.percent(5) ? ["Prix"] : [client.generator.pick(["prix", "technique", "à-voir"])]
    }

    func organiser(_ client: Client, _ cards: [Card]) -> Command? {
        let draw = client.generator.below(100)
        switch client.replica.view.event?.phase {
        case .closed: return draw < 60 ? .openEvent : nil
        case .rehearsal where draw < 8: return .endRehearsal
        case .open where cards.isEmpty && draw < 30: return .startRehearsal
        default: break
        }
        if draw > 94 {
            return .amend(SetupAmendment(title: client.generator.pick(RandomText.words), talks: Sample.setup().talks))
        }
        return draw < 3 ? .closeEvent : nil
    }
}
