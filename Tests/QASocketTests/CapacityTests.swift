import QASocket
import Testing

@Suite struct CapacityTests {
    @Test func `row 43 beyond the maximum newcomers are told to come back, the others live`() throws {
        var options = EndpointOptions(address: "127.0.0.1")
        options.maximumConnections = 3
        let bench = try Bench(options) { $0.server.echoes = true }
        let clients = (0..<3).map { _ in RawClient(port: bench.port) }
        for client in clients { #expect(client.open().hasPrefix("HTTP/1.1 101 ")) }
        for request in [RawClient.upgrade(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n"] {
            let late = RawClient(port: bench.port)
            late.send(request)
            let answer = late.rest()
            #expect(answer.hasPrefix("HTTP/1.1 503 "))
            #expect(answer.contains("Retry-After: "))
        }
        // So many that they are turned away at the door.
        let crowd = (0..<60).map { _ in RawClient(port: bench.port) }
        #expect(until { crowd.suffix(20).allSatisfy { $0.rest().hasPrefix("HTTP/1.1 503 ") } })
        for client in clients {
            client.send(RawClient.frame([104, 105]))
            #expect(client.frame()?.text == "hi")
        }
        for client in clients { client.quit() }
        #expect(bench.end())
    }

    @Test func `row 29 sockets that say nothing make way for those who come to speak`() throws {
        var options = EndpointOptions(address: "127.0.0.1")
        options.maximumConnections = 40
        let bench = try Bench(options) { $0.server.echoes = true }
        let client = RawClient(port: bench.port)
        #expect(client.open().hasPrefix("HTTP/1.1 101 "))
        // Four times as many as there are places, and all of them stay where they are.
        let silent = (0..<160).map { _ in RawClient(port: bench.port) }
        for _ in 0..<20 {
            let late = RawClient(port: bench.port)
            #expect(late.open().hasPrefix("HTTP/1.1 101 "))
        }
        #expect(silent[0].rest().hasPrefix("HTTP/1.1 503 "))
        client.send(RawClient.frame([104, 105]))
        #expect(client.frame()?.text == "hi")
        client.quit()
        #expect(bench.end())
    }

    @Test func `a start that fails says what to do about it`() {
        #expect("\(SocketError.portInUse(address: "all interfaces", port: 80))".contains("--port"))
        #expect("\(SocketError.addressUnavailable(address: "192.0.2.77"))".contains("--listen"))
        #expect("\(SocketError.outOfDescriptors)".contains("ulimit -n"))
    }

    @Test func `a port in use is named as such`() throws {
        let bench = try Bench()
        var options = EndpointOptions(address: "127.0.0.1")
        options.port = bench.port
        #expect(throws: SocketError.portInUse(address: "127.0.0.1", port: bench.port)) { try Bench(options) }
        options.address = "192.0.2.77"
        #expect(throws: SocketError.addressUnavailable(address: "192.0.2.77")) { try Bench(options) }
        options.address = "nonsense"
        #expect(throws: SocketError.addressUnavailable(address: "nonsense")) { try Bench(options) }
        #expect(bench.end())
    }

    @Test func `without an address all interfaces are served`() throws {
        let bench = try Bench(EndpointOptions()) { world in
            world.server.whenOpened = { world.server.record.add("from \($0.peerAddress)") }
        }
        #expect(RawClient(port: bench.port).open().hasPrefix("HTTP/1.1 101 "))
        #expect(bench.record.wait("from 127.0.0.1"))
        #expect(bench.end())
    }
}
