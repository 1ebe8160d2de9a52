import QASocket
import Testing

@Suite struct DialerTests {
    @Test func `a refused handshake is reported with its status`() throws {
        let bench = try Bench { world in
            world.server.verdict = { $0.origin == nil ? .accept : .refuse(status: 403, reason: "no") }
        }
        bench.post { world in
            let connection = world.dial(origin: "https://elsewhere.example")
            #expect(world.client.record.count("client") == 0)
            #expect(connection.peerAddress == "")
        }
        #expect(bench.record.wait("client closed 1006"))
        #expect(
            bench.record.all.contains { $0.hasPrefix("client failed") && $0.contains("403") }, "\(bench.record.all)")
        #expect(bench.record.count("client opened") == 0)
        #expect(bench.end())
        #expect(bench.record.count("client closed") == 1)
    }

    @Test func `nobody listening is a failure, not before the call returns`() throws {
        let bench = try Bench()
        let port = bench.port
        bench.post { world in world.endpoint.close {} }
        #expect(until { RawClient(port: port).isAtEnd })
        bench.post { world in
            _ = world.dialer.dial(
                host: "127.0.0.1", port: port, path: "/ws", subprotocol: "qarelay.v1", handler: world.client)
            #expect(world.client.record.count("client failed") == 0)
        }
        #expect(bench.record.wait("client closed 1006"))
        #expect(bench.record.count("client failed") == 1)
        #expect(bench.end())
    }

    @Test func `names are looked up without holding the loop up`() async throws {
        try await patiently {
            let bench = try Bench()
            bench.post { world in
                _ = world.dialer.dial(
                    host: "localhost", port: world.endpoint.port, path: "/ws", subprotocol: "qarelay.v1",
                    hostHeader: "relay.example", handler: world.client)
                _ = world.dialer.dial(
                    host: "no-such-host.invalid", port: 1, path: "/ws", subprotocol: "qarelay.v1", handler: world.client
                )
            }
            #expect(bench.record.wait("client failed no-such-host.invalid has no address", seconds: 15))
            #expect(bench.record.wait("client opened"))
            #expect(bench.end())
        }
    }

    @Test func `a dial given up at once is reported once`() throws {
        let bench = try Bench()
        bench.post { world in
            world.dial().close(code: 1000, reason: "")
            world.dial().cut()
        }
        #expect(bench.record.wait("client closed 1006", count: 2), "\(bench.record.all)")
        #expect(bench.end())
        #expect(bench.record.count("client closed") == 2)
        #expect(bench.record.count("client opened") == 0)
    }

    @Test func `a call may come from a chosen address`() throws {
        let bench = try Bench { world in
            world.server.whenOpened = { world.server.record.add("from \($0.peerAddress)") }
        }
        bench.post { world in
            _ = world.dialer.dial(
                host: "127.0.0.1", port: world.endpoint.port, path: "/ws", subprotocol: "qarelay.v1",
                localAddress: "127.0.0.9", handler: world.client)
        }
        #expect(bench.record.wait("from 127.0.0.9"))
        #expect(bench.end())
    }

    @Test func `a server that says too much is left with 1009`() throws {
        let bench = try Bench { world in
            world.server.whenOpened = {
                world.server.send(Frame([UInt8](repeating: 97, count: 1 << 20)), to: $0)
                world.server.send(Frame([UInt8](repeating: 97, count: 1 << 20 + 1)), to: $0)
            }
        }
        bench.post { _ = $0.dial() }
        #expect(bench.record.wait("client received 1048576"))
        #expect(bench.record.wait("client closed 1009"))
        #expect(bench.record.wait("server closed"))
        #expect(bench.end())
    }

    @Test func `a server that does not say UTF-8 is left with 1007, whatever it says next`() throws {
        let bench = try Bench { world in
            world.server.whenOpened = {
                // Longer than the receive buffer: what came next was once written behind its end.
                world.server.send(Frame([UInt8](repeating: 0xff, count: 5000)), to: $0)
                world.server.send(Frame([UInt8](repeating: 97, count: 500_000)), to: $0)
            }
        }
        bench.post { _ = $0.dial() }
        #expect(bench.record.wait("client closed 1007"))
        #expect(bench.record.count("client received") == 0)
        #expect(bench.end())
    }

    @Test func `who dials again at once without end holds nobody up`() throws {
        let bench = try Bench { world in
            world.client.whenClosed = { _ in
                _ = world.dialer.dial(
                    host: "127.0.0.1", port: 1, path: "/ws", subprotocol: "qarelay.v1", handler: world.client)
            }
        }
        bench.post { _ = $0.dial(path: "/nowhere") }
        #expect(bench.record.wait("client closed 1006", count: 10))
        #expect(bench.ask { $0.endpoint.connectionCount } == 0)
        #expect(bench.end())
    }

    @Test(.timeLimit(.minutes(1))) func `silent peers are noticed on both sides`() async throws {
        try await patiently {
            var options = EndpointOptions(address: "127.0.0.1")
            options.pingAfterSeconds = 1
            options.hangUpAfterSeconds = 2
            let bench = try Bench(options)
            let client = RawClient(port: bench.port)
            _ = client.open()
            bench.post { _ = $0.dial() }
            #expect(bench.record.wait("server opened", count: 2))
            #expect(client.frame()?.opcode == 9)
            // The raw client does not pong and goes; the dialer does and stays.
            #expect(bench.record.wait("server closed 1006", seconds: 6))
            #expect(bench.record.count("server closed") == 1)
            client.quit()
            #expect(bench.end())
        }
    }
}
