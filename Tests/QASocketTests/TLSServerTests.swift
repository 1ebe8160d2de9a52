import COpenSSL
import Foundation
import QASocket
import Testing

@Suite struct TLSServerTests {
    @Test(arguments: [0, 1, 126, 4096, 16_384])
    func `a message of any size comes back by TLS as it was`(size: Int) throws {
        let pair = try TestPair()
        let bench = try Bench(pair.options) { $0.server.echoes = true }
        bench.post { world in
            world.client.whenOpened = { world.client.send(Frame([UInt8](repeating: 97, count: size)), to: $0) }
            _ = world.dial(tls: pair.trust)
        }
        #expect(bench.record.wait("client received \(size) "), "\(bench.record.all)")
        #expect(bench.end())
        #expect(bench.record.all.contains("server closed 1001"))
    }

    @Test func `versions before 1-2 are refused, as are ciphers without forward secrecy or by blocks`() throws {
        let pair = try TestPair()
        let bench = try Bench(pair.options)
        for version in [TLS1_VERSION, TLS1_1_VERSION] {
            #expect(!TLSProbe(port: bench.port, version: version).isOpen)
        }
        let new = TLSProbe(port: bench.port, version: TLS1_3_VERSION)
        #expect(new.isOpen && new.fingerprint == pair.fingerprint)
        let old = TLSProbe(port: bench.port, version: TLS1_2_VERSION)
        #expect(old.isOpen && old.cipher.hasPrefix("ECDHE-ECDSA-"), "\(old.cipher)")
        #expect(old.cipher.contains("GCM") || old.cipher.contains("CHACHA20"))
        for weak in ["ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-SHA"] {
            #expect(!TLSProbe(port: bench.port, version: TLS1_2_VERSION, ciphers: weak).isOpen, "\(weak)")
        }
        #expect(bench.end())
    }

    @Test func `row 23 HTTP 1-1 is chosen, and no other handshake on the same connection`() throws {
        let pair = try TestPair()
        let bench = try Bench(pair.options)
        let both = TLSProbe(port: bench.port, offering: ["h2", "http/1.1"])
        #expect(both.chosen == "http/1.1")
        #expect(both.exchange("GET /a HTTP/1.1\r\nHost: test\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
        #expect(TLSProbe(port: bench.port, offering: ["h2"]).chosen == "")
        let insistent = TLSProbe(port: bench.port, version: TLS1_2_VERSION)
        #expect(insistent.isOpen && !insistent.renegotiates())
        #expect(bench.end())
    }

    @Test(arguments: ["HTTP", "a record that is no greeting", "SSL 2"])
    func `what is not TLS is hung up on`(kind: String) throws {
        let pair = try TestPair()
        let bench = try Bench(pair.options)
        let client = RawClient(port: bench.port)
        switch kind {
        case "HTTP": client.send(RawClient.upgrade())
        case "SSL 2": client.send([0x80, 0x2e, 1, 0, 2, 0, 0])
        default: client.send([0x16, 3, 1, 0, 5] + Array("hello".utf8))
        }
        #expect(!client.rest().contains("HTTP"))
        #expect(client.isAtEnd)
        #expect(bench.end())
    }

    @Test func `handshakes that fail leave no socket counted, and those that wait make way`() throws {
        let pair = try TestPair()
        var options = pair.options
        options.maximumConnections = 1
        let bench = try Bench(options)
        for _ in 0..<60 {
            let client = RawClient(port: bench.port)
            client.send("GET / HTTP/1.1\r\n\r\n")
            _ = client.rest()
        }
        func status() -> String {
            String(TLSProbe(port: bench.port).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").prefix(12))
        }
        #expect(until { status() == "HTTP/1.1 200" })
        let waiting = [RawClient(port: bench.port), RawClient(port: bench.port)]
        waiting[0].send("\u{16}\u{3}\u{1}")
        #expect(until { status() == "HTTP/1.1 200" })
        for client in waiting { #expect(client.rest().isEmpty && client.isAtEnd) }
        #expect(bench.end())
    }

    @Test(.timeLimit(.minutes(1))) func `row 20 a handshake has ten seconds, however it is dripped`() async throws {
        let pair = try TestPair()
        try await patiently {
            let bench = try Bench(pair.options)
            let begin = ContinuousClock.now
            let clients = [RawClient(port: bench.port), RawClient(port: bench.port)]
            clients[1].send("\u{16}\u{3}\u{1}\u{1}\0\u{1}\0\0")
            for client in clients { _ = client.rest() }
            let spent = ContinuousClock.now - begin
            #expect(spent > .seconds(8) && spent < .seconds(14), "\(spent)")
            #expect(bench.end())
        }
    }

    @Test func `certificates are read anew without a word to those who are there`() throws {
        let pair = try TestPair()
        let bench = try Bench(pair.options) { $0.server.echoes = true }
        bench.post { _ = $0.dial(tls: .pinned(fingerprint: pair.fingerprint)) }
        #expect(bench.record.wait("client opened"))
        let next = try #require(SelfSigned(names: ["next.example"], days: 30))
        try pair.write(next)
        #expect(bench.ask { try? $0.endpoint.reloadTLS() }?.fingerprint == next.fingerprint)
        #expect(TLSProbe(port: bench.port).fingerprint == next.fingerprint)
        bench.post { world in world.client.send(Frame(Array("still here".utf8)), to: world.client.connections[0]) }
        #expect(bench.record.wait("client received 10 still here"))
        // Half a pair changes nothing.
        try SelfSigned(names: ["third.example"], days: 30)!.certificate
            .write(toFile: pair.identity.certificateFile, atomically: true, encoding: .utf8)
        let files = pair.identity
        let mismatch = SocketError.tlsKeyMismatch(certificate: files.certificateFile, key: files.keyFile)
        let failure = bench.ask { world -> SocketError? in
            do throws(SocketError) { _ = try world.endpoint.reloadTLS() } catch { return error }
            return nil
        }
        #expect(failure == mismatch)
        #expect(TLSProbe(port: bench.port).fingerprint == next.fingerprint)
        #expect(bench.record.count("client closed") == 0)
        #expect(bench.end())
    }

    @Test(arguments: [(13, 500), (70_000, 60)])
    func `one frame goes to all by TLS, whole`(size: Int, count: Int) async throws {
        let pair = try TestPair()
        try await patiently {
            let bytes = (0..<size).map { UInt8(97 + $0 % 26) }
            let bench = try Bench(pair.options) { world in
                world.server.whenOpened = { _ in
                    guard world.server.connections.count == count else { return }
                    let frame = Frame(bytes)
                    for _ in 0..<3 { for each in world.server.connections { world.server.send(frame, to: each) } }
                }
                world.client.whenReceived = { if $1 != bytes { world.client.record.add("damaged") } }
            }
            bench.post { world in for _ in 0..<count { _ = world.dial(tls: pair.trust) } }
            #expect(bench.record.wait("client received \(size) ", count: 3 * count, seconds: 30))
            #expect(bench.record.count("damaged") == 0)
            #expect(bench.end())
            #expect(bench.record.count("client closed 1001") == count)
        }
    }

    @Test func `who reads slowly gets all of it`() async throws {
        let pair = try TestPair()
        try await patiently {
            let part = Frame([UInt8](repeating: 98, count: 300_000))
            let bench = try Bench(pair.options) { world in
                world.server.whenOpened = { for _ in 0..<20 { world.server.send(part, to: $0) } }
                // Somebody else's work between two reads: the server's buffers fill up meanwhile.
                world.client.whenReceived = { _, _ in usleep(20_000) }
            }
            bench.post { _ = $0.dial(tls: pair.trust) }
            #expect(bench.record.wait("client received 300000 bbb", count: 20, seconds: 20))
            #expect(bench.end())
        }
    }

    @Test func `a long page arrives whole, however slowly it is read`() async throws {
        let pair = try TestPair()
        try await patiently {
            let body = (0..<5_000_000).map { UInt8(97 + $0 % 23) }
            let bench = try Bench(pair.options) { world in
                world.server.answer = { _ in HTTPResponse(status: 400, body: body) }
            }
            let client = TLSProbe(port: bench.port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.rest(pauses: 30)
            #expect(answer.starts(with: Array("HTTP/1.1 400".utf8)))
            #expect(answer.suffix(body.count) == body[...])
            #expect(bench.end())
        }
    }

    @Test func `phones that vanish write no line`() async {
        await #expect(processExitsWith: .success) {
            let lines = Record()
            QASocketLog.sink = { lines.add($0) }
            let pair = try TestPair()
            let bench = try Bench(pair.options)
            for reset in [false, true] {
                let early = TLSProbe(port: bench.port)
                early.vanish(reset: reset)
                let late = TLSProbe(port: bench.port)
                _ = late.exchange(RawClient.upgrade())
                late.vanish(reset: reset)
                let plain = RawClient(port: bench.port)
                plain.send("\u{16}\u{3}\u{1}")
                plain.quit()
            }
            bench.post { _ = $0.dial(tls: .pinned(fingerprint: String(repeating: "0", count: 64))) }
            guard bench.record.wait("server closed 1006", count: 2), bench.record.wait("client closed 1006"),
                bench.end(), lines.all.isEmpty
            else { fatalError("\(lines.all) \(bench.record.all)") }
        }
    }
}
