import Foundation
import QASocket
import Synchronization

/// Lines that the loop writes and the test waits for.
final class Record: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    func count(_ prefix: String) -> Int { all.count { $0.hasPrefix(prefix) } }

    /// True as soon as so many lines begin with `prefix`; false when that takes too long.
    func wait(_ prefix: String, count wanted: Int = 1, seconds: Double = 8) -> Bool {
        until(seconds: seconds) { self.count(prefix) >= wanted }
    }
}

/// Waits for a condition that other threads bring about.
func until(seconds: Double = 8, _ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !condition() {
        if ContinuousClock.now > deadline { return false }
        usleep(500)
    }
    return true
}

/// Runs a test that waits for seconds on a thread of its own, so that the others get on.
func patiently(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await Task(executorPreference: OwnThreads()) { try body() }.value
}

private final class OwnThreads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
    }
}

/// Serves and calls, as a test sets it up; lives on the loop.
final class TestHandler: EndpointHandler {
    let record: Record
    let name: String
    var echoes = false
    var answer: (HTTPRequest) -> HTTPResponse = { HTTPResponse(status: 200, body: Array($0.path.utf8)) }
    var verdict: (Handshake) -> HandshakeVerdict = { _ in .accept }
    var whenOpened: (Connection) -> Void = { _ in }
    var whenReceived: (Connection, [UInt8]) -> Void = { _, _ in }
    var whenClosed: (Connection) -> Void = { _ in }
    var connections: [Connection] = []
    /// What is still to be sent, by connection.
    var outgoing: [UInt64: [Frame]] = [:]

    init(_ name: String, _ record: Record) {
        self.name = name
        self.record = record
    }

    /// Lets go of what a test's closures hold on to.
    func forget() {
        answer = { _ in HTTPResponse(status: 404) }
        verdict = { _ in .accept }
        whenOpened = { _ in }
        whenReceived = { _, _ in }
        whenClosed = { _ in }
        outgoing = [:]
    }

    func send(_ frame: Frame, to connection: Connection) {
        outgoing[connection.id, default: []].append(frame)
        connection.requestWritable()
    }

    func respond(to request: HTTPRequest) -> HTTPResponse { answer(request) }
    func judge(_ handshake: Handshake) -> HandshakeVerdict { verdict(handshake) }

    func opened(_ connection: Connection) {
        connections.append(connection)
        record.add("\(name) opened")
        whenOpened(connection)
    }

    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer) {
        let bytes = Array(message)
        record.add("\(name) received \(bytes.count) \(String(decoding: bytes.prefix(40), as: UTF8.self))")
        whenReceived(connection, bytes)
        if echoes { send(Frame(bytes), to: connection) }
    }

    func writable(_ connection: Connection) {
        guard var queue = outgoing[connection.id], !queue.isEmpty else { return }
        connection.write(queue.removeFirst())
        outgoing[connection.id] = queue.isEmpty ? nil : queue
        if !queue.isEmpty { connection.requestWritable() }
    }

    func closed(_ connection: Connection, code: UInt16) {
        connections.removeAll { $0 === connection }
        record.add("\(name) closed \(code)")
        whenClosed(connection)
    }

    func failed(_ connection: Connection, reason: String) {
        record.add("\(name) failed \(reason)")
    }
}

/// What lives on the loop of a test.
final class World {
    let loop: Loop
    let server: TestHandler
    let client: TestHandler
    let endpoint: Endpoint
    let dialer: Dialer

    init(record: Record, options: EndpointOptions, setUp: (World) -> Void) throws {
        loop = try Loop()
        server = TestHandler("server", record)
        client = TestHandler("client", record)
        endpoint = try Endpoint(loop: loop, options: options, handler: server)
        dialer = try Dialer(loop: loop)
        setUp(self)
    }

    func dial(path: String = "/ws", subprotocol: String = "qarelay.v1", origin: String? = nil) -> Connection {
        dialer.dial(
            host: "127.0.0.1", port: endpoint.port, path: path, subprotocol: subprotocol, origin: origin,
            handler: client)
    }
}

/// An endpoint and a dialer on a loop with a thread of its own.
final class Bench: Sendable {
    let record = Record()
    let port: Int
    private let inbox: Inbox<World>

    init(
        _ options: EndpointOptions = EndpointOptions(address: "127.0.0.1"),
        _ setUp: @escaping @Sendable (World) -> Void = { _ in }
    ) throws {
        let record = record
        let ready = DispatchSemaphore(value: 0)
        let result = Mutex<Result<(Inbox<World>, Int), any Error>?>(nil)
        Thread {
            do {
                let world = try World(record: record, options: options, setUp: setUp)
                let inbox = world.loop.inbox(owner: world)
                let port = world.endpoint.port
                result.withLock { $0 = .success((inbox, port)) }
                ready.signal()
                world.loop.run()
                world.server.forget()
                world.client.forget()
                record.add("loop ended")
            } catch {
                result.withLock { $0 = .failure(error) }
                ready.signal()
            }
        }.start()
        ready.wait()
        (inbox, port) = try result.withLock { try $0!.get() }
    }

    /// Runs on the loop.
    func post(_ work: @escaping @Sendable (World) -> Void) { inbox.post(work) }

    /// Runs on the loop and waits for the result.
    func ask<R: Sendable>(_ work: @escaping @Sendable (World) -> R) -> R {
        let answer = Mutex<R?>(nil)
        let done = DispatchSemaphore(value: 0)
        inbox.post { world in
            let value = work(world)
            answer.withLock { $0 = value }
            done.signal()
        }
        done.wait()
        return answer.withLock { $0! }
    }

    /// Closes everything and waits until the loop has ended; the last thing a test does.
    func end() -> Bool {
        post { world in
            world.dialer.close {
                world.endpoint.close { world.loop.stop() }
            }
        }
        return record.wait("loop ended")
    }
}
