import QAShared
import QATestKit

@testable import QARelay

/// A relay's line to the hub: the real protocol on simulated connections.
final class RelayLine: Caller, CustomStringConvertible {
    unowned let station: Station
    private var region: Region { station.region }
    private(set) var course = UplinkProtocol()
    private(set) var wire: Wire?
    private var dialling: Wire?
    private var backoff = Backoff()
    private let run: Int
    /// Only the latest call to connect counts.
    private var plans = 0

    init(_ station: Station) {
        self.station = station
        run = station.run
        again()
    }

    var description: String { "the line of \(station)" }
    var hasOrigin: Bool { false }
    private var isAlive: Bool { station.run == run && station.uplink === self }

    func dial() {
        guard isAlive else { return }
        course.dialled()
        dialling = region.connect(self, to: region.hubStation)
    }

    /// Leaves the connection and makes another while the hub believes in the old one.
    func redial() {
        guard let wire, isAlive else { return }
        region.count("uplink doubled")
        region.leave(wire, lingers: region.generator.below(9_000))
        ended()
        dial()
    }

    private func ended() {
        wire = nil
        course.closed()
        if let hub = station.hub { hub.lineLost(region.moment(station)) }
        region.touched(station)
    }

    private func retry() {
        plans += 1
        let plan = plans
        region.after(1 + backoff.next(using: &region.generator)) { [self] _ in if plan == plans { dial() } }
    }

    /// Tells who is in the room once a second.
    private func again() {
        region.after(Limits.presenceEvery) { [self] _ in
            guard isAlive, let hub = station.hub else { return }
            if course.sayRoom(hub) { pump() }
            again()
        }
    }

    /// Sends what there is to send.
    func pump() {
        guard isAlive, let hub = station.hub, let wire, wire.isOpenAtCaller else { return }
        while let bytes = course.next(hub) {
            if region.breach == .relayForgets, region.generator.percent(10) { continue }
            region.send(bytes, on: wire)
        }
    }

    // MARK: Caller

    func opened(_ wire: Wire) {
        guard isAlive, wire === dialling else { return region.leave(wire) }
        dialling = nil
        self.wire = wire
        var hello = Hello(
            role: .relay, token: station.code, position: station.disk.copy.position)
        hello.url = "http://\(station.venue?.text ?? "").test"
        course.opened(hello)
        pump()
    }

    func received(_ frame: SharedFrame, _ wire: Wire) {
        guard isAlive, wire === self.wire, let hub = station.hub else { return }
        if region.breach == .uplinkLoses, region.generator.percent(4) { return }
        switch course.received(frame.bytes) {
        case .keep(let bytes): station.hand(.records(bytes))
        case .begin(let welcome):
            region.count(welcome.resumed ? "relay resumed" : "relay began anew")
            station.hand(.begin(welcome, line: course.line))
        case .answered(let results):
            backoff.reset()
            hub.answered(results, region.moment(station))
        case .presence(let elsewhere): hub.heardPresence(elsewhere)
        // The code was taken back, or a backup does not know it.
        case .refused(let rejection) where [.tokenInvalid, .tokenRevoked].contains(rejection.code): break
        case .refused(let rejection): region.fail("\(self) was told \(rejection.code)")
        case .nothing: break
        }
        region.touched(station)
    }

    func lost(_ wire: Wire, _ code: CloseCode) {
        guard isAlive else { return }
        if wire === dialling {
            dialling = nil
        } else if wire === self.wire {
            ended()
        } else {
            return
        }
        switch LineTrouble(closedWith: code.rawValue) {
        case .codeUnknown, .codeRevoked: region.pair(station)
        // A line is taken by the same relay alone here.
        case nil, .codeInUse: break
        default: return region.fail("\(self) was refused: \(code)")
        }
        retry()
    }

    /// What the relay's disk reports.
    func reported(_ report: RelayWork.Report) {
        guard isAlive, let hub = station.hub else { return }
        let moment = region.moment(station)
        switch report {
        case .stored: hub.stored(moment)
        case .storeFailed(let error):
            hub.storeFailed(error, moment)
            let run = run
            region.after(500 + region.generator.below(4_000)) { [self] _ in
                guard station.run == run, let hub = station.hub else { return }
                if hub.health == .failed { station.crash(run) } else { hub.spaceIsBack() }
            }
        case .began(let welcome, let line, let resending):
            if let resending, !resending.isEmpty { region.count("relay resends") }
            _ = course.began(welcome, line: line, resending: resending, hub, moment)
        case .kept(let entries):
            if !entries.isEmpty { backoff.reset() }
            hub.confirmed(entries, moment)
        case .mismatch:
            region.count("another log under way")
            hangUp()
        case .failed: hangUp()
        }
        pump()
    }

    private func hangUp() {
        guard let wire else { return }
        region.leave(wire)
        ended()
        retry()
    }
}
