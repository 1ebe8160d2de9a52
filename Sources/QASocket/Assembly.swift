internal import CLibwebsockets

/// The beginning of a message whose end has not arrived yet.
struct Assembly {
    var bytes: [UInt8] = []
    var fragments = 0
}

extension Connection {
    /// One piece of a message, as libwebsockets hands it over. Not 0 closes the connection.
    func receivedPiece(_ piece: UnsafeRawBufferPointer) -> Int32 {
        guard state == .open, let wsi = unsafe wsi else { return 0 }
        if unsafe lws_frame_is_binary(wsi) != 0 {
            return leave(code: 1003, reason: "text messages only")
        }
        // The frame's header has said how much is to come: no need to wait for it.
        let ahead = unsafe lws_remaining_packet_payload(wsi)
        let known = assembly.bytes.count + piece.count
        let limit = context.limits.maximumMessageBytes
        guard known <= limit, ahead <= limit - known else {
            return leave(code: 1009, reason: "message too long")
        }
        if ahead > 0 {
            assembly.bytes.reserveCapacity(known + ahead)
            unsafe assembly.bytes.append(contentsOf: piece)
            return 0
        }
        assembly.fragments += 1
        guard unsafe lws_is_final_fragment(wsi) == 0 else { return unsafe receivedLast(piece) }
        guard assembly.fragments < context.limits.maximumFragments else {
            return leave(code: 1008, reason: "too many fragments")
        }
        unsafe assembly.bytes.append(contentsOf: piece)
        return 0
    }

    private func receivedLast(_ piece: UnsafeRawBufferPointer) -> Int32 {
        // A server's libwebsockets has checked the text, but misses a character that an empty last
        // fragment leaves unfinished. A client's must not check: see `leave`.
        let isChecked = context.isServer && assembly.fragments == 1
        assembly.fragments = 0
        if assembly.bytes.isEmpty { return unsafe deliver(piece, isChecked: isChecked) }
        var message: [UInt8] = []
        swap(&message, &assembly.bytes)
        unsafe message.append(contentsOf: piece)
        return unsafe message.withUnsafeBytes { unsafe deliver($0, isChecked: isChecked) }
    }

    private func deliver(_ message: UnsafeRawBufferPointer, isChecked: Bool) -> Int32 {
        guard unsafe isChecked || String(validating: message, as: UTF8.self) != nil else {
            return leave(code: 1007, reason: "bad utf8")
        }
        unsafe handler.received(self, message)
        return 0
    }

    /// Closes because of what the peer sent.
    ///
    /// The client of libwebsockets 4.1.6 does not reset its receive buffer when this callback returns an
    /// error (nor when its own UTF-8 check does), and then writes what the server sends next behind the
    /// buffer's end. So a client stops listening and says goodbye when it is next writable.
    private func leave(code: UInt16, reason: String) -> Int32 {
        if context.isServer { return refuse(code: code, reason: reason) }
        assembly = Assembly()
        close(code: code, reason: reason)
        return 0
    }
}
