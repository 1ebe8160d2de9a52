internal import CLibwebsockets
import Glibc

/// Opens WebSockets to servers, any number of them, on one loop. Confined to its loop.
///
/// It stays alive until `close` has finished, whoever lets go of it.
public final class Dialer {
    private let loop: Loop
    private let context: SocketContext
    private var isClosing = false
    private var hasEnded = false
    private var whenDone: [() -> Void] = []
    // The cycle that keeps an open dialer alive; cut when it is closed.
    private var keepAlive: Dialer?

    /// Messages up to `maximumMessageBytes` are taken from servers. `identity` is shown to those that ask who calls.
    public init(
        loop: Loop, maximumMessageBytes: Int = 1 << 20, pingAfterSeconds: UInt16 = 10,
        hangUpAfterSeconds: UInt16 = 20, identity: ClientIdentity? = nil
    ) throws(SocketError) {
        loop.preconditionOnLoop()
        self.loop = loop
        context = try SocketContext(
            loop: loop, protocolName: "dialer", isServer: false,
            limits: MessageLimits(
                maximumMessageBytes: maximumMessageBytes, maximumFragments: 1024,
                pingAfterSeconds: pingAfterSeconds, hangUpAfterSeconds: hangUpAfterSeconds), identity: identity)
        keepAlive = self
    }

    /// Begins to connect. The result reaches `handler`, never before this returns: `opened`, or `failed`
    /// and `closed` with 1006, within 10 s.
    ///
    /// Names are looked up on a thread of their own. `localAddress` is a numeric address to call from. With
    /// `tls` the server has to be believed as `host`, before it is told anything; `Connection.trustFailure` says
    /// why it was not.
    public func dial(
        host: String, port: Int, path: String, subprotocol: String, hostHeader: String? = nil,
        origin: String? = nil, localAddress: String? = nil, tls: TLSTrust? = nil, handler: any ConnectionHandler
    ) -> Connection {
        loop.preconditionOnLoop()
        let connection = Connection(context: context, handler: handler, peerAddress: "", state: .dialing)
        let name = host.contains(":") ? "[\(host)]" : host
        let named = port == (tls == nil ? 80 : 443) ? name : "\(name):\(port)"
        let call = Call(
            port: port, path: path, subprotocol: subprotocol, hostHeader: hostHeader ?? named,
            origin: origin, localAddress: localAddress)
        guard !isClosing else {
            loop.afterCallbacks { connection.dialFailed("the dialer is closed") }
            return connection
        }
        context.add(connection)
        context.dialing.add(connection)
        do throws(SocketError) {
            connection.trustCheck = try tls.map { (trust) throws(SocketError) in try TrustCheck(trust, host: host) }
        } catch {
            loop.afterCallbacks { connection.dialFailed(error.description) }
            return connection
        }
        if SocketAddress.isNumeric(host) {
            begin(call, to: host, connection)
        } else {
            loop.resolver.addresses(of: host) { [self] addresses in
                guard let first = addresses.first else {
                    connection.dialFailed("\(host) has no address")
                    return
                }
                begin(call, to: first, connection)
            }
        }
        return connection
    }

    /// Says 1001 to every server, waits up to 2 s, and then calls `whenDone`.
    public func close(whenDone: @escaping () -> Void) {
        loop.preconditionOnLoop()
        guard !hasEnded else {
            loop.afterCallbacks(whenDone)
            return
        }
        self.whenDone.append(whenDone)
        guard !isClosing else { return }
        isClosing = true
        let deadline = loop.timer(afterMilliseconds: 2250) { self.end() }
        context.becameEmpty = {
            deadline.cancel()
            self.end()
        }
        if context.connections.isEmpty { context.becameEmpty?() }
        for connection in context.connections { connection.close(code: 1001, reason: "going away") }
    }

    private func begin(_ call: Call, to address: String, _ connection: Connection) {
        guard connection.state == .dialing else { return }
        guard !isClosing, let wsi = unsafe call.connect(in: context, to: address, connection) else {
            loop.afterCallbacks { connection.dialFailed("\(address): no connection") }
            return
        }
        unsafe connection.wsi = wsi
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

/// What to ask of a server, whatever its address turns out to be.
private struct Call {
    let port: Int
    let path: String
    let subprotocol: String
    let hostHeader: String
    let origin: String?
    let localAddress: String?

    /// nil if it failed at once; libwebsockets has then told nobody.
    func connect(in context: SocketContext, to address: String, _ connection: Connection) -> OpaquePointer? {
        // libwebsockets copies the strings, so they need to live only until it returns.
        let strings = unsafe [address, path, hostHeader, subprotocol, origin, localAddress, "http/1.1"].map { text in
            unsafe text.flatMap { unsafe strdup($0) }
        }
        defer { unsafe strings.forEach { unsafe free($0) } }
        var info = unsafe lws_client_connect_info()
        unsafe info.address = UnsafePointer(strings[0])
        unsafe info.path = UnsafePointer(strings[1])
        unsafe info.host = UnsafePointer(strings[2])
        unsafe info.protocol = UnsafePointer(strings[3])
        unsafe info.origin = UnsafePointer(strings[4])
        unsafe info.iface = UnsafePointer(strings[5])
        unsafe info.port = Int32(port)
        if connection.trustCheck != nil {
            unsafe info.ssl_connection = qa_lws_client_tls
            unsafe info.alpn = UnsafePointer(strings[6])
        }
        // Given back by the callback, or here if it failed before there was anything to destroy.
        let retained = unsafe Unmanaged.passRetained(connection)
        unsafe info.userdata = retained.toOpaque()
        connection.isStarting = true
        let wsi = unsafe context.connect(&info)
        connection.isStarting = false
        if unsafe wsi == nil, !connection.hasFailedAtOnce { unsafe retained.release() }
        return unsafe wsi
    }
}

/// Turns what libwebsockets knows of a failed dial into a line of text.
enum DialFailure {
    static func reason(_ wsi: OpaquePointer, _ text: UnsafeRawBufferPointer) -> String {
        let said = unsafe String(decoding: text, as: UTF8.self)
        let status = unsafe lws_http_client_http_response(wsi)
        return status > 0 && status != 101 ? "HTTP status \(status)" : said
    }
}

extension SocketContext {
    /// Sends a frame from a client: masked, so from a copy.
    func writeMasked(_ frame: Frame, to wsi: OpaquePointer) -> Int32 {
        let headroom = Int(qa_lws_pre)
        return unsafe frame.withBytes { payload in
            maskingBuffer.removeAll(keepingCapacity: true)
            maskingBuffer.append(contentsOf: repeatElement(0, count: headroom))
            unsafe maskingBuffer.append(contentsOf: payload)
            return unsafe maskingBuffer.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return -1 }
                return unsafe lws_write(wsi, start + headroom, payload.count, LWS_WRITE_TEXT)
            }
        }
    }
}
