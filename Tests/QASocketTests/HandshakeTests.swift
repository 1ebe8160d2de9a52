import QASocket
import Testing

@Suite struct HandshakeTests {
    /// The first line of what the server says to one request.
    private func status(_ request: String) throws -> String {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        client.send(request)
        let line = String(client.head().prefix { $0 != "\r" })
        client.quit()
        #expect(bench.end())
        return line
    }

    @Test func `row 16 a good handshake is answered 101, in our subprotocol and without extensions`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        client.send(RawClient.upgrade("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"))
        let head = client.head()
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        #expect(head.lowercased().contains("sec-websocket-protocol: qarelay.v1"))
        #expect(!head.lowercased().contains("extensions"))
        client.quit()
        #expect(bench.end())
    }

    @Test func `row 24 a version other than 13 is answered 426`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        client.send(RawClient.upgrade(version: "8"))
        let answer = client.rest()
        #expect(answer.hasPrefix("HTTP/1.1 426 "))
        #expect(answer.contains("Sec-WebSocket-Version: 13"))
        client.quit()
        #expect(bench.end())
    }

    @Test(arguments: [nil, "chat", "QARELAY.V1", "qarelay.v10", ""])
    func `a missing or foreign subprotocol is refused`(subprotocol: String?) throws {
        #expect(try status(RawClient.upgrade(subprotocol: subprotocol)).hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `one of several subprotocols is enough`() throws {
        #expect(try status(RawClient.upgrade(subprotocol: "chat, qarelay.v1")).hasPrefix("HTTP/1.1 101 "))
    }

    @Test func `a WebSocket opens on its own path only`() throws {
        #expect(try status(RawClient.upgrade(path: "/other")).hasPrefix("HTTP/1.1 404 "))
        #expect(try status(RawClient.upgrade(path: "/ws?room=1")).hasPrefix("HTTP/1.1 101 "))
    }

    @Test func `row 23 HTTP 2 in the clear is refused`() throws {
        let settings = "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
        #expect(try status(RawClient.upgrade(settings, upgrade: "h2c")).hasPrefix("HTTP/1.1 400 "))
        let answer = try status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")
        #expect(!answer.contains("200") && !answer.contains("101"))
    }

    @Test func `an unknown upgrade after a request on the same connection is refused`() throws {
        let bench = try Bench()
        let client = RawClient(port: bench.port)
        client.send("GET /a HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(client.head().hasPrefix("HTTP/1.1 200 "))
        #expect(client.body(2) == "/a")
        client.send(RawClient.upgrade(upgrade: "foo"))
        #expect(client.rest().hasPrefix("HTTP/1.1 403 "))
        client.quit()
        #expect(bench.end())
    }

    @Test func `the handler sees the handshake and may refuse it before 101`() throws {
        let bench = try Bench { world in
            let record = world.server.record
            world.server.verdict = { handshake in
                record.add(
                    "judge \(handshake.path) \(handshake.query) \(handshake.host ?? "-") \(handshake.origin ?? "none")"
                        + " \(handshake.userAgent ?? "-") \(handshake.forwardedFor ?? "-") \(handshake.peerAddress)")
                return handshake.origin == "null" ? .refuse(status: 403, reason: "origin") : .accept
            }
        }
        let client = RawClient(port: bench.port)
        client.send(
            RawClient.upgrade(
                "Origin: null\r\nUser-Agent: t\r\nX-Forwarded-For: 10.0.0.1\r\n", path: "/ws?a=1&b=2"))
        let answer = client.rest()
        #expect(answer.hasPrefix("HTTP/1.1 403 "))
        #expect(answer.hasSuffix("origin\n"))
        #expect(bench.record.all.contains("judge /ws a=1&b=2 test null t 10.0.0.1 127.0.0.1"))
        let plain = RawClient(port: bench.port)
        #expect(plain.open().hasPrefix("HTTP/1.1 101 "))
        #expect(bench.record.all.contains("judge /ws  test none - - 127.0.0.1"))
        #expect(bench.record.wait("server opened"))
        client.quit()
        plain.quit()
        #expect(bench.end())
        #expect(bench.record.count("server opened") == 1)
    }

    @Test(arguments: ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"])
    func `a handshake with a body is refused`(extra: String) throws {
        #expect(try status(RawClient.upgrade(extra)).hasPrefix("HTTP/1.1 400 "))
    }
}
