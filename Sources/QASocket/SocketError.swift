/// Why a loop, an endpoint or a dialer could not be set up.
public enum SocketError: Error, Equatable, Sendable {
    case portInUse(address: String, port: Int)
    /// The address is not one of this machine's, or is not an address.
    case addressUnavailable(address: String)
    /// Ports below 1024 need a capability.
    case portForbidden(port: Int)
    /// libwebsockets could not load its libev plugin.
    case eventLoopPluginMissing
    case outOfDescriptors
    case other(String)
}

extension SocketError: CustomStringConvertible {
    /// One sentence for the person who starts the program.
    public var description: String {
        switch self {
        case .portInUse(let address, let port):
            "Port \(port) of \(address) is already in use by another program."
        case .addressUnavailable(let address):
            "\(address) is not an address of this machine."
        case .portForbidden(let port):
            "Port \(port) may not be opened by this user (ports below 1024 need CAP_NET_BIND_SERVICE)."
        case .eventLoopPluginMissing:
            "libwebsockets cannot load its libev plugin: install the package libwebsockets-evlib-ev."
        case .outOfDescriptors:
            "No file descriptors are left: raise the limit (ulimit -n, or LimitNOFILE= of the service)."
        case .other(let text):
            text
        }
    }
}
