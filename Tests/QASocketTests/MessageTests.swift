import QASocket
import Testing

@Suite struct MessageTests {
    /// What the server does with raw bytes on an open WebSocket: the code it closes with.
    private func closeCode(_ bytes: [UInt8]) throws -> Int? {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        #expect(client.open().hasPrefix("HTTP/1.1 101 "))
        client.send(bytes)
        let code = client.closeCode()
        // Answer as a peer should, so that nobody waits.
        client.send(RawClient.frame([UInt8((code ?? 1000) >> 8), UInt8((code ?? 1000) & 255)], opcode: 8))
        #expect(bench.record.wait("server closed \(code ?? -1)"))
        #expect(bench.record.count("server closed") == 1)
        #expect(bench.record.count("server received") == 0)
        client.quit()
        #expect(bench.end())
        return code
    }

    @Test func `binary is refused with 1003`() throws {
        #expect(try closeCode(RawClient.frame([1, 2, 3], opcode: 2)) == 1003)
    }

    @Test func `row 15 bytes that are not UTF-8 are refused with 1007`() throws {
        #expect(try closeCode(RawClient.frame([0xC0, 0xAF])) == 1007)
        #expect(try closeCode(RawClient.frame([0xE2, 0x82])) == 1007)
    }

    @Test func `a character left unfinished by an empty last fragment is refused with 1007`() throws {
        let bytes = RawClient.frame([0xC3], final: false) + RawClient.frame([], opcode: 0)
        #expect(try closeCode(bytes) == 1007)
    }

    @Test(arguments: [16_385, 1 << 20, 1 << 62])
    func `row 17 a message too long is refused with 1009 as soon as its header says so`(count: Int) throws {
        #expect(try closeCode(RawClient.frame([97], announcing: count)) == 1009)
    }

    @Test func `fragments that grow too long together are refused with 1009`() throws {
        let bytes =
            RawClient.frame([UInt8](repeating: 97, count: 16_000), final: false)
            + RawClient.frame([97], opcode: 0, announcing: 385)
        #expect(try closeCode(bytes) == 1009)
    }

    @Test func `row 18 too many fragments are refused with 1008`() throws {
        let bytes =
            RawClient.frame([], final: false) + (1..<64).flatMap { _ in RawClient.frame([], opcode: 0, final: false) }
        #expect(try closeCode(bytes) == 1008)
    }

    @Test func `64 fragments with pings between them are one message`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        _ = client.open()
        client.send(RawClient.frame([97], final: false))
        for _ in 0..<62 {
            client.send(RawClient.frame([1], opcode: 9) + RawClient.frame([98, 98], opcode: 0, final: false))
        }
        client.send(RawClient.frame([99], opcode: 0))
        client.send(RawClient.frame(Array("next".utf8)))
        #expect(bench.record.wait("server received 126 abb"))
        #expect(bench.record.wait("server received 4 next"))
        client.quit()
        #expect(bench.end())
    }

    @Test func `a message may arrive byte by byte and in the middle of others`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        _ = client.open()
        let text = "grüße aus Agneaux €"
        for byte in RawClient.frame(Array(text.utf8)) { client.send([byte]) }
        client.send(RawClient.frame([]) + RawClient.frame([120]) + RawClient.frame(Array(repeating: 121, count: 1500)))
        #expect(bench.record.wait("server received 1500"))
        #expect(
            bench.record.all.filter { $0.contains("received") }.map { $0.prefix(24) }
                == [
                    "server received 23 \(text)", "server received 0 ", "server received 1 x",
                    "server received 1500 yyy",
                ].map { $0.prefix(24) })
        client.quit()
        #expect(bench.end())
    }

    @Test func `a ping is answered with its own bytes`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        _ = client.open()
        client.send(RawClient.frame([7, 8], opcode: 9))
        #expect(client.frame() == .init(opcode: 10, payload: [7, 8]))
        client.quit()
        #expect(bench.end())
    }

    @Test func `one frame fans out to 500 connections`() async throws {
        try await patiently {
            let bench = try Bench { world in
                world.server.whenOpened = { _ in
                    guard world.server.connections.count == 500 else { return }
                    let frame = Frame(Array("to all of you".utf8))
                    for connection in world.server.connections { world.server.send(frame, to: connection) }
                }
            }
            bench.post { world in for _ in 0..<500 { _ = world.dial() } }
            #expect(bench.record.wait("client received 13 to all of you", count: 500))
            #expect(bench.ask { $0.endpoint.connectionCount } == 500)
            #expect(bench.end())
            #expect(bench.record.count("server closed") == 500)
            #expect(bench.record.count("client closed 1001") == 500)
        }
    }

    @Test func `a client's frame may be written to several connections`() throws {
        let bench = try Bench()
        bench.post { world in
            let frame = Frame(Array("same bytes".utf8))
            world.client.whenOpened = {
                world.client.send(frame, to: $0)
                world.client.send(frame, to: $0)
            }
            for _ in 0..<3 { _ = world.dial() }
        }
        #expect(bench.record.wait("server received 10 same bytes", count: 6))
        #expect(bench.end())
    }
}
