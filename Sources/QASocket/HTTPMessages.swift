/// One GET or HEAD request without a body, or a form that was posted.
public struct HTTPRequest: Sendable {
    /// "GET", "HEAD" or "POST".
    public let method: String
    /// Decoded, absolute, without "..", without the query.
    public let path: String
    /// What follows the question mark, decoded, "" if nothing. An encoded ampersand cannot be told from
    /// one between parts.
    public let query: String
    /// The numeric address of the peer, which may be a proxy.
    public let peerAddress: String
    let headers: RequestHeaders
    /// Whether it came by a port where every client has shown a certificate.
    public internal(set) var isCertified = false
    /// What was posted, as it came; empty for other methods.
    public internal(set) var body: [UInt8] = []

    /// One of host, origin, accept-language, accept-encoding, if-none-match, user-agent, x-forwarded-for, cookie, sec-fetch-site;
    /// nil if it was not sent. The name in any case.
    public func header(_ name: String) -> String? {
        switch name.lowercased() {
        case "host": headers.host
        case "origin": headers.origin
        case "accept-language": headers.acceptLanguage
        case "accept-encoding": headers.acceptEncoding
        case "if-none-match": headers.ifNoneMatch
        case "user-agent": headers.userAgent
        case "x-forwarded-for": headers.forwardedFor
        case "cookie": headers.cookie
        case "sec-fetch-site": headers.fetchSite
        default: nil
        }
    }
}

struct RequestHeaders: Sendable {
    var host: String?
    var origin: String?
    var acceptLanguage: String?
    var acceptEncoding: String?
    var ifNoneMatch: String?
    var userAgent: String?
    var forwardedFor: String?
    var cookie: String?
    var fetchSite: String?
}

/// What is sent back to a request. Length and connection headers are added by the endpoint.
///
/// A status of 400 or more closes the connection afterwards.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var contentType: String
    public var body: [UInt8]
    public var headers: [(String, String)]

    public init(
        status: Int, contentType: String = "text/plain; charset=utf-8", body: [UInt8] = [],
        headers: [(String, String)] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers
    }
}

/// What a peer said when it asked for a WebSocket.
public struct Handshake: Sendable {
    public let path: String
    /// What follows the question mark, decoded, "" if nothing.
    public let query: String
    public let host: String?
    /// nil when there was no such header, as from programs that are not browsers.
    public let origin: String?
    public let userAgent: String?
    public let acceptLanguage: String?
    /// The numeric address of the peer, which may be a proxy.
    public let peerAddress: String
    public let forwardedFor: String?
    /// Whether a certificate was demanded, and given.
    public let isCertified: Bool
}

/// The answer to a handshake.
public enum HandshakeVerdict: Sendable, Equatable {
    case accept
    /// An HTTP status of 400 or more, and a line of text for who reads it.
    case refuse(status: Int, reason: String)
    /// 503 and the seconds after which to try again.
    case later(seconds: Int)
}
