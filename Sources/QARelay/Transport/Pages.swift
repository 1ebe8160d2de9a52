import Glibc
import QAShared
import QASocket

/// The pages and what they load, read once at the start: a limit that a test holds need no file cache.
struct Pages {
    struct File {
        var contentType: String
        var bytes: [UInt8]
        var tag: String
        /// The same by gzip; nil where that would not be shorter, and of pages themselves: scanners for BREACH
        /// (CVE-2013-3587) report any that is compressed.
        var packed: [UInt8]?
    }

    /// What a request says of the answer that it wants.
    struct Wish {
        var ifNoneMatch: String?
        var takesGzip = false
    }

    /// Headers of every answer. Its page may speak to the server that it came from, by whatever name it did, to the public
    /// address, and to the hub's or the relays' that it may go on at; to no other.
    static func headers(_ site: Site, friends: Set<String>) -> [(name: String, value: String)] {
        // In the order of their letters, so that the same answer is always the same.
        let lines = ([site.publicURL] + friends.sorted()).map { " ws" + $0.dropFirst(4) }.joined()
        return [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "connect-src 'self'\(lines); manifest-src 'self'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'; require-trusted-types-for 'script'"
            ),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            (
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"
            ),
        ] + (site.isSecure ? secureHeaders : [])
    }

    /// For pages that browsers reach by https; over plain http they would only complain about it.
    private static let secureHeaders: [(name: String, value: String)] = [
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Strict-Transport-Security", "max-age=31536000"),
    ]

    private var files: [String: File] = [:]

    /// Reads a folder; nil when it does not hold the pages.
    init?(folder: String) {
        for name in ["index", "ask", "speaker", "wall", "day"] {
            guard let bytes = FileSystem.read("\(folder)/\(name).html") else { return nil }
            let path = name == "index" ? "/" : "/" + name
            add(path, "text/html; charset=utf-8", bytes)
        }
        for (sub, type) in [
            ("js", "text/javascript; charset=utf-8"), ("views", "text/javascript; charset=utf-8"),
            ("css", "text/css; charset=utf-8"),
        ] {
            for name in FileSystem.list("\(folder)/\(sub)") {
                if let bytes = FileSystem.read("\(folder)/\(sub)/\(name)") { add("/\(sub)/\(name)", type, bytes) }
            }
        }
        if let icon = FileSystem.read("\(folder)/icon.svg") { add("/icon.svg", "image/svg+xml", icon) }
    }

    private mutating func add(_ path: String, _ type: String, _ bytes: [UInt8]) {
        let tag = "\"" + Base64URL.encode(Digest.sha256(bytes).prefix(12)) + "\""
        // An answer that names a room, or may one day name more, is nothing to tell lengths of; scripts hold no secret.
        let packed = type.hasPrefix("text/html") ? nil : Gzip.pack(bytes)
        files[path] = File(contentType: type, bytes: bytes, tag: tag, packed: packed)
    }

    /// The phone's page of a room. It differs in one thing that no script can do: the link for those without names the
    /// room. Made when first asked for.
    mutating func askPage(of room: VenueID, _ wish: Wish) -> HTTPResponse? {
        let path = "/ask?venue=\(room.text)"
        if files[path] == nil, let file = files["/ask"] {
            let link = "/plain?venue="
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(link, with: link + room.text)
            add(path, file.contentType, Array(text.utf8))
        }
        return response(path: path, wish)
    }

    /// The answer for a path of the pages; nil when there is none.
    func response(path: String, _ wish: Wish) -> HTTPResponse? {
        guard let file = files[path] else { return nil }
        let packed = wish.takesGzip ? file.packed : nil
        // Two forms of one file are two to whoever stores them.
        let tag = packed == nil ? file.tag : file.tag.dropLast() + "g\""
        var headers = [("ETag", tag), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
        if let ifNoneMatch = wish.ifNoneMatch, Self.names(ifNoneMatch, tag) {
            return HTTPResponse(status: 304, contentType: file.contentType, body: [], headers: headers)
        }
        if packed != nil { headers.append(("Content-Encoding", "gzip")) }
        return HTTPResponse(
            status: 200, contentType: file.contentType, body: packed ?? file.bytes, headers: headers)
    }

    /// Whether an `If-None-Match` header names a tag: a list, weak tags as good as strong ones, or any (RFC 9110 §13.1.2).
    private static func names(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { item in
            let word = item.drop { $0 == " " }.prefix { $0 != " " }
            return word == "*" || word == tag || word == "W/" + tag
        }
    }

    /// The folder of the pages: the one given, else beside the program, else where a package puts it.
    static func find(_ given: String?) -> String? {
        FileSystem.findFolder(named: "web", given) { unsafe access($0 + "/ask.html", R_OK) == 0 }
    }
}
