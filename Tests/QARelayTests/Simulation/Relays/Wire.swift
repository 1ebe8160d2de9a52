import QAShared
import QATestKit

@testable import QARelay

/// One simulated connection to a station; each end has its own idea of whether it stands.
final class Wire {
    enum Up {
        case frame([UInt8])
        case close
    }

    enum Down {
        case frame(SharedFrame)
        case close(CloseCode)
    }

    let id: Int
    let caller: any Caller
    let station: Station
    let run: Int
    let latency: Int
    var up = OneWay<Up>()
    var down = OneWay<Down>()
    var session: Session?
    var isOpenAtStation = false
    var isOpenAtCaller = false
    /// Whether nothing has befallen it yet that will end it.
    var isSound = true
    var isWritableWanted = false
    var isWritableDue = false

    init(id: Int, caller: any Caller, station: Station, latency: Int) {
        self.id = id
        self.caller = caller
        self.station = station
        run = station.run
        self.latency = latency
    }
}

/// Whoever connects to a station: a screen, or a relay.
protocol Caller: AnyObject {
    var hasOrigin: Bool { get }
    func opened(_ wire: Wire)
    func received(_ frame: SharedFrame, _ wire: Wire)
    /// The connection is gone without the caller's doing, or was never made.
    func lost(_ wire: Wire, _ code: CloseCode)
}

extension Region {
    /// Somebody tries to connect.
    func connect(_ caller: any Caller, to station: Station) -> Wire {
        let wire = Wire(id: wires.count, caller: caller, station: station, latency: 1 + generator.below(60))
        wires.append(wire)
        let returning = 1 + generator.below(60)
        after(wire.latency) { region in
            guard station.run == wire.run, let hub = station.hub, !region.isApart(caller, station) else {
                return region.after(returning) { _ in caller.lost(wire, .lineLost) }
            }
            wire.isOpenAtStation = true
            wire.isOpenAtCaller = true
            let session = hub.connected(UInt64(wire.id + 1), hasOrigin: caller.hasOrigin, region.moment(station))
            session.transport = wire
            wire.session = session
            station.isTouched = true
            region.after(returning) { _ in if wire.isOpenAtCaller { caller.opened(wire) } }
        }
        return wire
    }

    // MARK: Up

    func send(_ bytes: [UInt8], on wire: Wire) { send(.frame(bytes), on: wire) }

    private func send(_ message: Wire.Up, on wire: Wire) {
        let jitter = isHealed ? 0 : generator.below(8)
        guard let time = wire.up.send(message, now, latency: wire.latency + jitter) else { return }
        at(time) { $0.arriveUp(wire) }
    }

    private func arriveUp(_ wire: Wire) {
        switch wire.up.arrive(now) {
        case .nothing: return
        case .later(let time): at(time) { $0.arriveUp(wire) }
        case .message(.close): stationNotices(wire)
        case .message(.frame(let bytes)):
            guard wire.isOpenAtStation, wire.run == wire.station.run, let hub = wire.station.hub,
                let session = wire.session
            else { return }
            trace.add(wire.id)
            trace.add(bytes)
            if let visitor = wire.caller as? Visitor { visitor.client.noteArrival(bytes) }
            if bytes.count > Limits.frameBytes { fail("\(wire.caller) sent \(bytes.count) bytes") }
            hub.received(session, bytes, moment(wire.station))
            touched(wire.station)
        }
    }

    // MARK: Down

    func wantWritable(_ session: Session) {
        guard let wire = session.transport as? Wire, wire.isOpenAtStation else { return }
        wire.isWritableWanted = true
        offerWritable(wire)
    }

    private func offerWritable(_ wire: Wire) {
        guard wire.isWritableWanted, !wire.isWritableDue, wire.isOpenAtStation, wire.down.count < Line.window
        else { return }
        wire.isWritableDue = true
        after(1) { region in
            wire.isWritableDue = false
            region.writable(wire)
        }
    }

    private func writable(_ wire: Wire) {
        let station = wire.station
        guard wire.isOpenAtStation, station.run == wire.run, let hub = station.hub, let session = wire.session
        else { return }
        wire.isWritableWanted = false
        let next = hub.next(for: session, moment(station))
        touched(station)
        switch next {
        case .nothing: break
        case .close(let code): close(wire, code)
        case .frame(let frame):
            check(frame, on: wire)
            send(.frame(frame), on: wire)
            if hub.hasMore(for: session) { wantWritable(session) }
        }
    }

    private func send(_ message: Wire.Down, on wire: Wire) {
        let jitter = isHealed ? 0 : generator.below(8)
        guard let time = wire.down.send(message, now, latency: wire.latency + jitter) else { return }
        at(time) { $0.arriveDown(wire) }
    }

    private func arriveDown(_ wire: Wire) {
        switch wire.down.arrive(now) {
        case .nothing: return
        case .later(let time): return at(time) { $0.arriveDown(wire) }
        case .message(.close(let code)): callerNotices(wire, code)
        case .message(.frame(let frame)):
            trace.add(wire.id)
            trace.add(now)
            if wire.isOpenAtCaller { wire.caller.received(frame, wire) }
        }
        offerWritable(wire)
    }

    // MARK: Going

    func close(_ wire: Wire, _ code: CloseCode) {
        guard wire.isOpenAtStation else { return }
        count("closed \(code)")
        send(.close(code), on: wire)
        stationNotices(wire)
    }

    func stationNotices(_ wire: Wire) {
        guard wire.isOpenAtStation else { return }
        wire.isOpenAtStation = false
        guard wire.run == wire.station.run, let hub = wire.station.hub, let session = wire.session else { return }
        hub.disconnected(session)
        session.transport = nil
        touched(wire.station)
    }

    func callerNotices(_ wire: Wire, _ code: CloseCode) {
        guard wire.isOpenAtCaller else { return }
        wire.isOpenAtCaller = false
        wire.caller.lost(wire, code)
    }

    /// The caller gives the connection up; what it sent before still arrives. `lingers`: the station learns of it late.
    func leave(_ wire: Wire, lingers: Int = 0) {
        guard wire.isOpenAtCaller else { return }
        wire.isOpenAtCaller = false
        if lingers > 0 { wire.up.heldUntil = max(wire.up.heldUntil, now + lingers) }
        send(.close, on: wire)
    }

    // MARK: Misfortune

    /// Whatever is under way is lost; each end learns of it in its own time.
    func cut(_ wire: Wire) {
        wire.isSound = false
        wire.up.cut()
        wire.down.cut()
        count("cut")
        after(isHealed ? 1 : generator.below(4_000)) { $0.stationNotices(wire) }
        after(isHealed ? 1 : generator.below(2_000)) { $0.callerNotices(wire, .lineLost) }
    }

    /// Frames vanish without a word until somebody loses patience.
    func swallow(_ wire: Wire) {
        wire.isSound = false
        wire.up.isBlackHole = true
        wire.down.isBlackHole = true
        count("black hole")
        after(500 + generator.below(15_000)) { $0.callerNotices(wire, .lineLost) }
        after(2_000 + generator.below(40_000)) { $0.stationNotices(wire) }
    }

    /// One end's process is gone.
    func died(_ wire: Wire, atStation: Bool) {
        wire.isSound = false
        wire.up.cut()
        wire.down.cut()
        if atStation { wire.isOpenAtStation = false } else { wire.isOpenAtCaller = false }
        let wait = isHealed ? 1 : 1 + generator.below(3_000)
        after(wait) { atStation ? $0.callerNotices(wire, .lineLost) : $0.stationNotices(wire) }
    }

    /// The world is sound again: what is broken breaks now, what was slow is not.
    func healed(_ wire: Wire) {
        guard wire.isSound else {
            if wire.isOpenAtStation || wire.isOpenAtCaller { cut(wire) }
            return
        }
        wire.up.heldUntil = now
        wire.down.heldUntil = now
        at(now) { region in
            for _ in 0..<wire.up.count { region.arriveUp(wire) }
            for _ in 0..<wire.down.count { region.arriveDown(wire) }
        }
    }
}
