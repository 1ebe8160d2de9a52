/// Where the hub is, as written on the command line of whoever connects to it.
public struct HubAddress: Equatable, Sendable {
    public enum Fault: Error, Equatable {
        case malformed
    }

    public var host: String
    public var port: Int
    public var path: String
    /// By TLS: `wss` or `https`.
    public var isSecure: Bool

    /// Reads `ws://HOST[:PORT][/PATH]`, or `wss`, `http` and `https`; the path is `/ws` unless there is one, the
    /// port 80, or 443 by TLS.
    public init(_ text: String) throws(Fault) {
        let schemes = [("ws://", false), ("wss://", true), ("http://", false), ("https://", true)]
        guard let scheme = schemes.first(where: { text.hasPrefix($0.0) }) else { throw .malformed }
        isSecure = scheme.1
        let rest = text.dropFirst(scheme.0.count)
        let authority = rest.prefix { $0 != "/" }
        let tail = rest.dropFirst(authority.count)
        path = tail.isEmpty || tail == "/" ? "/ws" : String(tail)
        port = HubAddress.usualPort(isSecure)
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

    private static func usualPort(_ isSecure: Bool) -> Int { isSecure ? 443 : 80 }

    /// Host and port, without the port that goes without saying.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == HubAddress.usualPort(isSecure) ? name : "\(name):\(port)"
    }

    /// What a page from that hub says as its origin.
    public var origin: String { (isSecure ? "https://" : "http://") + authority }

    public var text: String { (isSecure ? "wss://" : "ws://") + authority + path }
}
