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
    /// What followed the question mark when it asked for the upgrade, decoded.
    public internal(set) var query = ""
    /// What a proxy, or anybody, wrote of whom it calls for.
    public internal(set) var forwardedFor: String?
    /// What the client showed of itself; nil when it was not asked to.
    public internal(set) var peerCertificate: PeerCertificate?
    /// Why the server's certificate was not believed; nil when it was, or has not been seen. Set before `failed`.
    public internal(set) var trustFailure: TLSFailure?
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
    var hasFailedAtOnce = false
    var wantsWritable = false
    /// Inside `writable`, before the one write.
    var mayWrite = false
    var writeFailed = false
    var closeReason = ""
    /// What a dial by TLS demands of the server.
    var trustCheck: TrustCheck?
    /// The check has been made, and passed.
    var isBelieved = false
    var assembly = Assembly()

    private static let lastID = Atomic<UInt64>(0)

    init(context: SocketContext, handler: any ConnectionHandler, peerAddress: String, state: State) {
        id = Connection.lastID.add(1, ordering: .relaxed).newValue
        self.context = context
        self.handler = handler
        self.peerAddress = peerAddress
        self.state = state
        lastPong = context.lastLook
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
                unsafe lws_write(
                    wsi, UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress),
                    bytes.count, LWS_WRITE_HTTP) < 0
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
        unsafe context.dismiss(wsi)
    }
}
