internal import CLibwebsockets
import Glibc
import Synchronization

/// One libwebsockets context with one vhost on a loop, and the connections that live in it.
///
/// Confined to the loop. Owned by an `Endpoint` or a `Dialer`, which outlives it by keeping it until
/// `destroy` has run. It never listens: sockets are accepted by `Listener` and adopted.
@safe
final class SocketContext {
    let loop: Loop
    let limits: MessageLimits
    let isServer: Bool
    /// nil for plain TCP.
    let tls: TLSServer?
    /// The server whose HTTP requests arrive here; nil for a dialer.
    weak var endpoint: Endpoint?
    /// TCP connections of a server that libwebsockets holds, WebSocket or not.
    var socketCount = 0
    /// Those of them that are no WebSockets, or not yet.
    var newcomers = Newcomers()
    /// WebSockets, and dials under way. Order has no meaning: leaving swaps the last one in.
    private(set) var connections: [Connection] = []
    /// Requests that are not answered yet, by the address of libwebsockets' connection, whose end takes them out.
    var replies: [UInt: HTTPReply] = [:]
    /// Called, in a callback of libwebsockets, each time the last connection has left.
    var becameEmpty: (() -> Void)?
    /// What `writeMasked` works in.
    var maskingBuffer: [UInt8] = []
    /// Monotonic milliseconds at the last look at the connections.
    var lastLook: Int64
    private(set) lazy var closing = DeadlineQueue(loop: loop, afterMilliseconds: 2000)
    private(set) lazy var dialing = DeadlineQueue(loop: loop, afterMilliseconds: 10_000)

    private var tick: LoopTimer?
    private var context: OpaquePointer?
    private var vhost: OpaquePointer?
    // libwebsockets keeps pointers to these for as long as the context exists.
    private let name: UnsafeMutablePointer<CChar>
    private let alpn: UnsafeMutablePointer<CChar>
    // All zero: no pings by libwebsockets, which keeps its timers in a list that it walks to its end for
    // each. With one a connection that is most of the work from 10,000 on. `Liveness` pings instead.
    private let noPings: UnsafeMutablePointer<lws_retry_bo_t>
    private let client: TLSClient?

    /// `isServer` decides the small sizes: phones come in thousands and say little.
    init(
        loop: Loop, protocolName: String, isServer: Bool, limits: MessageLimits, tls: TLSIdentity? = nil,
        clients: ClientTrust? = nil, identity: ClientIdentity? = nil
    ) throws(SocketError) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.limits = limits
        self.isServer = isServer
        self.tls = try tls.map { (identity) throws(SocketError) in try TLSServer(identity, clients: clients) }
        // A server by TLS needs one too: libwebsockets would make its own otherwise.
        client = isServer && tls == nil ? nil : try TLSClient(identity)
        lastLook = loop.monotonicMilliseconds
        unsafe name = strdup(protocolName)
        unsafe alpn = strdup("http/1.1")
        unsafe noPings = UnsafeMutablePointer<lws_retry_bo_t>.allocate(capacity: 1)
        unsafe noPings.initialize(to: lws_retry_bo_t())
        DescriptorLimit.makeUsable()
        let problem = ProcessWide.lock.withLock { _ in create() }
        if let problem { throw problem }
        // The libev plugin of libwebsockets 4.1.6 sets its timer once, to the first thing due at that time
        // (30 s away in an idle context), and what is due earlier waits for it. So we make it look.
        tick = loop.timer(afterMilliseconds: 500, repeatMilliseconds: 500) { [unowned self] in
            self.poke()
            self.checkLiveness()
        }
    }

    deinit {
        // Never with a live context: its owner keeps us until `destroy`, and callbacks find us by pointer.
        unsafe precondition(context == nil, "Close an endpoint or dialer before letting go of it.")
        unsafe free(name)
        unsafe free(alpn)
        unsafe noPings.deallocate()
    }

    private func create() -> SocketError? {
        QASocketLog.takeOver()
        var info = unsafe lws_context_creation_info()
        unsafe info.port = isServer ? CONTEXT_PORT_NO_LISTEN_SERVER : CONTEXT_PORT_NO_LISTEN
        // Not on clients, where a failed check corrupts memory; `Connection.leave` has the story.
        unsafe info.options = qa_lws_options | (isServer ? qa_lws_validate_utf8 : qa_lws_raw_origin)
        unsafe info.alpn = UnsafePointer(alpn)
        unsafe info.retry_and_idle_policy = UnsafePointer(noPings)
        // For the whole handshake of TLS, and for the head of the first request after it.
        if tls != nil { unsafe info.timeout_secs = 10 }
        // Unretained: `destroy` is what ends the callbacks, and the deinit insists on it.
        unsafe info.user = Unmanaged.passUnretained(self).toOpaque()

        var entry = unsafe lws_protocols()
        unsafe entry.name = UnsafePointer(name)
        unsafe entry.callback = socketCallback
        unsafe entry.rx_buffer_size = isServer ? 512 : 2048
        // Otherwise a write is cut into pieces of the receive buffer's size.
        unsafe entry.tx_packet_size = 1 << 20
        var loops: [UnsafeMutableRawPointer?] = unsafe [UnsafeMutableRawPointer(loop.handle)]
        // libwebsockets copies the list of protocols and looks at the list of loops only here.
        return unsafe [entry, lws_protocols()].withUnsafeBufferPointer { protocols in
            unsafe loops.withUnsafeMutableBufferPointer { loops in
                unsafe info.protocols = protocols.baseAddress
                unsafe info.foreign_loops = loops.baseAddress
                return unsafe create(with: &info)
            }
        }
    }

    private func create(with info: inout lws_context_creation_info) -> SocketError? {
        unsafe context = lws_create_context(&info)
        guard unsafe context != nil else { return SocketContext.whyNoContext() }
        if tls != nil { unsafe info.options |= qa_lws_tls | qa_lws_tls_server }
        if !isServer { unsafe info.options |= qa_lws_tls }
        unsafe info.provided_client_ssl_ctx = client?.context
        unsafe vhost = lws_create_vhost(context, &info)
        guard unsafe vhost == nil else { return nil }
        unsafe lws_context_destroy(context)
        unsafe context = nil
        if DescriptorLimit.isWithin(SocketContext.descriptorsOfContext) { return .outOfDescriptors }
        return .other("libwebsockets could not create its virtual host.")
    }

    /// What a context opens at its start, with room to spare: the plugin, random bytes, the pipe that wakes it, authorities.
    private static let descriptorsOfContext = 8

    /// libwebsockets says only "no": find out by doing what it does.
    private static func whyNoContext() -> SocketError {
        if DescriptorLimit.isWithin(descriptorsOfContext) { return .outOfDescriptors }
        guard let plugin = unsafe dlopen("libwebsockets-evlib_ev.so", RTLD_NOW | RTLD_LOCAL) else {
            return .eventLoopPluginMissing
        }
        unsafe dlclose(plugin)
        return .other("libwebsockets could not create a context.")
    }

    /// Ends everything at once; connections that are still there are told so. Not inside a callback.
    func destroy() {
        loop.preconditionOnLoop()
        guard let doomed = unsafe context else { return }
        becameEmpty = nil
        tick?.cancel()
        unsafe context = nil
        unsafe vhost = nil
        // First, so that no handler runs while the lock is held.
        for connection in connections { connection.abandon() }
        ProcessWide.lock.withLock { _ in unsafe lws_context_destroy(doomed) }
        closing.clear()
        dialing.clear()
    }

    /// Hands an accepted socket to libwebsockets, which closes it from now on, also when this fails. With TLS
    /// its handshake begins at once.
    func adopt(_ descriptor: Int32) {
        guard let vhost = unsafe vhost else {
            close(descriptor)
            return
        }
        if let wsi = unsafe lws_adopt_socket_vhost(vhost, descriptor) { newcomers.came(UInt(bitPattern: wsi)) }
    }

    /// Has libwebsockets end one of its connections soon, never inside this call.
    func dismiss(_ wsi: OpaquePointer?) {
        guard let wsi = unsafe wsi else { return }
        // Both ways: the dead socket is noticed even while other work keeps libwebsockets' timers
        // waiting, and the timer ends also what has no connected socket yet.
        unsafe _ = shutdown(lws_get_socket_fd(wsi), Int32(SHUT_RDWR))
        unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC)
        poke()
    }

    /// Fills in what a dial of this context needs and starts it.
    func connect(_ info: inout lws_client_connect_info) -> OpaquePointer? {
        guard let context = unsafe context, let vhost = unsafe vhost else { return nil }
        unsafe info.context = context
        unsafe info.vhost = vhost
        unsafe info.local_protocol_name = UnsafePointer(name)
        unsafe info.retry_and_idle_policy = UnsafePointer(noPings)
        return unsafe lws_client_connect_via_info(&info)
    }

    /// Makes libwebsockets look at its timers, which it does after an event of its own.
    func poke() {
        guard let context = unsafe context else { return }
        unsafe lws_cancel_service(context)
    }

    func add(_ connection: Connection) {
        connection.slot = connections.count
        connections.append(connection)
    }

    func remove(_ connection: Connection) {
        let slot = connection.slot
        guard connections.indices.contains(slot), connections[slot] === connection else { return }
        connections.swapAt(slot, connections.count - 1)
        connections[slot].slot = slot
        connections.removeLast()
        connection.slot = -1
        if connections.isEmpty { becameEmpty?() }
    }
}

/// What a context demands of its peers.
struct MessageLimits {
    var maximumMessageBytes: Int
    var maximumFragments: Int
    var pingAfterSeconds: UInt16
    var hangUpAfterSeconds: UInt16
}
