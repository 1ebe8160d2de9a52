import Glibc

/// A listening TCP socket on a loop, which accepts for an endpoint.
///
/// Ours instead of libwebsockets', so that the reason of a failure is known, a storm of connections is
/// taken in portions, accepting can stop at once, and a lack of descriptors does not become a busy loop.
final class Listener {
    /// At most so many a turn: the others on the loop wait meanwhile.
    private static let portion = 64

    let port: Int
    private let loop: Loop
    private let descriptor: Int32
    private let accepted: (Int32) -> Void
    private var watch: FileWatch?
    private var pause: LoopTimer?

    /// `accepted` gets a descriptor of its own each time, non-blocking and without Nagle's delay.
    init(loop: Loop, address: String?, port: Int, accepted: @escaping (Int32) -> Void) throws(SocketError) {
        self.loop = loop
        self.accepted = accepted
        descriptor = try Listener.open(address: address, port: port)
        self.port = Listener.port(of: descriptor)
        resume()
    }

    /// Refuses everyone from now on.
    func close() {
        guard watch != nil || pause != nil else { return }
        watch?.cancel()
        pause?.cancel()
        watch = nil
        pause = nil
        _ = Glibc.close(descriptor)
    }

    private func resume() {
        pause = nil
        watch = loop.watchReadable(fileDescriptor: descriptor) { [unowned self] in self.accept() }
    }

    private func accept() {
        for _ in 0..<Listener.portion {
            let socket = Glibc.accept(descriptor, nil, nil)
            guard socket >= 0 else {
                handleFailure(errno)
                return
            }
            tune(socket)
            accepted(socket)
            if watch == nil { return }
        }
    }

    private func handleFailure(_ error: Int32) {
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error) else { return }
        // The waiting connection stays readable: look again later instead of in every turn.
        QASocketLog.emit("accept: \(unsafe String(cString: strerror(error)))")
        watch?.cancel()
        watch = nil
        pause = loop.timer(afterMilliseconds: 200) { [unowned self] in self.resume() }
    }

    private func tune(_ socket: Int32) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // "Writable" shall mean that the peer takes bytes, not that the kernel can hoard megabytes.
        set(socket, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 16_384)
    }
}

extension Listener {
    private static func open(address: String?, port: Int) throws(SocketError) -> Int32 {
        guard let address else {
            // Both families on one socket; machines without IPv6 fall back.
            do {
                return try open(SocketAddress(any: AF_INET6, port: port), name: "all interfaces")
            } catch SocketError.addressUnavailable {
                return try open(SocketAddress(any: AF_INET, port: port), name: "all interfaces")
            }
        }
        guard let parsed = SocketAddress(address, port: port) else {
            throw .addressUnavailable(address: address)
        }
        return try open(parsed, name: address)
    }

    private static func open(_ address: SocketAddress, name: String) throws(SocketError) -> Int32 {
        let socket = Glibc.socket(
            address.family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw reason(errno, name: name, port: address.port) }
        set(socket, SOL_SOCKET, SO_REUSEADDR, 1)
        if address.family == AF_INET6 { set(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, address.isAny ? 0 : 1) }
        guard unsafe address.withPointer({ unsafe bind(socket, $0, $1) }) == 0, listen(socket, 1024) == 0 else {
            let error = errno
            _ = Glibc.close(socket)
            throw reason(error, name: name, port: address.port)
        }
        return socket
    }

    private static func reason(_ error: Int32, name: String, port: Int) -> SocketError {
        switch error {
        case EADDRINUSE: .portInUse(address: name, port: port)
        case EADDRNOTAVAIL, EAFNOSUPPORT: .addressUnavailable(address: name)
        case EACCES, EPERM: .portForbidden(port: port)
        case EMFILE, ENFILE: .outOfDescriptors
        default: .other("Port \(port) of \(name): \(unsafe String(cString: strerror(error))).")
        }
    }

    private static func port(of socket: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(socket, $0, &length) }
        }
        guard result == 0 else { return 0 }
        return unsafe withUnsafeBytes(of: &storage) { Int(unsafe $0[2]) << 8 | Int(unsafe $0[3]) }
    }
}

private func set(_ socket: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe _ = setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
