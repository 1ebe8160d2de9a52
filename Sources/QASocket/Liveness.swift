internal import CLibwebsockets

/// Pings, and the end of those who do not answer.
///
/// Only a pong counts as a sign of life: a peer that talks but does not read is as good as gone.
extension SocketContext {
    /// Twice a second. One look at every connection costs less than a timer for each.
    func checkLiveness() {
        lastLook = loop.monotonicMilliseconds
        for connection in connections { connection.checkLiveness(now: lastLook) }
    }
}

extension Connection {
    fileprivate func checkLiveness(now: Int64) {
        guard state == .open, let wsi = unsafe wsi else { return }
        let silence = now - lastPong
        if silence >= Int64(context.limits.hangUpAfterSeconds) * 1000 {
            cut()
        } else if !isPingUnderWay, silence >= pingAfter {
            isPingUnderWay = true
            owesPing = true
            unsafe _ = lws_callback_on_writable(wsi)
        }
    }

    /// Earlier by up to a third, each at its own time, so that a crowd that came together is not pinged
    /// together.
    private var pingAfter: Int64 {
        let latest = Int64(context.limits.pingAfterSeconds) * 1000
        return latest - Int64(id % 16) * latest / 48
    }

    /// LWS_CALLBACK_RECEIVE_PONG
    func receivedPong() {
        lastPong = context.lastLook
        isPingUnderWay = false
    }

    /// The one write of a writable callback.
    func writePing() -> Int32 {
        owesPing = false
        guard let wsi = unsafe wsi else { return -1 }
        // Not empty: libwebsockets keeps an empty pong to itself.
        var bytes = [UInt8](repeating: 0x2e, count: Int(qa_lws_pre) + 1)
        let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(-1) }
            return unsafe lws_write(wsi, start + Int(qa_lws_pre), 1, LWS_WRITE_PING)
        }
        return written < 0 ? -1 : 0
    }
}
