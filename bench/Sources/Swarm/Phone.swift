import QAShared
import QASocket

/// Who is told what happens to a phone.
protocol PhoneOwner: AnyObject {
    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer)
}

/// One WebSocket of the swarm: says hello, sends what it is given, and passes on what comes.
final class Phone: ConnectionHandler {
    let index: Int
    /// Where it calls instead of the stage's server.
    let port: Int?
    /// Nil for a server that knows no hello.
    private let hello: [UInt8]?
    private unowned let owner: any PhoneOwner
    /// Called once: attached, or gone before it was.
    var settled: ((_ attached: Bool) -> Void)?
    /// Called when it goes after having been attached.
    var lost: ((UInt16) -> Void)?
    var connection: Connection?
    private var outgoing: [[UInt8]] = []
    private var next = 0

    init(_ index: Int, hello: Hello?, port: Int? = nil, owner: any PhoneOwner) {
        self.index = index
        self.port = port
        self.hello = hello.map { ClientFrame.hello($0).encode() }
        self.owner = owner
    }

    func send(_ frame: ClientFrame) {
        outgoing.append(frame.encode())
        connection?.requestWritable()
    }

    func opened(_ connection: Connection) {
        if let hello {
            outgoing.append(hello)
            connection.requestWritable()
        } else {
            settle(true)
        }
    }

    func writable(_ connection: Connection) {
        guard next < outgoing.count else { return }
        connection.write(Frame(outgoing[next]))
        next += 1
        if next == outgoing.count {
            outgoing.removeAll(keepingCapacity: true)
            next = 0
        } else {
            connection.requestWritable()
        }
    }

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        let kind = FrameKind(message)
        if case .welcome = kind { settle(true) }
        owner.received(self, kind, message)
    }

    func failed(_ connection: Connection, reason: String) {}

    func closed(_ connection: Connection, code: UInt16) {
        self.connection = nil
        if settled != nil { settle(false) } else { lost?(code) }
    }

    private func settle(_ attached: Bool) {
        let tell = settled
        settled = nil
        tell?(attached)
    }
}

/// Where the phones of a process stand: the loop, the server's address, and who is connected.
final class Stage {
    /// Handshakes under way at a time.
    private static let handshakes = 128
    /// Phones that call from one loopback address, so that its ports suffice.
    private static let phonesPerAddress = 8_000

    let loop: Loop
    let dialer: Dialer
    private let port: Int
    /// The rooms that phones sit in, in turns.
    private let venues: [VenueID]
    private(set) var phones: [Phone] = []
    private(set) var attached = 0
    /// Dials that had to be tried again.
    private(set) var retries = 0
    private(set) var losses: [String: Int] = [:]
    private var waiting: [Phone] = []
    private var underWay = 0
    private var whenAll: (() -> Void)?

    init(loop: Loop, port: Int, venue: String?) throws {
        self.loop = loop
        self.port = port
        venues = (venue.map { [$0] } ?? ["granville", "agneaux", "cherbourg"]).compactMap(VenueID.init)
        dialer = try Dialer(loop: loop)
    }

    func phone(_ index: Int) -> Hello {
        Hello(role: .audience, venue: venues[index % venues.count], client: "swarm/1")
    }

    static func screen(_ role: Role, _ token: String) -> Hello {
        Hello(role: role, token: token, client: "swarm/1")
    }

    /// Connects them all, a few at a time, and calls when all are attached.
    func admit(_ newcomers: [Phone], _ done: @escaping () -> Void) {
        phones += newcomers
        waiting = newcomers.reversed()
        whenAll = done
        dialNext()
    }

    private func dialNext() {
        while underWay < Self.handshakes, let phone = waiting.popLast() {
            underWay += 1
            phone.settled = { [unowned self, unowned phone] attached in settled(phone, attached) }
            phone.lost = { [unowned self] code in
                attached -= 1
                losses["\(code)", default: 0] += 1
            }
            let port = phone.port ?? port
            phone.connection = dialer.dial(
                host: "127.0.0.1", port: port, path: "/ws", subprotocol: "qarelay.v1",
                origin: "http://127.0.0.1:\(port)",
                localAddress: "127.0.0.\(2 + phone.index / Self.phonesPerAddress)", handler: phone)
        }
    }

    private func settled(_ phone: Phone, _ isAttached: Bool) {
        underWay -= 1
        if isAttached {
            attached += 1
        } else {
            // The machine is busy, or the server is not there at all: then it will not be later either.
            retries += 1
            guard retries < 1_000 else { Swarm.leave("Swarm: the server does not let phones in") }
            waiting.insert(phone, at: 0)
        }
        if underWay == 0, waiting.isEmpty {
            let done = whenAll
            whenAll = nil
            done?()
        } else {
            dialNext()
        }
    }

    func tellAttached() {
        Console.tell("attached") { writer in
            writer.member("phones", attached)
            writer.member("retries", retries)
        }
    }
}
