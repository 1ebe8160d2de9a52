import Glibc

/// A numeric IPv4 or IPv6 address with a port, as the system calls want it.
struct SocketAddress {
    let family: Int32
    let port: Int
    let isAny: Bool
    private var storage = sockaddr_storage()

    /// nil if `text` is not a numeric address.
    init?(_ text: String, port: Int) {
        var v4 = in_addr()
        var v6 = in6_addr()
        self.port = port
        if unsafe inet_pton(AF_INET, text, &v4) == 1 {
            family = AF_INET
            isAny = v4.s_addr == 0
            fill(v4: v4)
        } else if unsafe inet_pton(AF_INET6, text, &v6) == 1 {
            family = AF_INET6
            isAny = false
            fill(v6: v6)
        } else {
            return nil
        }
    }

    /// Every interface.
    init(any family: Int32, port: Int) {
        self.family = family
        self.port = port
        isAny = true
        if family == AF_INET6 { fill(v6: in6_addr()) } else { fill(v4: in_addr()) }
    }

    private mutating func fill(v4 address: in_addr) {
        var whole = sockaddr_in()
        whole.sin_family = sa_family_t(AF_INET)
        whole.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        whole.sin_addr = address
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: whole, as: sockaddr_in.self) }
    }

    private mutating func fill(v6 address: in6_addr) {
        var whole = sockaddr_in6()
        whole.sin6_family = sa_family_t(AF_INET6)
        whole.sin6_port = in_port_t(truncatingIfNeeded: port).bigEndian
        whole.sin6_addr = address
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: whole, as: sockaddr_in6.self) }
    }

    func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        let size = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        return unsafe withUnsafePointer(to: storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(size)) }
        }
    }

    static func isNumeric(_ text: String) -> Bool { SocketAddress(text, port: 0) != nil }
}
