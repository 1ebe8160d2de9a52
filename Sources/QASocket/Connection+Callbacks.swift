internal import CLibwebsockets

/// What `socketCallback` passes on, and the ways out of a connection.
extension Connection {
    func established(_ wsi: OpaquePointer) {
        unsafe self.wsi = wsi
        guard state == .dialing || state == .open else {
            // Given up meanwhile, and the handshake has set libwebsockets' timer for its own purpose.
            cut()
            return
        }
        // Never seen: libwebsockets would have to leave our check out.
        guard trustCheck == nil || isBelieved else {
            cut()
            return
        }
        state = .open
        trustCheck = nil
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
        let text = trustFailure?.description ?? text
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
