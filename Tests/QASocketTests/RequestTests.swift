import QASocket
import Testing

@Suite struct RequestTests {
    /// Everything the server says to what is sent, until it closes.
    private func answers(_ text: String, _ setUp: @escaping @Sendable (World) -> Void = { _ in })
        throws -> String
    {
        var options = EndpointOptions(address: "127.0.0.1")
        options.responseHeaders = [("X-Common", "yes")]
        let bench = try Bench(options, setUp)
        let client = RawClient(port: bench.port)
        client.send(text)
        let rest = client.rest()
        client.quit()
        #expect(bench.end())
        return rest
    }

    @Test func `a request is answered with body, length and common headers`() throws {
        let answer = try answers(
            "GET /a%20b/%2e%2e/c?x=1&y=%26 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
        ) {
            $0.server.answer = { request in
                HTTPResponse(
                    status: 200, contentType: "text/x",
                    body: Array(
                        "\(request.method) \(request.path) \(request.query) \(request.header("HOST") ?? "")"
                            .utf8),
                    headers: [("ETag", "\"1\""), ("Bad", "a\r\nInjected: yes")])
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("Content-Type: text/x\r\n"))
        #expect(answer.contains("X-Common: yes\r\n"))
        #expect(answer.contains("ETag: \"1\"\r\n"))
        #expect(!answer.contains("Injected"))
        #expect(answer.hasSuffix("\r\n\r\nGET /c x=1&y=& h"))
    }

    @Test func `HEAD gets the length and no body`() throws {
        let answer = try answers("HEAD /abc HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(answer.contains("Content-Length: 4\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test func `304 has neither body nor length`() throws {
        let answer = try answers(
            "GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"7\"\r\nConnection: close\r\n\r\n"
        ) {
            $0.server.answer = { request in
                HTTPResponse(
                    status: 304, body: [1, 2],
                    headers: [("ETag", request.header("If-None-Match") ?? "")])
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 304 "))
        #expect(answer.contains("ETag: \"7\""))
        #expect(!answer.contains("Content-Length"))
        #expect(answer.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
    func `other methods are answered 405 and the connection ends`(method: String) throws {
        let answer = try answers(
            "\(method) /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
        )
        #expect(answer.hasPrefix("HTTP/1.1 405 "))
        #expect(answer.contains("Connection: close"))
        #expect(answer.split(separator: "HTTP/1.1 ").count == 1)
    }

    @Test func `CONNECT leads nowhere`() throws {
        #expect(
            try answers("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nhello").contains("200") == false)
    }

    @Test(arguments: ["GET", "POST"])
    func `row 22 two statements of the length get one refusal and the end`(method: String) throws {
        let answer = try answers(
            "\(method) /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
        )
        #expect(answer.hasPrefix("HTTP/1.1 4"))
        #expect(answer.split(separator: "HTTP/1.1 ").count == 1)
    }

    @Test func `row 22 a body after GET is refused, however its length is written`() throws {
        for length in ["5", "-1", "+0", "0, 5", "18446744073709551616"] {
            let answer = try answers(
                "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\nhello")
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(length)")
        }
    }

    @Test func `a path with a zero byte or broken characters is not served`() throws {
        #expect(try answers("GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n") == "")
        #expect(try answers("GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `a header sent twice is one list`() throws {
        let answer = try answers(
            "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nConnection: close\r\n\r\n"
        ) {
            $0.server.answer = {
                HTTPResponse(
                    status: 200, body: Array(($0.header("X-Forwarded-For") ?? "none").utf8))
            }
        }
        #expect(answer.contains("1.1.1.1,") && answer.hasSuffix(" 2.2.2.2"), "\(answer)")
    }

    @Test func `an error of the handler ends the connection, a good answer keeps it`() throws {
        let answer = try answers(
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n"
        ) {
            $0.server.answer = {
                HTTPResponse(status: $0.path == "/x" ? 404 : 200, body: Array($0.path.utf8))
            }
        }
        let parts = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        #expect(parts == ["200", "200", "404"])
    }

    @Test func `a large page reaches a slow reader whole`() async throws {
        try await patiently {
            let bench = try Bench {
                $0.server.answer = { _ in
                    HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: 3_000_000))
                }
            }
            let client = RawClient(port: bench.port, receiveBuffer: 8192)
            client.send(
                "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            )
            #expect(client.head().hasPrefix("HTTP/1.1 200 "))
            #expect(client.body(3_000_000).utf8.count == 3_000_000)
            #expect(client.head().hasPrefix("HTTP/1.1 200 "))
            #expect(client.rest().utf8.count == 3_000_000)
            client.quit()
            #expect(bench.end())
        }
    }

    @Test(.timeLimit(.minutes(1))) func `row 20 headers that never end are cut`() async throws {
        try await patiently {
            let bench = try Bench()
            let silent = RawClient(port: bench.port)
            let client = RawClient(port: bench.port)
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ")
            let start = ContinuousClock.now
            #expect(!client.rest().hasPrefix("HTTP/1.1 200"))
            _ = silent.rest()
            #expect(client.isAtEnd && silent.isAtEnd)
            #expect(ContinuousClock.now - start < .seconds(13))
            silent.quit()
            client.quit()
            #expect(bench.end())
        }
    }
}
