import Glibc

/// A TCP client that says exactly what it is told.
final class RawClient {
    private let socket: Int32
    private var pending: [UInt8] = []
    private(set) var isAtEnd = false

    private let port: Int

    init(port: Int, receiveBuffer: Int32? = nil, connects: Bool = true) {
        self.port = port
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: 15, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if connects { connect() }
    }

    /// A socket that is there before it is needed.
    static func unconnected(port: Int) -> RawClient { RawClient(port: port, connects: false) }

    func connect() {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { isAtEnd = true }
    }

    deinit { close(socket) }

    /// Goes without a word, as a test that is over does, so that nobody waits for it.
    func quit() { shutdown(socket, Int32(SHUT_RDWR)) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads more; false at the end, or when nothing comes for long.
    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        repeat { count = recv(socket, &buffer, buffer.count, 0) } while count < 0 && errno == EINTR
        guard count > 0 else {
            isAtEnd = true
            return false
        }
        pending += buffer[..<count]
        return true
    }

    /// An HTTP response: its head, and what came after.
    func head() -> String {
        while true {
            if let end = pending.indices.dropLast(3).first(where: { Array(pending[$0..<$0 + 4]) == [13, 10, 13, 10] }) {
                let head = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 4)
                return head
            }
            if !fill() { return String(decoding: pending, as: UTF8.self) }
        }
    }

    func body(_ count: Int) -> String {
        while pending.count < count, fill() {}
        let body = String(decoding: pending.prefix(count), as: UTF8.self)
        pending.removeFirst(min(count, pending.count))
        return body
    }

    /// Everything up to the end of the connection.
    func rest() -> String {
        while fill() {}
        return String(decoding: pending, as: UTF8.self)
    }

    // MARK: - WebSocket

    static func upgrade(
        _ extra: String = "", path: String = "/ws", version: String = "13", subprotocol: String? = "qarelay.v1",
        upgrade: String = "websocket"
    ) -> String {
        "GET \(path) HTTP/1.1\r\nHost: test\r\nUpgrade: \(upgrade)\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: \(version)\r\n"
            + (subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "") + extra + "\r\n"
    }

    /// Shakes hands; the head of the answer.
    func open() -> String {
        send(RawClient.upgrade())
        return head()
    }

    static func frame(_ payload: [UInt8], opcode: UInt8 = 1, final: Bool = true, announcing: Int? = nil) -> [UInt8] {
        let count = announcing ?? payload.count
        var bytes: [UInt8] = [(final ? 0x80 : 0) | opcode]
        if count < 126 {
            bytes.append(0x80 | UInt8(count))
        } else if count < 65_536 {
            bytes += [0x80 | 126, UInt8(count >> 8), UInt8(count & 255)]
        } else {
            bytes.append(0x80 | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
        }
        let mask: [UInt8] = [1, 2, 3, 4]
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    struct Received: Equatable {
        var opcode: UInt8
        var payload: [UInt8]
        var text: String { String(decoding: payload, as: UTF8.self) }
        /// Of a close frame.
        var code: Int { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : 1005 }
    }

    func frame() -> Received? {
        while pending.count < 2 { if !fill() { return nil } }
        var header = 2
        var count = Int(pending[1] & 0x7f)
        if count >= 126 {
            header += count == 126 ? 2 : 8
            while pending.count < header { if !fill() { return nil } }
            count = pending[2..<header].reduce(0) { $0 << 8 | Int($1) }
        }
        while pending.count < header + count { if !fill() { return nil } }
        let received = Received(opcode: pending[0] & 15, payload: Array(pending[header..<header + count]))
        pending.removeFirst(header + count)
        return received
    }

    /// The code of the close frame that comes, whatever comes before it; nil if the connection just ends.
    func closeCode() -> Int? {
        while let frame = frame() { if frame.opcode == 8 { return frame.code } }
        return nil
    }
}
