import QAShared

/// Under which names the hub is reached, and so which hosts and origins are its own.
struct Site: Sendable {
    /// `scheme://host[:port]` without a slash at the end: what links and QR codes carry.
    let publicURL: String
    private let hosts: Set<String>

    /// Nil when the address is not `http://…` or `https://…` with nothing behind the port.
    init?(publicURL: String, machineName: String) {
        guard let parts = Self.parts(of: publicURL) else { return nil }
        self.publicURL = parts.scheme + "://" + parts.authority
        hosts = [Self.name(of: parts.authority), "localhost", machineName.lowercased()]
    }

    /// Scheme and authority of an origin or address; nil for anything with a path.
    private static func parts(of url: String) -> (scheme: String, authority: String)? {
        for scheme in ["http", "https"] where url.lowercased().hasPrefix(scheme + "://") {
            var rest = url.dropFirst(scheme.utf8.count + 3)
            if rest.hasSuffix("/") { rest = rest.dropLast() }
            guard isAuthority(rest) else { return nil }
            return (scheme, rest.lowercased())
        }
        return nil
    }

    /// A name or address, in brackets for IPv6, and perhaps a port.
    private static func isAuthority(_ text: Substring) -> Bool {
        var host = text
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[text.startIndex...end]
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
        }
        let behind = text[host.endIndex...]
        guard behind.isEmpty || behind.hasPrefix(":") && (1...65_535).contains(Int(behind.dropFirst()) ?? 0) else {
            return false
        }
        if host.hasPrefix("[") { return isAddress(String(host)) }
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
            }
    }

    /// The authority without its port.
    private static func name(of authority: String) -> String {
        let lower = authority.lowercased()
        if lower.hasPrefix("["), let end = lower.firstIndex(of: "]") {
            // Whatever follows on a bracket but a port makes it another name.
            let rest = lower[lower.index(after: end)...]
            return rest.isEmpty || rest.hasPrefix(":") ? String(lower[...end]) : lower
        }
        return String(lower.prefix { $0 != ":" })
    }

    /// Whether a `Host` header names this hub. A foreign name that leads here is somebody else's page at work
    /// (DNS rebinding); a bare address cannot be that.
    func isOwn(host: String?) -> Bool {
        guard let host else { return false }
        let name = Self.name(of: host)
        return hosts.contains(name) || Self.isAddress(name)
    }

    /// Whether an `Origin` header is a page of this hub, as reached by that host.
    func isOwn(origin: String, host: String) -> Bool {
        guard let parts = Self.parts(of: origin) else { return false }
        return parts.authority == host.lowercased()
            || parts.scheme + "://" + parts.authority == publicURL
    }

    private static func isAddress(_ name: String) -> Bool {
        if name.hasPrefix("[") {
            let inner = name.dropFirst().dropLast()
            return name.hasSuffix("]") && inner.contains(":")
                && inner.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// The link that opens a venue's page on a phone.
    func joinLink(_ venue: VenueID) -> String { "\(publicURL)/ask?venue=\(venue.text)" }

    /// By TLS, the hub's own or that of a front end.
    var isSecure: Bool { publicURL.hasPrefix("https:") }

    /// The WebSocket address that terminals use.
    var webSocketURL: String { "ws" + publicURL.dropFirst(4) }
}
