internal import CLibwebsockets

/// How an endpoint listens and what it allows.
public struct EndpointOptions: Sendable {
    /// A numeric address; nil is all interfaces, IPv4 and IPv6.
    public var address: String?
    /// 0 is any free port.
    public var port: Int
    /// The one WebSocket subprotocol that is spoken.
    public var subprotocol: String
    /// The one path on which WebSockets open.
    public var path = "/ws"
    public var maximumMessageBytes = 16_384
    /// Frames of one message.
    public var maximumFragments = 64
    /// After so much silence a peer is pinged.
    public var pingAfterSeconds: UInt16 = 10
    /// After so much silence a peer is taken for gone.
    public var hangUpAfterSeconds: UInt16 = 20
    /// Sockets, WebSocket or not; 0 is what the limit of file descriptors leaves.
    public var maximumConnections = 0
    /// Sockets that are another endpoint's of this process, of those that the limit leaves.
    public var keptForOthers = 0
    /// Nothing but TLS is spoken when there is one. HSTS is a matter of `responseHeaders`.
    public var tls: TLSIdentity?
    /// By TLS alone: a certificate is demanded of every client.
    public var clients: ClientTrust?
    /// With what a connection is closed whose client's certificate was taken back.
    public var revokedCode: UInt16 = 1008
    /// Added to every HTTP response.
    public var responseHeaders: [(name: String, value: String)] = []

    public init(address: String? = nil, port: Int = 0, subprotocol: String = "qarelay.v1") {
        self.address = address
        self.port = port
        self.subprotocol = subprotocol
    }
}

/// A server for HTTP/1.1 and WebSockets on one port, plain or by TLS 1.2 and 1.3. Confined to its loop.
///
/// It stays alive until `close` has finished, whoever lets go of it.
public final class Endpoint {
    /// Sockets beyond the maximum that are let in to be told "503, later" instead of being dropped.
    static let overflow = 32
    /// From so many free places on, at most, sockets that are no WebSockets make way for newer ones.
    static let spare = 16

    private(set) var options: EndpointOptions
    let handler: any EndpointHandler
    let context: SocketContext
    let maximumSockets: Int
    private(set) var isClosing = false
    private let loop: Loop
    private var listener: Listener?
    /// The port that is listened on.
    public private(set) var port = 0
    private var hasEnded = false
    private var whenDone: [() -> Void] = []
    // The cycle that keeps an open endpoint alive; cut when it is closed.
    private var keepAlive: Endpoint?

    /// Listens at once. Fails with the true cause if that is not possible.
    public init(loop: Loop, options: EndpointOptions, handler: any EndpointHandler) throws(SocketError) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.options = options
        self.handler = handler
        let limits = MessageLimits(
            maximumMessageBytes: options.maximumMessageBytes, maximumFragments: options.maximumFragments,
            pingAfterSeconds: options.pingAfterSeconds, hangUpAfterSeconds: options.hangUpAfterSeconds)
        context = try SocketContext(
            loop: loop, protocolName: options.subprotocol, isServer: true, limits: limits, tls: options.tls,
            clients: options.clients)
        let available = max(1, DescriptorLimit.current - DescriptorLimit.reserve - options.keptForOthers)
        maximumSockets = options.maximumConnections == 0 ? available : options.maximumConnections
        context.endpoint = self
        do throws(SocketError) {
            listener = try Listener(loop: loop, address: options.address, port: options.port) {
                [unowned self] in self.accepted($0)
            }
        } catch {
            context.destroy()
            throw error
        }
        port = listener?.port ?? 0
        keepAlive = self
    }

    /// Open WebSockets.
    public var connectionCount: Int {
        loop.preconditionOnLoop()
        return context.connections.count
    }

    /// Added to every response from now on.
    public var responseHeaders: [(name: String, value: String)] {
        get { options.responseHeaders }
        set {
            loop.preconditionOnLoop()
            options.responseHeaders = newValue
        }
    }

    /// How many sockets there may be.
    public var places: Int { maximumSockets }

    /// How many more WebSockets there is room for; sockets that are none make way for them.
    public var freePlaces: Int {
        loop.preconditionOnLoop()
        return maximumSockets - context.connections.count
    }

    /// Whether a request waits for an answer, or its answer for the peer to take it.
    public var owesReplies: Bool {
        loop.preconditionOnLoop()
        return context.replies.values.contains { $0.awaits == nil }
    }

    /// Reads the files of `EndpointOptions.tls` again: whoever connects from now on sees what they hold, open
    /// connections stay. When it fails everything is as before.
    public func reloadTLS() throws(SocketError) -> CertificateFacts {
        loop.preconditionOnLoop()
        guard let tls = context.tls else { throw .tlsOff }
        let facts = try tls.reload()
        guard let clients = tls.clients else { return facts }
        // Whoever is here by a certificate that was taken back since has to go.
        for connection in context.connections where !connection.holds(clients) {
            connection.close(code: options.revokedCode, reason: "certificate no longer valid")
        }
        return facts
    }

    /// Stops accepting at once, says 1001 to every WebSocket, waits up to 2 s for them to leave, and
    /// then calls `whenDone`, with everything released and every `closed` delivered.
    public func close(whenDone: @escaping () -> Void) {
        loop.preconditionOnLoop()
        guard !hasEnded else {
            loop.afterCallbacks(whenDone)
            return
        }
        self.whenDone.append(whenDone)
        guard !isClosing else { return }
        isClosing = true
        listener?.close()
        listener = nil
        let deadline = loop.timer(afterMilliseconds: 2250) { self.end() }
        context.becameEmpty = {
            deadline.cancel()
            self.end()
        }
        if context.connections.isEmpty { context.becameEmpty?() }
        for connection in context.connections { connection.close(code: 1001, reason: "going away") }
    }

    /// True while another socket may do more than be told to come back later.
    var hasRoom: Bool { staying <= maximumSockets }

    /// Sockets but for those that have been told to go.
    private var staying: Int { context.socketCount - context.newcomers.leaving }

    func established(_ wsi: OpaquePointer) -> Int32 {
        let connection = Connection(
            context: context, handler: handler, peerAddress: unsafe RequestReader(wsi).peerAddress, state: .open)
        if options.clients != nil { connection.peerCertificate = unsafe PeerCertificate(ssl: lws_get_ssl(wsi)) }
        let request = unsafe RequestReader(wsi)
        connection.hasOrigin = request.has(WSI_TOKEN_ORIGIN)
        connection.query = request.query
        connection.forwardedFor = request.headers.forwardedFor
        context.newcomers.left(UInt(bitPattern: wsi))
        // Given back in CLOSED or when the context is destroyed.
        unsafe lws_set_wsi_user(wsi, Unmanaged.passRetained(connection).toOpaque())
        context.add(connection)
        unsafe connection.established(wsi)
        return 0
    }

    private func accepted(_ socket: Int32) {
        makeRoom()
        let descriptorsEnd = Int(socket) >= DescriptorLimit.current - DescriptorLimit.reserve / 4
        if descriptorsEnd || staying >= maximumSockets + Endpoint.overflow {
            Responder.turnAway(socket, isSecure: context.tls != nil)
        } else {
            context.adopt(socket)
        }
    }

    /// Whoever opens sockets and says nothing, or only loads pages, keeps nobody out: the oldest of those goes before all
    /// places are taken. Where WebSockets have them all there is nothing to be won by it.
    private func makeRoom() {
        let spare = min(Endpoint.spare, maximumSockets / 4)
        guard staying >= maximumSockets - spare, context.connections.count < maximumSockets else { return }
        guard let oldest = context.newcomers.dismissOldest(), let wsi = unsafe OpaquePointer(bitPattern: oldest) else {
            return
        }
        // Whoever was about to ask is told to come again; in the middle of an answer there is no place for another.
        if context.tls == nil, context.replies[oldest] == nil, unsafe lws_partial_buffered(wsi) == 0 {
            Responder.sayBusy(unsafe lws_get_socket_fd(wsi))
        }
        unsafe context.dismiss(wsi)
    }

    private func end() {
        context.becameEmpty = nil
        loop.afterCallbacks {
            self.context.destroy()
            self.hasEnded = true
            let calls = self.whenDone
            self.whenDone = []
            self.keepAlive = nil
            for call in calls { call() }
        }
    }
}
