import QAShared
import QATestKit

@testable import QARelay

// While it runs: nothing is shown or promised before it is durable, and every delta is the difference of two views.
extension Region {
    /// Notes what a relay's room may see from now on, and that all of it is on a disk.
    func note(_ station: Station) {
        guard let hub = station.hub, let relay = hub.relaying, !hub.isAhead, hub.viewHead > station.lastNoted else {
            return
        }
        station.lastNoted = hub.viewHead
        station.shown[hub.viewHead] = hub.state
        station.shown[hub.viewHead - 400] = nil
        station.views[hub.viewHead - 400] = nil
        if breach == .storeLies, isHealed { return }
        for item in relay.outbox where !item.isStored || station.disk.rows[item.forwarded.ordinal] == nil {
            return fail("\(station) shows command \(item.forwarded.ordinal), which is not on its disk")
        }
        for question in hub.state.questions where !station.disk.questions.contains(question.id) {
            return fail("\(station) shows question \(question.number), which is not on its disk")
        }
        if relay.outbox.contains(where: { $0.rejection != nil }) { count("waits for another room's question") }
        if relay.outbox.contains(where: \.isRepeated) { count("sent once more since it was refused") }
        if hub.state.unconfirmed.isEmpty == false { count("unconfirmed shown") }
    }

    /// A frame that leaves a station.
    func check(_ shared: SharedFrame, on wire: Wire) {
        guard let visitor = wire.caller as? Visitor else { return }
        guard let parcel = parcel(of: shared) else { return }
        switch parcel.frame {
        case .ack(.command(let id), let sequence): checkAck(id, sequence, wire.station)
        case .delta(let delta):
            let head = wire.station.isHub ? log.head : wire.station.hub?.viewHead ?? 0
            if delta.to > head { fail("\(wire.station): a delta to \(delta.to) of \(head)") }
            guard wire.station.isHub, delta.to <= history.head else { break }
            for card in delta.upserts where history.states[delta.to].question(card.id) == nil {
                fail("\(visitor): a card of no question at \(delta.to)")
            }
        case .line(let line):
            if line.venue != wire.station.venue { fail("\(visitor) was told of the line of \(line.venue)") }
        case .results: fail("\(visitor) was told results")
        default: break
        }
    }

    private func checkAck(_ id: CommandID, _ sequence: Int, _ station: Station) {
        if station.isHub {
            if sequence > log.head { fail("an ack of \(sequence), the log is at \(log.head)") }
            return
        }
        // In the copy, or on its way from this relay.
        let isKept =
            station.disk.rows.values.contains { $0.forwarded.id == id } || station.hub?.state.receipts[id] != nil
        if !isKept { fail("\(station) promised \(id.text) and does not have it") }
    }

    /// A replica that has taken a whole delta shows exactly the view at its position.
    func checkView(_ visitor: Visitor) {
        let client = visitor.client
        guard let position = client.replica.position else { return fail("\(visitor) has no position") }
        if visitor.home.isHub {
            // What was under way when a log was lost may still arrive.
            guard position.epoch == log.epoch, position.sequence <= history.head else { return }
            guard incarnation == 0 || visitor.home.hub != nil else { return }
            if client.replica.view != history.view(client.kind, at: position.sequence) {
                fail("\(visitor)'s view at \(position.sequence) is not the role's view")
            }
            return
        }
        guard visitor.home.hub?.epoch == position.epoch else { return }
        guard let view = visitor.home.view(client.kind, at: position.sequence) else { return count("not compared") }
        count("compared")
        if client.replica.view != view {
            fail("\(visitor)'s view at \(position.sequence) is not what the room may see")
        }
    }
}

extension Station {
    /// The view of what the room may see at a position, if that was noted.
    func view(_ kind: ViewKind, at position: Int) -> RoleView? {
        if let view = views[position]?[kind] { return view }
        guard let state = shown[position] else { return nil }
        let view = RoleView(state, for: kind)
        views[position, default: [:]][kind] = view
        return view
    }
}
