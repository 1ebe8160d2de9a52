internal import CLibwebsockets

/// The way back to whoever asked something that is not answered at once. Confined to its loop.
///
/// Answers once: what comes later, or after the peer has gone, does nothing.
@safe
public final class HTTPReply {
    private let loop: Loop
    private let common: [(name: String, value: String)]
    /// libwebsockets' connection, borrowed: nil once it is gone.
    private var wsi: OpaquePointer?
    var request: HTTPRequest
    /// How many bytes of a body are to come in all; nil when all is there.
    var awaits: Int?
    /// The time in which a body must have come.
    var deadline: LoopTimer?
    private(set) var response: HTTPResponse?
    /// Whether the request is left open until there is an answer.
    private(set) var isParked = false

    init(loop: Loop, common: [(name: String, value: String)], wsi: OpaquePointer, request: HTTPRequest) {
        self.loop = loop
        self.common = common
        unsafe self.wsi = wsi
        self.request = request
    }

    /// Answers the request. Not at once, that is after the handler has returned, it ends the connection too.
    public func send(_ response: HTTPResponse) {
        loop.preconditionOnLoop()
        guard self.response == nil else { return }
        self.response = response
        deadline?.cancel()
        if isParked { write(response) }
    }

    /// Leaves the request open until its answer comes, for 30 s at most.
    func park() {
        isParked = true
        guard let wsi = unsafe wsi else { return }
        // libwebsockets 4.1.6 would take what comes behind an open request for that request once more.
        unsafe _ = lws_rx_flow_control(wsi, 0)
        unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, 30)
    }

    /// The same while its body is still to come.
    func await(bytes: Int) {
        isParked = true
        awaits = bytes
    }

    /// Writes the answer and has the connection closed in the next callback, whichever that is.
    private func write(_ response: HTTPResponse) {
        awaits = nil
        guard let wsi = unsafe wsi else { return }
        unsafe _ = Responder.write(
            response, common: common, withBody: request.method != "HEAD", closes: true, to: wsi)
        // Nothing is written to a connection of HTTP, not even what is left over, while nothing is read from it.
        unsafe _ = lws_rx_flow_control(wsi, 1)
        unsafe _ = lws_callback_on_writable(wsi)
    }

    /// The connection is gone.
    func forget() {
        deadline?.cancel()
        unsafe wsi = nil
    }
}
