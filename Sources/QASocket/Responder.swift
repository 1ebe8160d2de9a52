internal import CLibwebsockets
import Glibc

/// Puts an HTTP response on the wire.
enum Responder {
    /// Writes the whole response; libwebsockets keeps what the socket does not take at once.
    ///
    /// The result is the callback's: not 0 closes the connection once everything is sent. Errors always
    /// close: a request we did not understand may have a body that the next one must not start in.
    static func send(
        _ response: HTTPResponse, common: [(name: String, value: String)], withBody: Bool, to wsi: OpaquePointer
    ) -> Int32 {
        let closes = response.status >= 400
        guard unsafe write(response, common: common, withBody: withBody, closes: closes, to: wsi) else { return -1 }
        if closes { return unsafe end(wsi) }
        // libwebsockets allows 5 s for a request; a page on a slow phone takes longer.
        if unsafe lws_partial_buffered(wsi) != 0 {
            unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, 30)
        }
        return unsafe lws_http_transaction_completed(wsi) != 0 ? -1 : 0
    }

    /// What a callback returns to close the connection once everything is sent.
    static func end(_ wsi: OpaquePointer) -> Int32 {
        unsafe discardInput(of: wsi)
        return -1
    }

    /// Hands the response to libwebsockets; false when it did not take it.
    static func write(
        _ response: HTTPResponse, common: [(name: String, value: String)], withBody: Bool, closes: Bool,
        to wsi: OpaquePointer
    ) -> Bool {
        let head = header(of: response, common: common, closes: closes)
        var bytes = [UInt8](repeating: 0, count: Int(qa_lws_pre))
        bytes.reserveCapacity(bytes.count + head.utf8.count + response.body.count)
        bytes.append(contentsOf: head.utf8)
        if withBody, allowsBody(response.status) { bytes.append(contentsOf: response.body) }
        let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(-1) }
            return unsafe lws_write(
                wsi, start + Int(qa_lws_pre), buffer.count - Int(qa_lws_pre), LWS_WRITE_HTTP_FINAL)
        }
        return written >= 0
    }

    /// For sockets that get no place at all: one line, no parsing; nothing before TLS has begun.
    static func turnAway(_ socket: Int32, isSecure: Bool) {
        if isSecure {
            _ = Glibc.close(socket)
            return
        }
        sayBusy(socket)
        shutdown(socket, Int32(SHUT_WR))
        _ = Glibc.close(socket)
    }

    /// One line on a bare socket, to whoever may be about to ask.
    static func sayBusy(_ socket: Int32) {
        let text =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        unsafe Array(text.utf8).withUnsafeBytes {
            unsafe _ = Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
    }

    /// Closing a socket with unread input resets it, and the peer may lose the answer.
    private static func discardInput(of wsi: OpaquePointer) {
        let socket = unsafe lws_get_socket_fd(wsi)
        unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            for _ in 0..<16 {
                let count = unsafe recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
                if count < buffer.count { return }
            }
        }
    }

    private static func header(
        of response: HTTPResponse, common: [(name: String, value: String)], closes: Bool
    ) -> String {
        var text = "HTTP/1.1 \(response.status) \(phrase(response.status))\r\n"
        if allowsBody(response.status) {
            text += "Content-Type: \(response.contentType)\r\nContent-Length: \(response.body.count)\r\n"
        }
        for (name, value) in common where isSafe(name) && isSafe(value) { text += "\(name): \(value)\r\n" }
        for (name, value) in response.headers where isSafe(name) && isSafe(value) {
            text += "\(name): \(value)\r\n"
        }
        return text + (closes ? "Connection: close\r\n\r\n" : "\r\n")
    }

    /// A line break in a value would begin a header, or a response, of someone else's making.
    private static func isSafe(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }

    private static func allowsBody(_ status: Int) -> Bool {
        status != 204 && status != 304
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: status < 400 ? "OK" : "Error"
        }
    }
}
