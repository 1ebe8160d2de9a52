internal import CLibwebsockets

/// Bodies of posted forms, and answers that come later. Every result is a callback's: not 0 closes the socket.
extension Endpoint {
    /// A POST whose head has come: 0 reads the body.
    func takeForm(_ wsi: OpaquePointer, _ request: RequestReader) -> Int32 {
        guard let path = request.path, handler.takesForm(at: path) else { return unsafe refuse(wsi, .badMethod) }
        let length: Int
        switch request.bodyLength {
        case .success(let count): length = count
        case .failure(let refusal): return unsafe refuse(wsi, refusal.response)
        }
        let reply = unsafe reply(to: request.parsed(method: "POST", path: path), wsi)
        reply.await(bytes: length)
        // For the whole of it: libwebsockets begins its own time anew with every byte.
        reply.deadline = context.loop.timer(afterMilliseconds: Self.bodyWithin) { [unowned reply] in
            reply.send(.of(408, "the form did not come in time"))
        }
        return 0
    }

    /// A way back that is there until the connection has gone.
    func reply(to request: HTTPRequest, _ wsi: OpaquePointer) -> HTTPReply {
        let reply = unsafe HTTPReply(
            loop: context.loop, common: options.responseHeaders, wsi: wsi, request: request)
        context.replies[UInt(bitPattern: wsi)] = reply
        return reply
    }

    /// LWS_CALLBACK_HTTP_BODY
    func bodyPiece(_ wsi: OpaquePointer, _ piece: UnsafeRawBufferPointer) -> Int32 {
        guard let reply = context.replies[UInt(bitPattern: wsi)], let length = reply.awaits,
            reply.request.body.count + piece.count <= length
        else { return unsafe Responder.end(wsi) }
        unsafe reply.request.body.append(contentsOf: piece)
        return 0
    }

    /// LWS_CALLBACK_HTTP_BODY_COMPLETION
    func bodyEnded(_ wsi: OpaquePointer) -> Int32 {
        guard let reply = context.replies[UInt(bitPattern: wsi)], let length = reply.awaits,
            reply.request.body.count == length
        else { return unsafe Responder.end(wsi) }
        reply.awaits = nil
        reply.deadline?.cancel()
        reply.park()
        if isClosing {
            reply.send(.busy)
        } else if !handler.answersLater(reply.request, reply) {
            reply.send(.of(404, "nothing is taken here"))
        }
        return 0
    }

    /// LWS_CALLBACK_HTTP_WRITEABLE
    func becameWritable(_ wsi: OpaquePointer) -> Int32 {
        // libwebsockets asks by itself when something that it has read has to wait.
        guard let reply = context.replies[UInt(bitPattern: wsi)], reply.isParked, reply.response != nil else {
            return 0
        }
        return unsafe Responder.end(wsi)
    }

    /// In milliseconds, from the end of the head.
    private static let bodyWithin: Int64 = 10_000
    /// Bytes of the longest body.
    static let bodyMaximum = 16_384
}

/// Why the body of a form is not read.
struct BodyRefusal: Error {
    var response: HTTPResponse
}

extension RequestReader {
    /// How many bytes of a form are to come, said in one way and not too many.
    var bodyLength: Result<Int, BodyRefusal> {
        func refuse(_ status: Int, _ text: String) -> Result<Int, BodyRefusal> {
            .failure(BodyRefusal(response: .of(status, text)))
        }
        let hasLength = has(WSI_TOKEN_HTTP_CONTENT_LENGTH)
        if has(WSI_TOKEN_HTTP_TRANSFER_ENCODING) {
            return hasLength
                ? .failure(BodyRefusal(response: .badRequest)) : refuse(411, "say the length with Content-Length")
        }
        guard hasLength else { return refuse(411, "say the length with Content-Length") }
        // One way to write a number: libwebsockets reads it by its own rules, and both must mean the same.
        guard let text = text(WSI_TOKEN_HTTP_CONTENT_LENGTH), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.first != "0"
        else { return refuse(400, "bad request") }
        guard text.utf8.count <= 5, let length = Int(text), length <= Endpoint.bodyMaximum else {
            return refuse(413, "a form has at most \(Endpoint.bodyMaximum) bytes")
        }
        let type = self.text(WSI_TOKEN_HTTP_CONTENT_TYPE)?.lowercased().filter { $0 != " " && $0 != "\t" }
        guard ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=utf-8"].contains(type)
        else { return refuse(415, "forms are application/x-www-form-urlencoded") }
        return .success(length)
    }
}
