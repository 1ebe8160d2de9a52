import QAShared
import QATestKit

@testable import QARelay

/// A frame of the hub as it travels: read once, however many it goes to.
final class Parcel {
    let frame: ServerFrame
    let size: Int
    let hash: UInt64
    /// Which kinds of screen its contents were checked for.
    var checkedFor: Set<ViewKind> = []

    init(_ frame: ServerFrame, _ bytes: [UInt8]) {
        self.frame = frame
        size = bytes.count
        var hash = TraceHash()
        hash.add(bytes)
        self.hash = hash.value
    }
}

/// One simulated connection between a client and the hub; each end has its own idea of whether it stands.
final class Line {
    enum Up {
        case frame([UInt8])
        case close
    }

    enum Down {
        case parcel(Parcel)
        case close(CloseCode)
    }

    let id: Int
    let client: Client
    let run: Int
    let latency: Int
    var up = OneWay<Up>()
    var down = OneWay<Down>()
    var session: Session?
    var isOpenAtHub = false
    var isOpenAtClient = false
    /// Whether nothing has befallen it yet that will end it.
    var isSound = true
    var wasHeld: Bool { up.heldUntil > 0 || down.heldUntil > 0 }
    /// Whether a whole delta got through to the client.
    var hasShown = false
    var isWritableWanted = false
    var isWritableDue = false

    /// Frames that fit into the buffers of the system; beyond them the socket is not writable.
    static let window = 4

    init(id: Int, client: Client, run: Int, latency: Int) {
        self.id = id
        self.client = client
        self.run = run
        self.latency = latency
    }
}

extension World {
    // MARK: Coming

    /// A client tries to connect.
    func connect(_ client: Client) {
        let line = Line(id: lines.count, client: client, run: run, latency: 1 + generator.below(60))
        let returning = 1 + generator.below(60)
        after(line.latency) { world in
            guard world.run == line.run, let hub = world.hub else {
                return world.after(returning) { $0.refused(client) }
            }
            world.lines.append(line)
            line.isOpenAtHub = true
            line.isOpenAtClient = true
            let session = hub.connected(
                UInt64(line.id + 1), hasOrigin: client.role != .moderator, world.moment)
            session.transport = line
            line.session = session
            world.isTouched = true
            world.after(returning) { world in
                guard line.isOpenAtClient else { return }
                world.opened(client, line)
            }
        }
    }

    // MARK: Up

    func send(_ bytes: [UInt8], on line: Line) { send(.frame(bytes), on: line) }

    private func send(_ message: Line.Up, on line: Line) {
        let jitter = isHealed ? 0 : generator.below(8)
        guard let time = line.up.send(message, now, latency: line.latency + jitter) else { return }
        at(time) { $0.arriveUp(line) }
    }

    private func arriveUp(_ line: Line) {
        switch line.up.arrive(now) {
        case .nothing: return
        case .later(let time): at(time) { $0.arriveUp(line) }
        case .message(.close): hubNotices(line)
        case .message(.frame(let bytes)):
            guard line.isOpenAtHub, let hub, run == line.run, let session = line.session else { return }
            trace.add(line.id)
            trace.add(bytes)
            line.client.noteArrival(bytes)
            hub.received(session, bytes, moment)
            isTouched = true
        }
    }

    // MARK: Down

    func wantWritable(_ session: Session) {
        guard let line = session.transport as? Line, line.isOpenAtHub else { return }
        line.isWritableWanted = true
        offerWritable(line)
    }

    private func offerWritable(_ line: Line) {
        guard line.isWritableWanted, !line.isWritableDue, line.isOpenAtHub,
            line.down.count < Line.window
        else { return }
        line.isWritableDue = true
        after(1) { world in
            line.isWritableDue = false
            world.writable(line)
        }
    }

    private func writable(_ line: Line) {
        guard line.isOpenAtHub, run == line.run, let hub, let session = line.session else { return }
        line.isWritableWanted = false
        isTouched = true
        switch hub.next(for: session, moment) {
        case .nothing: break
        case .close(let code): close(line, code)
        case .frame(let shared):
            guard let parcel = parcel(of: shared) else { return }
            check(parcel, shared.bytes, to: session)
            let isLost = breach == .lineLoses && generator.percent(2)
            if !isLost { send(.parcel(parcel), on: line) }
            if hub.hasMore(for: session) { wantWritable(session) }
        }
    }

    private func parcel(of shared: SharedFrame) -> Parcel? {
        if let known = shared.prepared as? Parcel { return known }
        do throws(Rejection) {
            let parcel = Parcel(try ServerFrame.decode(shared.bytes), shared.bytes)
            shared.prepared = parcel
            return parcel
        } catch {
            fail("the hub sent what nobody can read: \(String(decoding: shared.bytes, as: UTF8.self))")
            return nil
        }
    }

    private func send(_ message: Line.Down, on line: Line) {
        let jitter = isHealed ? 0 : generator.below(8)
        guard let time = line.down.send(message, now, latency: line.latency + jitter) else { return }
        at(time) { $0.arriveDown(line) }
    }

    private func arriveDown(_ line: Line) {
        switch line.down.arrive(now) {
        case .nothing: return
        case .later(let time): return at(time) { $0.arriveDown(line) }
        case .message(.close(let code)): clientNotices(line, code)
        case .message(.parcel(let parcel)):
            trace.add(line.id)
            trace.add(parcel.hash)
            trace.add(now)
            if line.isOpenAtClient { received(line.client, parcel.frame, line) }
        }
        offerWritable(line)
    }

    // MARK: Going

    func closeFromHub(_ session: Session, _ code: CloseCode) {
        if let line = session.transport as? Line { close(line, code) }
    }

    private func close(_ line: Line, _ code: CloseCode) {
        guard line.isOpenAtHub else { return }
        count("closed \(code)")
        send(.close(code), on: line)
        hubNotices(line)
    }

    /// The hub's end is told that the connection is gone.
    private func hubNotices(_ line: Line) {
        guard line.isOpenAtHub else { return }
        line.isOpenAtHub = false
        guard run == line.run, let hub, let session = line.session else { return }
        hub.disconnected(session)
        session.transport = nil
        isTouched = true
    }

    /// The client's end is told that the connection is gone.
    private func clientNotices(_ line: Line, _ code: CloseCode) {
        guard line.isOpenAtClient else { return }
        line.isOpenAtClient = false
        lost(line.client, line, code)
    }

    /// The client gives the connection up; what it sent before still arrives.
    func leave(_ line: Line) {
        guard line.isOpenAtClient else { return }
        line.isOpenAtClient = false
        send(.close, on: line)
    }

    // MARK: Misfortune

    /// Whatever is under way is lost; each end learns of it in its own time.
    func cut(_ line: Line) {
        line.isSound = false
        line.up.cut()
        line.down.cut()
        count("cut")
        after(isHealed ? 1 : generator.below(4_000)) { $0.hubNotices(line) }
        after(isHealed ? 1 : generator.below(2_000)) { $0.clientNotices(line, .lineLost) }
    }

    /// Frames vanish without a word until somebody loses patience.
    func swallow(_ line: Line) {
        line.isSound = false
        line.up.isBlackHole = true
        line.down.isBlackHole = true
        count("black hole")
        after(500 + generator.below(9_000)) { $0.clientNotices(line, .lineLost) }
        after(2_000 + generator.below(60_000)) { $0.hubNotices(line) }
    }

    /// The hub's process is gone: what its system had taken may still arrive, or not.
    func hubDied(_ line: Line) {
        line.isOpenAtHub = false
        line.isSound = false
        line.up.cut()
        if generator.percent(50) {
            line.down.cut()
            after(generator.below(1_500)) { $0.clientNotices(line, .lineLost) }
        } else {
            send(.close(.lineLost), on: line)
        }
    }

    /// The world is sound again: what is broken breaks now, what was slow is not.
    func healed(_ line: Line) {
        if line.isSound {
            line.up.heldUntil = now
            line.down.heldUntil = now
            at(now) { $0.release(line) }
        } else if line.isOpenAtHub || line.isOpenAtClient {
            cut(line)
        }
    }

    /// Asks for all that was held up; questions too many are answered with nothing.
    private func release(_ line: Line) {
        for _ in 0..<line.up.count { arriveUp(line) }
        for _ in 0..<line.down.count { arriveDown(line) }
    }
}
