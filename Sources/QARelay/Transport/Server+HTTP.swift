// What a server answers to requests, and whom it lets in.

import QAShared
import QASocket

extension Server {
    func judge(_ handshake: Handshake) -> HandshakeVerdict {
        guard let host = handshake.host, site.isOwn(host: host) else {
            meters.foreign += 1
            return .refuse(status: 421, reason: "this hub does not go by that name; see --public-url")
        }
        // A certificate speaks for whoever sits at the browser, whatever page asks: there only that port's own pages count.
        let isFriend = { (origin: String) in
            handshake.isCertified
                ? origin.lowercased() == "https://" + host.lowercased()
                : self.site.isOwn(origin: origin, host: host) || self.hub.isFriend(origin)
        }
        if let origin = handshake.origin, !isFriend(origin) {
            meters.foreign += 1
            return .refuse(status: 403, reason: "pages from elsewhere may not connect")
        }
        let caller = door.caller(handshake.peerAddress, forwardedFor: handshake.forwardedFor)
        let isStaff = Self.isStaff(hasOrigin: handshake.origin != nil, query: handshake.query)
        guard door.admits(caller, isStaff: isStaff, free: endpoint?.freePlaces ?? 0, Clock.now) else {
            meters.turnedAway += 1
            // Not all at the same moment again.
            return .later(seconds: Int.random(in: 2...10))
        }
        return .accept
    }

    /// Terminals and relays send no origin; screens say what they are. A token is asked of both in their first words.
    static func isStaff(hasOrigin: Bool, query: String) -> Bool { !hasOrigin || query == "staff" }

    /// Lets somebody new be given an identity without a WebSocket: nil, or after how many seconds to come again.
    func putsOffNewcomer(_ request: HTTPRequest) -> Int? {
        let caller = door.caller(request.peerAddress, forwardedFor: request.header("x-forwarded-for"))
        if door.admits(caller, isStaff: false, free: Int.max, Clock.now) { return nil }
        meters.turnedAway += 1
        return Int.random(in: 2...10)
    }

    /// From where a request came, for whoever counts by it; nil behind a proxy that does not say.
    func caller(of request: HTTPRequest) -> UInt64? {
        door.key(of: request.peerAddress, forwardedFor: request.header("x-forwarded-for"))
    }

    func takesForm(at path: String) -> Bool { PlainAction(path: path) != nil }

    func answersLater(_ request: HTTPRequest, _ reply: HTTPReply) -> Bool {
        guard site.isOwn(host: request.header("host")) else {
            reply.send(.foreignHost)
            return true
        }
        return signIn?.answers(request, reply) == true || plain.answers(request, reply)
    }

    func respond(to request: HTTPRequest) -> HTTPResponse {
        if request.path == "/health" { return healthPage() }
        if request.path == "/event.json" { return eventInfo(isCertified: request.isCertified) }
        if request.path.hasPrefix("/qr/"), request.path.hasSuffix(".svg") {
            return code(String(request.path.dropFirst(4).dropLast(4)))
        }
        if let topic = NoticePages.topic(request.path), let setup = hub.state.setup {
            let words = PlainWords(
                asked: PlainQuery(request.query).language, accepted: request.header("accept-language"),
                event: setup.languages)
            return .page(200, NoticePages(setup, words).source(topic))
        }
        let wish = Pages.Wish(
            ifNoneMatch: request.header("if-none-match"),
            takesGzip: Gzip.isAccepted(by: request.header("accept-encoding")))
        // The venues of the event alone: there is a page for each of them.
        if request.path == "/ask", let room = PlainQuery(request.query).venue, hub.state.setup?.venue(room) != nil {
            return pages.askPage(of: room, wish) ?? .noVenue
        }
        return pages.response(path: request.path, wish)
            ?? .text(
                404,
                "Il n’y a rien ici : les liens pour participer sont à la page /\n"
                    + "Nothing here: the join links are at /\n")
    }

    /// What `/health` says of the hub in a word.
    var health: String {
        switch hub.health {
        case .ok: "ok"
        case .draining: "draining"
        case .full, .failed: "read_only"
        }
    }

    private func healthPage() -> HTTPResponse {
        if hub.health == .full, FileSystem.freeBytes(data) > Self.roomToGoOn { hub.spaceIsBack() }
        let status = health
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("status", status)
            writer.member("epoch", hub.epoch.text)
            writer.member("head", hub.relaying == nil ? hub.durableHead : hub.state.head)
            if let relay = hub.relaying {
                writer.member("venue", relay.venue.text)
                writer.member("line", relay.isUp ? "up" : "cut")
                writer.member("level", relay.isUpToDate(hub.state))
                writer.member("waiting", relay.waiting)
                writer.member(ifAny: "trouble", relay.trouble?.rawValue)
            }
            writer.member(ifAny: "purge", purgeAnnounced.map { StructuredLog.text(of: $0) })
            writer.member("connections", connectionCount)
            writer.member("version", QARelayVersion.current)
        }
        return HTTPResponse(
            status: hub.health == .ok ? 200 : 503, contentType: "application/json",
            body: writer.bytes, headers: [("Cache-Control", "no-store")])
    }

    /// What pages are to know beforehand; where certificates say who one is, that they need no token.
    private func eventInfo(isCertified: Bool) -> HTTPResponse {
        guard let setup = hub.state.setup else {
            return .text(
                503, "L’événement se prépare : réessayez dans un instant.\nThe event is being set up: try again soon.\n"
            )
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", setup.id)
            writer.member("title", setup.title)
            if isCertified { writer.member("certificate", true) }
            writer.array("languages") { writer in setup.languages.forEach { writer.value($0) } }
            writer.array("venues") { writer in
                for venue in setup.venues {
                    writer.object { writer in
                        writer.member("id", venue.id.text)
                        writer.member("name", venue.name)
                        writer.member("place", venue.place)
                        writer.member("join", site.joinLink(venue.id))
                    }
                }
            }
            if setup.votes != .open { writer.member("votes", setup.votes.rawValue) }
        }
        return HTTPResponse(
            status: 200, contentType: "application/json", body: writer.bytes,
            headers: [("Cache-Control", "no-cache")])
    }

    private func code(_ name: String) -> HTTPResponse {
        guard let venue = VenueID(name), hub.state.setup?.venue(venue) != nil else {
            return .noVenue
        }
        if codes[venue] == nil {
            codes[venue] = QRCode(site.joinLink(venue)).map { Array($0.svg.utf8) }
        }
        return HTTPResponse(
            status: 200, contentType: "image/svg+xml", body: codes[venue] ?? [],
            headers: [("Cache-Control", "no-cache")])
    }
}
