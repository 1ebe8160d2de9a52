internal import CLibwebsockets

/// What an endpoint does with a parsed request. Every result is a callback's: not 0 closes the socket.
extension Endpoint {
    /// LWS_CALLBACK_HTTP
    func answer(_ wsi: OpaquePointer) -> Int32 {
        loopPrecondition()
        let request = unsafe RequestReader(wsi)
        // Sent behind one that is not answered yet, or has just been: libwebsockets 4.1.6 shows the same head again.
        guard context.replies[UInt(bitPattern: wsi)] == nil else { return unsafe Responder.end(wsi) }
        guard !isClosing, hasRoom else { return unsafe refuse(wsi, .busy) }
        if request.has(WSI_TOKEN_POST_URI) { return unsafe takeForm(wsi, request) }
        // Method before body: a PUT is told that it is one.
        guard let method = request.method else { return unsafe refuse(wsi, .badMethod) }
        guard !request.announcesBody, let path = request.path else { return unsafe refuse(wsi, .badRequest) }
        var parsed = request.parsed(method: method, path: path)
        parsed.isCertified = options.clients != nil
        let reply = unsafe reply(to: parsed, wsi)
        let response: HTTPResponse
        if handler.answersLater(reply.request, reply) {
            guard let known = reply.response else {
                reply.park()
                return 0
            }
            response = known
        } else {
            response = handler.respond(to: reply.request)
        }
        context.replies[UInt(bitPattern: wsi)] = nil
        return unsafe Responder.send(
            response, common: options.responseHeaders, withBody: method == "GET", to: wsi)
    }

    /// LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: 0 lets libwebsockets answer 101, everything else is over here.
    func confirmUpgrade(_ wsi: OpaquePointer) -> Int32 {
        loopPrecondition()
        let request = unsafe RequestReader(wsi)
        // Not the callback's `in`: after an upgrade it does not know, libwebsockets 4.1.6 has already
        // answered 403 and freed what `in` points to. Asked again, it says so by having no header.
        switch request.text(WSI_TOKEN_UPGRADE)?.lowercased() {
        case "websocket": break
        case "h2c": return unsafe refuse(wsi, .badRequest)
        default: return -1
        }
        if let problem = problem(in: request) { return unsafe refuse(wsi, problem) }
        let headers = request.headers
        let verdict = handler.judge(
            Handshake(
                path: options.path, query: request.query, host: headers.host, origin: headers.origin,
                userAgent: headers.userAgent, acceptLanguage: headers.acceptLanguage,
                peerAddress: request.peerAddress, forwardedFor: headers.forwardedFor,
                isCertified: options.clients != nil))
        switch verdict {
        case .accept: return 0
        case .refuse(let status, let reason): return unsafe refuse(wsi, .of(status, reason))
        case .later(let seconds):
            return unsafe refuse(
                wsi,
                .of(
                    503, "trop de monde à la fois, réessayez / too many at once, try again soon",
                    [("Retry-After", "\(seconds)")]))
        }
    }

    private func problem(in request: RequestReader) -> HTTPResponse? {
        guard !isClosing, hasRoom else { return .busy }
        guard request.has(WSI_TOKEN_GET_URI) else { return .badMethod }
        guard !request.announcesBody, request.has(WSI_TOKEN_HOST), request.has(WSI_TOKEN_KEY),
            request.names("upgrade", in: WSI_TOKEN_CONNECTION, ignoringCase: true)
        else { return .badRequest }
        guard request.path == options.path else { return .of(404, "no WebSocket here") }
        guard request.text(WSI_TOKEN_VERSION) == "13" else {
            return .of(426, "WebSocket version 13 only", [("Sec-WebSocket-Version", "13")])
        }
        guard request.names(options.subprotocol, in: WSI_TOKEN_PROTOCOL, ignoringCase: false) else {
            return .of(400, "the subprotocol is \(options.subprotocol)")
        }
        return nil
    }

    func refuse(_ wsi: OpaquePointer, _ response: HTTPResponse) -> Int32 {
        let withBody = unsafe !RequestReader(wsi).has(WSI_TOKEN_HEAD_URI)
        return unsafe Responder.send(response, common: options.responseHeaders, withBody: withBody, to: wsi)
    }

    private func loopPrecondition() { context.loop.preconditionOnLoop() }
}

extension RequestReader {
    /// Whether `name` is one of the comma-separated words of a header.
    fileprivate func names(_ name: String, in token: lws_token_indexes, ignoringCase: Bool) -> Bool {
        // libwebsockets copies these headers into 128 bytes and hangs up without a word beyond.
        guard let list = text(token), list.utf8.count < 127 else { return false }
        return list.split(separator: ",").contains { item in
            let word = item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            return ignoringCase ? word.lowercased() == name : word == name
        }
    }
}

extension HTTPResponse {
    static func of(_ status: Int, _ text: String, _ headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(status: max(400, status), body: Array((text + "\n").utf8), headers: headers)
    }

    static var busy: HTTPResponse {
        of(503, "complet, réessayez dans un instant / full, try again soon", [("Retry-After", "5")])
    }
    static var badMethod: HTTPResponse { of(405, "GET and HEAD only", [("Allow", "GET, HEAD")]) }
    static var badRequest: HTTPResponse { of(400, "bad request") }
}
