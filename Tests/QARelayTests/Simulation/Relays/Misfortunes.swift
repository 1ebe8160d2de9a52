import QAShared
import QATestKit

@testable import QARelay

// What goes wrong by itself, now and again.
extension Region {
    func nature() {
        after(character.peace / 4 + generator.below(2 * character.peace)) { region in
            guard !region.isHealed else { return }
            region.misfortune()
            region.nature()
        }
    }

    /// Whether the line between a relay and the hub is down for a while.
    func isApart(_ caller: any Caller, _ station: Station) -> Bool {
        guard station.isHub, let line = caller as? RelayLine else { return false }
        return line.station.apartUntil > now
    }

    private func misfortune() {
        let station = generator.pick(stations)
        let relay = generator.pick(Array(relays))
        switch generator.below(100) {
        case 0..<4: station.crash(station.run)
        case 4..<9: partition(relay)
        case 9..<13: flap(relay, times: 2 + generator.below(6))
        case 13..<18: relay.uplink?.redial()
        case 18..<24: onUplink(relay) { cut($0) }
        case 24..<28: onUplink(relay) { swallow($0) }
        case 28..<36: onUplink(relay) { $0.down.heldUntil = now + 200 + generator.below(12_000) }
        case 36..<42: onUplink(relay) { $0.up.heldUntil = now + 200 + generator.below(6_000) }
        case 42..<52: backups.append(log.head)
        case 52..<54: restore(sameEpoch: generator.percent(30))
        case 54..<57: station.wallOffset += generator.below(8_000) - 4_000
        case 57..<59: revoke(relay)
        case 59..<80:
            let visitor = generator.pick(visitors)
            visitor.move(to: generator.pick(homes(visitor.client)))
        default:
            let open = wires.filter { $0.isOpenAtCaller && $0.isOpenAtStation && $0.isSound && $0.caller is Visitor }
            guard !open.isEmpty else { return }
            let wire = generator.pick(open)
            if generator.percent(70) { cut(wire) } else { swallow(wire) }
        }
    }

    private func onUplink(_ relay: Station, _ what: (Wire) -> Void) {
        guard let wire = relay.uplink?.wire, wire.isSound else { return }
        what(wire)
    }

    /// A venue is cut off for a while; its room goes on.
    private func partition(_ relay: Station) {
        count("partition")
        relay.apartUntil = now + 1_000 + generator.below(character.partition)
        onUplink(relay) { generator.percent(50) ? cut($0) : swallow($0) }
    }

    /// The organiser takes a relay's code back: it goes on without its line until it is given another.
    private func revoke(_ relay: Station) {
        guard let hub = hubStation.hub else { return }
        count("code revoked")
        let stamped = StampedCommand(
            id: CommandID(using: &generator), actor: Person.organiser, time: moment(hubStation).wall,
            command: .revokeToken(Credentials.hash(relay.code).id))
        hub.submit(stamped) { _ in }
        touched(hubStation)
    }

    /// A relay that the hub does not know, or not any more, is given another code.
    func pair(_ relay: Station) {
        guard let hub = hubStation.hub, let venue = relay.venue else { return }
        count("paired anew")
        relay.pairings += 1
        let access = Credentials.accessToken(relay.code, role: .relay, venue: venue, label: "relay")
        let stamped = StampedCommand(
            id: CommandID(using: &generator), actor: Person.organiser, time: moment(hubStation).wall,
            command: .addToken(access))
        hub.submit(stamped) { _ in }
        touched(hubStation)
    }

    /// The line comes and goes.
    private func flap(_ relay: Station, times: Int) {
        guard times > 0, !isHealed else { return }
        onUplink(relay) { cut($0) }
        after(300 + generator.below(1_500)) { $0.flap(relay, times: times - 1) }
    }
}
