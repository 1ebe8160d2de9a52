import Logging
import QAShared
import QASocket

/// Brings the event file into the log, sees to it that the event's keys exist, and says how to take part.
struct FirstRun {
    let setup: EventSetup
    let data: String
    let server: Server
    /// Nil when the hub speaks no TLS itself.
    let certificate: CertificateFacts?
    let log: Logger

    /// A key that every event has.
    private struct Place {
        var label: String
        var role: Role
        var venue: VenueID?
    }

    private var places: [Place] {
        setup.venues.map { Place(label: "moderator-\($0.id.text)", role: .moderator, venue: $0.id) }
            + [
                Place(label: "moderator", role: .moderator), Place(label: "speaker", role: .speaker),
                Place(label: "wall", role: .display), Place(label: "organiser", role: .organiser),
            ]
    }

    /// Sends what is missing through the hub's own door; links are printed once it is durable.
    func prepare() {
        let now = Clock.now
        let hub = server.hub
        if let reason = FileSystem.makePrivateFolder(data + "/tokens") {
            log.error("tokens_not_written", metadata: ["reason": "\(reason)"])
        }
        var fresh: [(place: Place, token: String)] = []
        var waiting = 1
        func done(_ result: Result<Int, Rejection>) {
            if case .failure(let rejection) = result {
                log.error("first_run_failed", metadata: ["code": "\(rejection.code.rawValue)"])
            }
            waiting -= 1
            if waiting == 0 { tell(fresh.map { ($0.place, $0.token) }) }
        }
        // What the organiser amended since the file was read stays.
        if hub.state.fileSetup == setup {
            waiting -= 1
        } else {
            hub.submit(HouseCommand.stamp(.configure(setup), now)) { result in
                if case .failure(let rejection) = result { refuse(rejection) }
                done(result)
            }
        }
        for place in places where !hub.state.tokens.contains(where: { $0.label == place.label }) {
            let token = Credentials.newToken()
            fresh.append((place, token))
            // On the disk before the log knows it: a key that only the log knows would be lost for good.
            if let reason = FileSystem.writePrivate(path(place.label), token + "\n") {
                Stop(
                    code: "tokens_not_written",
                    sentence: "The keys cannot be written to \(data)/tokens (\(reason)). Make room or rights there."
                ).leave()
            }
            waiting += 1
            let access = Credentials.accessToken(
                token, role: place.role, venue: place.venue, label: place.label)
            hub.submit(HouseCommand.stamp(.addToken(access), now), done)
        }
        if waiting == 0 { tell([]) }
    }

    /// An event file that no longer fits what is in the log: better no hub than one without its talks.
    private func refuse(_ rejection: Rejection) {
        let sentence =
            rejection.field == "votes"
            ? "The event file counts votes by another rule, and there are questions already. Put “votes:” back as it was."
            : "The event file leaves out \(rejection.field ?? "something") that already have questions. Put them back in the file."
        Stop(code: "event_changed", sentence: sentence, status: .unusable).leave()
    }

    /// The terminal client as it can be started from here: beside this program when it lies there.
    private var terminalProgram: String {
        let beside = FileSystem.parent(of: CommandLine.arguments[0]) + "/qaclient"
        return FileSystem.size(beside) > 0 ? beside : "qaclient"
    }

    /// Terminals speak to the hub itself, not to a front end with TLS. A certificate that only vouches for itself
    /// is believed for its fingerprint.
    private var terminalURL: String {
        guard let certificate else {
            return server.site.isSecure ? "ws://127.0.0.1:\(server.port)" : server.site.webSocketURL
        }
        return server.site.webSocketURL
            + (certificate.isSelfSigned ? " --fingerprint \(certificate.fingerprint)" : "")
    }

    private func path(_ label: String) -> String { "\(data)/tokens/\(label).token" }

    private func tell(_ fresh: [(place: Place, token: String)]) {
        let site = server.site
        log.info(
            "hub_started",
            metadata: [
                "event": "\(setup.id)", "port": "\(server.port)", "head": "\(server.hub.durableHead)",
                "questions": "\(server.hub.state.questions.count)", "version": "\(QARelayVersion.current)",
            ])
        var lines = ["", setup.title, ""]
        for venue in setup.venues {
            lines.append("  \(venue.name)  \(site.joinLink(venue.id))")
            if Output.isTerminal, let code = QRCode(site.joinLink(venue.id)) {
                lines += code.terminalLines.map { "    " + $0 }
            }
        }
        lines.append("")
        lines += screenLines(fresh)
        lines.append("")
        lines += terminalLines
        lines.append("")
        if let certificate {
            lines.append("  Fingerprint of the certificate: \(CertificateFacts.grouped(certificate.fingerprint))")
            lines.append("")
        }
        lines.append("  Join links for everybody: \(site.publicURL)/")
        lines.append("")
        for line in lines { Output.line(line) }
    }

    private var terminalLines: [String] {
        var lines = ["  Terminals of the moderators:"]
        for place in places where place.role == .moderator {
            if liveToken(place.label) == nil {
                lines.append("    \(newToken(place))")
            } else {
                lines.append(
                    "    \(Shell.quoted(terminalProgram)) --hub \(terminalURL) --token-file \(Shell.quoted(path(place.label)))"
                )
            }
        }
        return lines
    }

    /// Links that carry their tokens: shown once, to a terminal, and kept in a private file. A token that was revoked, or
    /// whose file is not here, has none: a backup holds no tokens.
    private func screenLines(_ fresh: [(place: Place, token: String)]) -> [String] {
        let file = data + "/links.txt"
        var known: [String] = []
        var missing: [String] = []
        for place in places {
            guard let page = ScreenLink.page(of: place.role) else { continue }
            if let token = liveToken(place.label) {
                known.append(
                    "\(ScreenLink.name(of: place.role))  \(ScreenLink.link(server.site.publicURL, page, token))")
            } else {
                missing.append("  \(ScreenLink.name(of: place.role)): \(newToken(place))")
            }
        }
        if let reason = FileSystem.writePrivate(file, known.map { $0 + "\n" }.joined()) {
            log.error("links_not_written", metadata: ["reason": "\(reason)"])
        }
        let isNew = fresh.contains { ScreenLink.page(of: $0.place.role) != nil }
        if isNew, Output.isTerminal { return known.map { "  " + $0 } + missing }
        if known.isEmpty { return missing }
        return ["  The links of the speaker, the wall and the organiser are in \(file) (only you can read it)."]
            + missing
    }

    /// The token of a place as its file holds it, if it is one of this event that still opens something.
    private func liveToken(_ label: String) -> String? {
        guard let token = FileSystem.readText(path(label))?.split(separator: "\n").first.map(String.init),
            let known = server.hub.state.token(Credentials.hash(token).id), !known.revoked
        else { return nil }
        return token
    }

    /// What makes a token where there is none any more.
    private func newToken(_ place: Place) -> String {
        let venue = place.venue.map { " --venue \($0.text)" } ?? ""
        return "qarelay token new --role \(place.role.rawValue)\(venue) --data \(Shell.quoted(data))"
    }
}

/// The links of screens that bring their token along.
enum ScreenLink {
    /// Nil for roles that have no page, or whose page needs no token.
    static func page(of role: Role) -> String? {
        switch role {
        case .speaker: "speaker"
        case .display: "wall"
        case .organiser: "day"
        case .audience, .moderator, .relay: nil
        }
    }

    /// What the page is called where its link is told.
    static func name(of role: Role) -> String {
        switch role {
        case .speaker: "Speaker"
        case .display: "Wall"
        case .organiser: "Map of the day"
        case .audience, .moderator, .relay: ""
        }
    }

    /// The token is behind the number sign, which no browser sends.
    static func link(_ hub: String, _ page: String, _ token: String) -> String { "\(hub)/\(page)#\(token)" }
}

/// A value handed once from a thread to another and back: the loop makes it, the loop takes it.
final class Handed<Value>: @unchecked Sendable {
    // @unchecked because the value is only touched on the loop's thread; other threads merely carry the box.
    private var value: Value?

    init(_ value: Value) { self.value = value }

    func take() -> Value? {
        defer { value = nil }
        return value
    }
}
