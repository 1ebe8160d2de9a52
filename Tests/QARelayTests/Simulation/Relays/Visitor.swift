import QAShared
import QATestKit

@testable import QARelay

/// A screen that goes to the hub or to a relay, and from one to the other, with whoever sits before it.
final class Visitor: Caller, CustomStringConvertible {
    /// What a station said it keeps.
    struct Promise {
        var request: RequestID
        var station: Station
        var incarnation: Int
        var sequence: Int
    }

    let client: Client
    private(set) var home: Station
    private var region: Region { home.region }
    private var wire: Wire?
    private var dialling: Wire?
    private(set) var promises: [Promise] = []

    init(_ client: Client, _ home: Station) {
        self.client = client
        self.home = home
    }

    var description: String { "\(client) at \(home)" }
    var hasOrigin: Bool { client.role != .moderator }

    // MARK: Coming and going

    func connect() { dialling = region.connect(self, to: home) }

    func opened(_ wire: Wire) {
        guard wire === dialling else { return region.leave(wire) }
        dialling = nil
        self.wire = wire
        region.send(ClientFrame.hello(client.replica.hello()).encode(), on: wire)
    }

    func lost(_ wire: Wire, _ code: CloseCode) {
        if wire === dialling {
            dialling = nil
        } else if wire === self.wire {
            offline()
        } else {
            return
        }
        if !CloseCode.reconnects(code.rawValue) { region.fail("\(self) was closed for good: \(code)") }
        client.plans += 1
        let plan = client.plans
        region.after(client.backoff.next(using: &client.generator)) { [self] _ in
            if client.plans == plan { connect() }
        }
    }

    private func offline() {
        wire = nil
        client.isOnline = false
        client.outbox.lineLost()
    }

    /// Leaves for another station, or for the same one; the old connection may linger.
    func move(to station: Station) {
        region.count(station === home ? "left and returned" : "moved")
        if let wire { region.leave(wire, lingers: region.generator.percent(20) ? 3_000 : 0) }
        dialling = nil
        offline()
        home = station
        client.plans += 1
        connect()
    }

    /// The page is loaded anew: nothing is left of what it knew but what the device keeps.
    func reload() {
        client.renew()
        move(to: home)
    }

    // MARK: What the station says

    func received(_ frame: SharedFrame, _ wire: Wire) {
        guard wire === self.wire else { return }
        guard let parcel = region.parcel(of: frame) else { return }
        switch client.replica.receive(parcel.frame) {
        case .welcomed:
            client.isOnline = true
            client.backoff.reset()
            flush()
        case .viewChanged: region.checkView(self)
        case .gap: region.fail("\(self): a gap before \(parcel.frame)")
        case .acked(let request, let sequence):
            promises.append(
                Promise(request: request, station: home, incarnation: region.incarnation, sequence: sequence))
            let isSettled = client.outbox.settle(request) != nil
            client.change(request) { known in
                known.acks.append(sequence)
                if isSettled { known.settled += 1 }
            }
            flush()
        case .rejected(let rejection, let request): rejected(rejection, request)
        case .minted, .tokens: region.fail("\(self) was told of tokens, for which it never asked")
        case .refusalsChanged: region.count("refusals shown")
        case .partly, .mineChanged, .presenceChanged, .lineChanged, .suggested, .beat, .nothing: break
        }
    }

    private func rejected(_ rejection: Rejection, _ request: RequestID?) {
        guard let request else {
            // A refused command that another moderator has dealt with, or that is refused once more.
            if client.role == .moderator || client.role == .organiser { return }
            return region.fail("\(self) was told \(rejection.code) \(rejection.field ?? "")")
        }
        region.count("\(rejection.code)")
        if let wait = rejection.retryAfter {
            client.outbox.postpone(request, until: region.now + wait + 1)
            return plan()
        }
        let isSettled = client.outbox.settle(request) != nil
        client.change(request) { known in
            known.rejections.append(rejection.code)
            if isSettled { known.settled += 1 }
        }
        flush()
    }

    // MARK: What is sent

    func request(_ command: Command) {
        client.request(command)
        flush()
    }

    func redeem(_ code: VoteCode) {
        client.request(code: code)
        flush()
    }

    func say(_ frame: ClientFrame) {
        guard client.isOnline, let wire else { return }
        region.send(frame.encode(), on: wire)
    }

    private func flush() {
        guard client.isOnline, let wire else { return }
        for frame in client.outbox.due(region.now) {
            let bytes = frame.encode()
            region.send(bytes, on: wire)
            if !region.isHealed, region.generator.percent(5) { region.send(bytes, on: wire) }
        }
        plan()
    }

    private func plan() {
        guard let due = client.outbox.nextDue else { return }
        region.at(due) { [self] _ in flush() }
    }
}

extension Region {
    func parcel(of shared: SharedFrame) -> Parcel? {
        if let known = shared.prepared as? Parcel { return known }
        do throws(Rejection) {
            let parcel = Parcel(try ServerFrame.decode(shared.bytes), shared.bytes)
            shared.prepared = parcel
            return parcel
        } catch {
            fail("nobody can read: \(String(decoding: shared.bytes.prefix(200), as: UTF8.self))")
            return nil
        }
    }
}
