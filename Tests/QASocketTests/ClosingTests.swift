import QASocket
import Testing

@Suite struct ClosingTests {
    @Test func `close says code and reason, and is reported once`() throws {
        let bench = try Bench { world in
            world.server.whenOpened = {
                $0.close(code: 4000, reason: "bye")
                $0.close(code: 4001, reason: "twice")
                #expect(world.server.record.count("server closed") == 0)
            }
        }
        let client = RawClient(port: bench.port)
        _ = client.open()
        let frame = client.frame()
        #expect(frame?.opcode == 8)
        #expect(frame?.code == 4000)
        #expect(frame.map { String(decoding: $0.payload.dropFirst(2), as: UTF8.self) } == "bye")
        client.send(RawClient.frame([0x0f, 0xa0], opcode: 8))
        #expect(bench.record.wait("server closed 4000"))
        #expect(client.rest() == "")
        client.quit()
        #expect(bench.end())
        #expect(bench.record.count("server closed") == 1)
    }

    @Test func `a long reason is shortened between characters`() throws {
        let bench = try Bench { world in
            world.server.whenOpened = { $0.close(code: 4000, reason: String(repeating: "é", count: 100)) }
        }
        let client = RawClient(port: bench.port)
        _ = client.open()
        #expect(client.frame()?.payload.count == 2 + 122)
        client.quit()
        #expect(bench.end())
    }

    @Test func `a close of the peer is answered and reported with its code`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        _ = client.open()
        client.send(RawClient.frame([0x03, 0xe9, 120], opcode: 8))
        #expect(client.closeCode() == 1001)
        #expect(bench.record.wait("server closed 1001"))
        let rude = RawClient(port: bench.port)
        _ = rude.open()
        rude.send(RawClient.frame([], opcode: 8))
        #expect(bench.record.wait("server closed 1005"))
        client.quit()
        rude.quit()
        #expect(bench.end())
    }

    @Test func `a peer that just goes is reported as 1006`() throws {
        let bench = try Bench()
        do {
            let client = RawClient(port: bench.port)
            _ = client.open()
            #expect(bench.record.wait("server opened"))
        }
        #expect(bench.record.wait("server closed 1006"))
        #expect(bench.end())
    }

    @Test func `row 13 a peer that does not read is cut after 2 s`() async throws {
        try await patiently {
            let bench = try Bench { world in
                world.server.whenOpened = { connection in
                    // More than the kernel takes for someone who does not read.
                    let frame = Frame([UInt8](repeating: 97, count: 1 << 20))
                    for _ in 0..<16 { world.server.send(frame, to: connection) }
                    world.loop.timer(afterMilliseconds: 100) {
                        world.server.record.add("pending \(connection.bytesPending)")
                        connection.close(code: 3008, reason: "slow")
                    }
                }
            }
            let client = RawClient(port: bench.port, receiveBuffer: 4096)
            client.send(RawClient.upgrade())
            #expect(bench.record.wait("pending true"))
            let start = ContinuousClock.now
            #expect(bench.record.wait("server closed 3008"))
            let waited = ContinuousClock.now - start
            #expect(waited > .milliseconds(1500) && waited < .milliseconds(3500), "\(waited)")
            client.quit()
            #expect(bench.end())
            _ = client
        }
    }

    @Test func `a peer that does not answer the close frame is cut after 2 s`() async throws {
        try await patiently {
            let bench = try Bench { world in world.server.whenOpened = { $0.close(code: 4000, reason: "") } }
            let client = RawClient(port: bench.port)
            _ = client.open()
            #expect(client.closeCode() == 4000)
            #expect(client.rest() == "")
            #expect(bench.record.wait("server closed 4000", seconds: 1))
            client.quit()
            #expect(bench.end())
        }
    }

    @Test func `cut ends both sides without a word`() throws {
        let bench = try Bench { world in world.server.whenReceived = { connection, _ in connection.cut() } }
        bench.post { world in
            world.client.whenOpened = { world.client.send(Frame([97]), to: $0) }
            _ = world.dial()
        }
        #expect(bench.record.wait("server closed 1006"))
        #expect(bench.record.wait("client closed 1006"))
        #expect(bench.end())
    }

    @Test func `a drain says 1001, refuses newcomers at once and reports everyone`() throws {
        let bench = try Bench()
        let clients = (0..<5).map { _ in RawClient(port: bench.port) }
        for client in clients { _ = client.open() }
        bench.post { world in
            let record = world.server.record
            world.endpoint.close { record.add("drained") }
        }
        for client in clients {
            #expect(client.closeCode() == 1001)
            client.send(RawClient.frame([0x03, 0xe9], opcode: 8))
        }
        #expect(bench.record.wait("drained", seconds: 1))
        #expect(bench.record.count("server closed 1001") == 5)
        #expect(RawClient(port: bench.port).isAtEnd)
        for client in clients { client.quit() }
        #expect(bench.end())
    }

    @Test func `a drain does not wait for the silent`() async throws {
        try await patiently {
            let bench = try Bench()
            let client = RawClient(port: bench.port)
            _ = client.open()
            bench.post { world in
                let record = world.server.record
                world.endpoint.close { record.add("drained") }
            }
            #expect(bench.record.wait("drained", seconds: 4))
            #expect(bench.record.count("server closed 1001") == 1)
            client.quit()
            #expect(bench.end())
        }
    }

    @Test func `endpoints come and go in one process`() async throws {
        try await patiently {
            for round in 0..<20 {
                let bench = try Bench { $0.server.echoes = true }
                let idle = RawClient(port: bench.port)
                let client = RawClient(port: bench.port)
                _ = client.open()
                client.send(RawClient.frame(Array("round \(round)".utf8)))
                #expect(client.frame()?.text == "round \(round)")
                bench.post { _ = $0.dial() }
                #expect(bench.record.wait("client opened"))
                client.send(RawClient.frame([0x03, 0xe8], opcode: 8))
                #expect(bench.record.wait("server closed 1000"))
                idle.quit()
                client.quit()
                #expect(bench.end())
                _ = idle
            }
        }
    }
}
