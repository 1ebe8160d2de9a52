internal import CLibwebsockets
import Synchronization

/// One WebSocket, of an endpoint or a dialer. Confined to its loop.
///
/// Alive from `opened` (or `dial`) to `closed`; afterwards every call is harmless and does nothing.
@safe
public final class Connection {
    enum State: UInt8 {
        case dialing, open
        /// We want to leave: a close frame goes out when the socket is next writable.
        case closing
        /// The close frame is with libwebsockets, ours or theirs.
        case closeSent
        case closed
    }

    /// Unique in the process, in order of creation.
    public let id: UInt64
    /// The numeric address of the other side, "" for outgoing connections.
    public let peerAddress: String
    /// Whether the other side named an origin when it asked for the upgrade: browsers always do.
    public internal(set) var hasOrigin = false
    /// The owner's object for this connection.
    public var attachment: AnyObject?

    let context: SocketContext
    let handler: any ConnectionHandler
    /// libwebsockets' connection, borrowed: nil before there is one and from CLOSED on.
    var wsi: OpaquePointer?
    var state: State
    /// Place in the context's table.
    var slot = -1
    /// What `closed` will report: 1006 until someone says better.
    var closeCode: UInt16 = 1006
    /// Monotonic milliseconds of the last sign of life, to the half second.
    var lastPong: Int64
    /// A ping waits for the socket, or for its pong.
    var isPingUnderWay = false
    var owesPing = false
    /// True while libwebsockets is asked to dial, and what came of it.
    var isStarting = false
    private(set) var hasFailedAtOnce = false
    private var wantsWritable = false
    private var mayWrite = false
    private var writeFailed = false
    private var closeReason = ""
    var assembly = Assembly()

    private static let lastID = Atomic<UInt64>(0)

    init(context: SocketContext, handler: any ConnectionHandler, peerAddress: String, state: State) {
        id = Connection.lastID.add(1, ordering: .relaxed).newValue
        self.context = context
        self.handler = handler
        self.peerAddress = peerAddress
        self.state = state
        lastPong = context.lastLook
        context.add(self)
    }

    /// Asks for one `writable` call, when the socket takes more. Asking twice is asking once.
    public func requestWritable() {
        context.loop.preconditionOnLoop()
        guard state == .open, !wantsWritable, let wsi = unsafe wsi else { return }
        wantsWritable = true
        unsafe _ = lws_callback_on_writable(wsi)
    }

    /// Sends one frame. Only inside `writable`, and once a call; anything else is a programming error.
    ///
    /// What the kernel does not take now is copied and sent before the next `writable`.
    public func write(_ frame: Frame) {
        precondition(mayWrite, "write() belongs in writable(), once a call.")
        mayWrite = false
        guard let wsi = unsafe wsi else { return }
        if !context.isServer {
            writeFailed = unsafe context.writeMasked(frame, to: wsi) < 0
        } else {
            writeFailed = unsafe frame.withWireBytes { bytes in
                // LWS_WRITE_HTTP sends the bytes as they are: the frame brings its header along.
                unsafe lws_write(wsi, UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress), bytes.count, LWS_WRITE_HTTP) < 0
            }
        }
    }

    /// True while libwebsockets still holds bytes of the last write.
    public var bytesPending: Bool {
        context.loop.preconditionOnLoop()
        guard let wsi = unsafe wsi else { return false }
        return unsafe lws_partial_buffered(wsi) != 0
    }

    /// Says goodbye with a code and up to 123 bytes of reason; a peer that does not read is cut after 2 s.
    ///
    /// `closed` follows, once, later and never from inside this call.
    public func close(code: UInt16, reason: String) {
        context.loop.preconditionOnLoop()
        switch state {
        case .dialing:
            cut()
        case .open:
            state = .closing
            closeCode = code
            closeReason = reason
            context.closing.add(self)
            if let wsi = unsafe wsi { unsafe _ = lws_callback_on_writable(wsi) }
        case .closing, .closeSent, .closed:
            break
        }
    }

    /// Ends the connection without a word. `closed` follows soon, never from inside this call.
    public func cut() {
        context.loop.preconditionOnLoop()
        guard state != .closed else { return }
        if state == .dialing || state == .open { state = .closeSent }
        guard let wsi = unsafe wsi else {
            context.loop.afterCallbacks { self.finish(code: 1006) }
            return
        }
        // Both ways: the dead socket is noticed even while other work keeps libwebsockets' timers
        // waiting, and the timer ends also what has no connected socket yet.
        unsafe _ = shutdown(lws_get_socket_fd(wsi), Int32(SHUT_RDWR))
        unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC)
        context.poke()
    }

    // MARK: - Called by libwebsockets through `socketCallback`

    func established(_ wsi: OpaquePointer) {
        unsafe self.wsi = wsi
        guard state == .dialing || state == .open else {
            // Given up meanwhile, and the handshake has set libwebsockets' timer for its own purpose.
            cut()
            return
        }
        state = .open
        lastPong = context.lastLook
        handler.opened(self)
    }

    /// Not 0 makes libwebsockets close the connection, with the reason that was set.
    func becameWritable() -> Int32 {
        switch state {
        case .open:
            if owesPing {
                if wantsWritable, let wsi = unsafe wsi { unsafe _ = lws_callback_on_writable(wsi) }
                return writePing()
            }
            guard wantsWritable else { return 0 }
            wantsWritable = false
            mayWrite = true
            handler.writable(self)
            mayWrite = false
            return writeFailed ? -1 : 0
        case .closing:
            return refuse(code: closeCode, reason: closeReason)
        case .dialing, .closeSent, .closed:
            return 0
        }
    }

    func peerBeganClosing(_ payload: UnsafeRawBufferPointer) -> Int32 {
        if state == .open || state == .closing {
            closeCode = unsafe payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : 1005
            state = .closeSent
            context.closing.add(self)
        }
        return 0
    }

    /// Leaves with a close frame, in a callback of libwebsockets whose result this is.
    func refuse(code: UInt16, reason: String) -> Int32 {
        guard let wsi = unsafe wsi else { return -1 }
        var text = Array(reason.utf8.prefix(123))
        // A cut through the middle of a character would make the frame invalid.
        while !text.isEmpty, String(validating: text, as: UTF8.self) == nil { text.removeLast() }
        unsafe text.withUnsafeMutableBufferPointer {
            unsafe lws_close_reason(wsi, lws_close_status(UInt32(code)), $0.baseAddress, $0.count)
        }
        if state == .open { context.closing.add(self) }
        closeCode = code
        state = .closeSent
        return -1
    }

    /// The one way out: tells the handler and forgets the socket.
    func finish(code: UInt16, failure: String? = nil) {
        guard state != .closed else { return }
        state = .closed
        unsafe wsi = nil
        assembly = Assembly()
        context.remove(self)
        if let failure { handler.failed(self, reason: failure) }
        handler.closed(self, code: code)
    }

    func closedByLibrary(_ wsi: OpaquePointer) {
        // A close that libwebsockets began itself, as for bad UTF-8, has its code in the frame it sent.
        if context.isServer, closeCode == 1006, unsafe lws_get_close_length(wsi) >= 2,
            let payload = unsafe lws_get_close_payload(wsi)
        {
            closeCode = unsafe UInt16(payload[0]) << 8 | UInt16(payload[1])
        }
        finish(code: closeCode)
    }

    /// Inside `Dialer.dial` nobody is told yet; its caller learns it from the result.
    func dialFailed(_ text: String) {
        if isStarting { hasFailedAtOnce = true } else { finish(code: 1006, failure: text) }
    }

    /// The context goes away: take libwebsockets' reference back before it does.
    func abandon() {
        if let wsi = unsafe wsi {
            unsafe lws_set_wsi_user(wsi, nil)
            unsafe Unmanaged.passUnretained(self).release()
        }
        finish(code: closeCode)
    }

    // MARK: - Deadlines

    func isAwaited(by queue: DeadlineQueue) -> Bool {
        queue === context.dialing ? state == .dialing : state == .closing || state == .closeSent
    }

    func deadlineReached(_ queue: DeadlineQueue) {
        if isAwaited(by: queue) { cut() }
    }
}
