internal import CLibwebsockets

/// The only function libwebsockets calls. Finds out whom it is for and passes the call on.
///
/// `user` is the connection of a WebSocket, retained from its handshake or dial until `release` below,
/// at CLOSED or CLIENT_CONNECTION_ERROR, or at the latest WSI_DESTROY: a dial that fails while its
/// request is sent ends with that alone. The context's user pointer is its `SocketContext`, which
/// outlives the context.
func socketCallback(
    wsi: OpaquePointer?, reason: lws_callback_reasons, user: UnsafeMutableRawPointer?,
    input: UnsafeMutableRawPointer?, count: Int
) -> Int32 {
    guard let wsi = unsafe wsi else { return 0 }
    switch reason {
    case LWS_CALLBACK_SERVER_WRITEABLE, LWS_CALLBACK_CLIENT_WRITEABLE:
        return unsafe connection(user)?.becameWritable() ?? 0
    case LWS_CALLBACK_RECEIVE, LWS_CALLBACK_CLIENT_RECEIVE:
        let piece = unsafe UnsafeRawBufferPointer(start: input, count: count)
        return unsafe connection(user)?.receivedPiece(piece) ?? 0
    case LWS_CALLBACK_RECEIVE_PONG, LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        unsafe connection(user)?.receivedPong()
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        unsafe connection(user)?.established(wsi)
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        let payload = unsafe UnsafeRawBufferPointer(start: input, count: count)
        return unsafe connection(user)?.peerBeganClosing(payload) ?? 0
    case LWS_CALLBACK_CLOSED, LWS_CALLBACK_CLIENT_CLOSED:
        unsafe release(user, of: wsi)?.closedByLibrary(wsi)
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        let text = unsafe UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)
        let reason = unsafe DialFailure.reason(wsi, text)
        unsafe release(user, of: wsi)?.dialFailed(reason)
    case LWS_CALLBACK_WSI_DESTROY:
        unsafe release(user, of: wsi)?.dialFailed("the connection broke")
        if unsafe isServer(wsi) {
            unsafe context(of: wsi)?.socketCount -= 1
            unsafe context(of: wsi)?.newcomers.left(UInt(bitPattern: wsi))
            unsafe context(of: wsi)?.replies.removeValue(forKey: UInt(bitPattern: wsi))?.forget()
        }
    case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
        // `user` is OpenSSL's here.
        return unsafe connection(lws_wsi_user(wsi))?.certificateShown(user) ?? 1
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
        // Without a connection: the vhost is being made, and `user` is its SSL_CTX.
        return unsafe context(of: wsi)?.tls?.configure(OpaquePointer(user)) == true ? 0 : -1
    default:
        return unsafe serverCallback(wsi: wsi, reason: reason, input: input, count: count)
    }
    return 0
}

/// Reasons that only a server's HTTP sockets have.
private func serverCallback(
    wsi: OpaquePointer, reason: lws_callback_reasons, input: UnsafeMutableRawPointer?, count: Int
) -> Int32 {
    switch reason {
    case LWS_CALLBACK_WSI_CREATE:
        if unsafe isServer(wsi) { unsafe context(of: wsi)?.socketCount += 1 }
    case LWS_CALLBACK_HTTP:
        return unsafe context(of: wsi)?.endpoint?.answer(wsi) ?? -1
    case LWS_CALLBACK_HTTP_BODY:
        let piece = unsafe UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)
        return unsafe context(of: wsi)?.endpoint?.bodyPiece(wsi, piece) ?? -1
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return unsafe context(of: wsi)?.endpoint?.bodyEnded(wsi) ?? -1
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return unsafe context(of: wsi)?.endpoint?.becameWritable(wsi) ?? -1
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return unsafe context(of: wsi)?.endpoint?.confirmUpgrade(wsi) ?? -1
    case LWS_CALLBACK_ESTABLISHED:
        return unsafe context(of: wsi)?.endpoint?.established(wsi) ?? -1
    case LWS_CALLBACK_RAW_ADOPT, LWS_CALLBACK_RAW_RX:
        // CONNECT would leave HTTP for raw bytes: hang up.
        return -1
    default:
        break
    }
    return 0
}

private func isServer(_ wsi: OpaquePointer) -> Bool {
    unsafe context(of: wsi)?.isServer ?? false
}

private func context(of wsi: OpaquePointer) -> SocketContext? {
    guard let user = unsafe lws_context_user(lws_get_context(wsi)) else { return nil }
    return unsafe Unmanaged<SocketContext>.fromOpaque(user).takeUnretainedValue()
}

private func connection(_ user: UnsafeMutableRawPointer?) -> Connection? {
    guard let user = unsafe user else { return nil }
    return unsafe Unmanaged<Connection>.fromOpaque(user).takeUnretainedValue()
}

/// Takes the connection back from libwebsockets, which must not hand it out any more.
private func release(_ user: UnsafeMutableRawPointer?, of wsi: OpaquePointer) -> Connection? {
    guard let user = unsafe user else { return nil }
    unsafe lws_set_wsi_user(wsi, nil)
    return unsafe Unmanaged<Connection>.fromOpaque(user).takeRetainedValue()
}
