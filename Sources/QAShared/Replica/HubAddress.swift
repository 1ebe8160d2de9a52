/// Where the hub is, as written on the command line of whoever connects to it.
public struct HubAddress: Equatable, Sendable {
    public enum Fault: Error, Equatable {
        case malformed
        /// `wss://`: whoever asks has no TLS.
        case needsTLS
    }

    public var host: String
    public var port: Int
    public var path: String

    /// Reads `ws://HOST[:PORT][/PATH]`; the path is `/ws` unless there is one.
    public init(_ text: String) throws(Fault) {
        if text.hasPrefix("wss://") { throw .needsTLS }
        guard text.hasPrefix("ws://") else { throw .malformed }
        let rest = text.dropFirst(5)
        let authority = rest.prefix { $0 != "/" }
        let tail = rest.dropFirst(authority.count)
        path = tail.isEmpty || tail == "/" ? "/ws" : String(tail)
        port = 80
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .malformed }
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            let after = authority[authority.index(after: end)...]
            if !after.isEmpty {
                guard after.first == ":" else { throw .malformed }
                portText = after.dropFirst()
            }
        } else {
            let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2 else { throw .malformed }
            host = String(parts[0])
            portText = parts.count == 2 ? parts[1] : nil
        }
        if let portText {
            guard let number = Int(portText), (1...65_535).contains(number) else {
                throw .malformed
            }
            port = number
        }
        let isClean = (host + path).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x40 }
        guard !host.isEmpty, isClean else { throw .malformed }
    }
    /// Host and port: what a page from that hub says as its origin, but for the scheme.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }

    public var text: String { "ws://\(authority)\(path)" }
}
