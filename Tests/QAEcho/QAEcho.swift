// Says back what it hears, for testers of WebSockets that were made by others.
//   QAEcho serve           listens on a port of its own, which is its first line of output
//   QAEcho call PORT       runs the cases that the tester on that port has, one after the other

import Glibc
import QASocket

@main
struct QAEcho {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        do {
            let loop = try Loop()
            loop.onSignal(SIGTERM) { exit(0) }
            switch CommandLine.arguments.dropFirst().first {
            case "serve": try serve(loop)
            case "call": try call(loop, port: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 0)
            default: throw SocketError.other("usage: QAEcho serve | call PORT")
            }
        } catch {
            print("QAEcho: \(error)")
            exit(1)
        }
    }

    private static func serve(_ loop: Loop) throws(SocketError) {
        var options = EndpointOptions(address: "127.0.0.1", subprotocol: "echo")
        // The tester sends more than anybody may say to a hub.
        options.maximumMessageBytes = 32 << 20
        options.maximumFragments = 1 << 20
        let endpoint = try Endpoint(loop: loop, options: options, handler: Echo())
        print(endpoint.port)
        fflush(nil)
        loop.run()
    }

    private static func call(_ loop: Loop, port: Int) throws(SocketError) {
        let caller = Caller(port: port, dialer: try Dialer(loop: loop, maximumMessageBytes: 32 << 20))
        caller.start()
        loop.run()
    }
}

/// Each message is sent back, whole, in the order in which they came.
class Echo: EndpointHandler {
    private var waiting: [UInt64: [Frame]] = [:]

    func opened(_ connection: Connection) {}
    func failed(_ connection: Connection, reason: String) {}

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        waiting[connection.id, default: []].append(Frame(Array(message)))
        connection.requestWritable()
    }

    func writable(_ connection: Connection) {
        guard let frame = waiting[connection.id]?.first else { return }
        connection.write(frame)
        waiting[connection.id]?.removeFirst()
        if waiting[connection.id]?.isEmpty == false { connection.requestWritable() }
    }

    func closed(_ connection: Connection, code: UInt16) { waiting[connection.id] = nil }
    func respond(to request: HTTPRequest) -> HTTPResponse { HTTPResponse(status: 404) }
    func judge(_ handshake: Handshake) -> HandshakeVerdict { .accept }
}

/// Asks the tester how many cases there are, runs each, and has the report written.
private final class Caller: Echo {
    private let port: Int
    private let dialer: Dialer
    private var count: Int?
    private var current = 0

    init(port: Int, dialer: Dialer) {
        self.port = port
        self.dialer = dialer
    }

    func start() { dial("/getCaseCount") }

    private func dial(_ path: String) {
        _ = dialer.dial(host: "127.0.0.1", port: port, path: path, subprotocol: "echo", handler: self)
    }

    override func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        guard count == nil else { return super.received(connection, message) }
        count = Int(String(decoding: message, as: UTF8.self))
    }

    override func failed(_ connection: Connection, reason: String) {
        print("case \(current): \(reason)")
        if count == nil { exit(1) }
    }

    override func closed(_ connection: Connection, code: UInt16) {
        super.closed(connection, code: code)
        current += 1
        switch count {
        case .some(let count) where current <= count: dial("/runCase?case=\(current)&agent=qasocket")
        case .some(let count) where current == count + 1: dial("/updateReports?agent=qasocket")
        default: exit(count == nil ? 1 : 0)
        }
    }
}
