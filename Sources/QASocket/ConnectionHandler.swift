/// What happens on a connection. Every call comes on the loop's thread, in a callback of the C library:
/// return soon, and never wait.
public protocol ConnectionHandler: AnyObject {
    /// The handshake is done; frames may be sent.
    func opened(_ connection: Connection)
    /// One whole text message, valid UTF-8. The bytes are valid during the call only.
    func received(_ connection: Connection, _ message: UnsafeRawBufferPointer)
    /// The socket takes a frame: `connection.write` may be called once.
    func writable(_ connection: Connection)
    /// The connection is gone, for good. 1006 when nobody said goodbye. Called exactly once.
    func closed(_ connection: Connection, code: UInt16)
    /// A dial did not lead to a connection; `closed` with 1006 follows.
    func failed(_ connection: Connection, reason: String)
}

/// What a server decides.
public protocol EndpointHandler: ConnectionHandler {
    /// Answers a GET or HEAD; everything else was refused before.
    func respond(to request: HTTPRequest) -> HTTPResponse
    /// Whether this WebSocket may open. Called before the answer 101 is sent.
    func judge(_ handshake: Handshake) -> HandshakeVerdict
    /// Whether forms may be posted to a path; elsewhere a POST is refused before its body is read.
    func takesForm(at path: String) -> Bool
    /// Takes a request, always when it is a form, that `reply` answers now or later; false leaves it to `respond`.
    func answersLater(_ request: HTTPRequest, _ reply: HTTPReply) -> Bool
}

extension EndpointHandler {
    /// An endpoint does not dial.
    public func failed(_ connection: Connection, reason: String) {}

    public func takesForm(at path: String) -> Bool { false }
    public func answersLater(_ request: HTTPRequest, _ reply: HTTPReply) -> Bool { false }
}
