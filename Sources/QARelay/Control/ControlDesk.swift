import QAShared

/// Carries out control requests on a hub; the same desk serves a running hub and a log opened for the purpose.
struct ControlDesk {
    let hub: Hub
    /// Works on the log, on the thread that owns it, and answers with lines for people.
    let onLog: (@escaping LogWork, @escaping (Result<[String], LogError>) -> Void) -> Void

    /// Something to be done with an event's log that adds nothing to it.
    typealias LogWork = @Sendable (any EventLog) throws(LogError) -> [String]

    /// Lets the relay's line go or takes it up again; present in a relay.
    var holdLine: ((_ isHeld: Bool) -> Void)?

    func handle(_ request: ControlRequest, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        if hub.relaying != nil, request.isTheHubs {
            return answer(
                .bad(
                    "not_the_hub: This is the relay of a venue, and follows the hub: do that there, with the hub's --data folder."
                ))
        }
        switch request {
        case .newToken(let role, let venue, let label): newToken(role, venue, label, now, answer)
        case .revokeToken(let tag): revoke(tag, now, answer)
        case .line(let wish): answer(line(wish))
        case .labels: answer(.good(LabelledPairs.lines(hub.state)))
        case .startRehearsal: startRehearsal(now, answer)
        case .endRehearsal(let confirmed): endRehearsal(confirmed, now, answer)
        case .closeEvent: turn(.closeEvent, now, answer)
        case .openEvent: turn(.openEvent, now, answer)
        case .export(let choice): export(choice, answer)
        case .erase(let question, let part): erase(question, part, now, answer)
        case .newCodes(let count, let venue): newCodes(count, venue, now, answer)
        case .listCodes: listCodes(answer)
        case .revokeCodes(let batch): revokeCodes(batch, now, answer)
        case .listTokens: answer(.good(hub.state.listedTokens.map(Self.line)))
        case .verify:
            work(answer) { log throws(LogError) in try Verification(of: log).lines }
        case .backup(let path):
            work(answer) { log throws(LogError) in
                try log.backUp(to: path)
                return ["Backup of \(log.head) entries written to \(path)."]
            }
        }
    }

    private func line(_ wish: LineWish) -> ControlAnswer {
        guard let relay = hub.relaying, let holdLine else {
            return .bad("not_a_relay: A hub has no line. Name the --data folder of a running “qarelay venue”.")
        }
        let isHeld =
            switch wish {
            case .show: nil as Bool?
            case .cut: true
            case .join: false
            case .toggle: !relay.isHeld
            }
        if let isHeld { holdLine(isHeld) }
        let now = hub.relaying ?? relay
        let how = now.isHeld ? "held" : now.isUp ? "up" : "down"
        var lines = ["\(now.venue.text)  line \(how)  \(now.waiting) waiting  \(now.refusals.count) refused"]
        if let trouble = now.trouble { lines.append("\(trouble.rawValue): \(trouble.sentence(now.venue))") }
        if let hub = now.hubVersion, LineTrouble.differs(hub, QARelayVersion.current) {
            lines.append("version_differs: \(LineTrouble.sentence(ofVersion: hub))")
        }
        return .good(lines)
    }

    func work(_ answer: @escaping (ControlAnswer) -> Void, _ body: @escaping LogWork) {
        onLog(body) { result in
            switch result {
            case .success(let lines): answer(.good(lines))
            case .failure(let error): answer(.bad("\(error.code): \(error.sentence)"))
            }
        }
    }

    /// Of what is on the disk: the state may be ahead of it, but the log's thread takes this up behind the batch on its way.
    private func export(_ choice: Export.Choice, _ answer: @escaping (ControlAnswer) -> Void) {
        let state = hub.state
        work(answer) { log throws(LogError) in
            Export(log.head == state.head ? state : try log.fold().state).lines(choice)
        }
    }

    private func newToken(
        _ role: Role, _ venue: VenueID?, _ label: String, _ now: Now,
        _ answer: @escaping (ControlAnswer) -> Void
    ) {
        guard role != .audience else {
            return answer(
                .bad(
                    "not_allowed: The audience needs no token. Roles with tokens: moderator, speaker, display, organiser, relay."
                ))
        }
        guard role != .relay || venue != nil else {
            return answer(.bad("unknown_venue: A relay serves one venue. Name it with --venue."))
        }
        let token = Credentials.newToken()
        let access = Credentials.accessToken(token, role: role, venue: venue, label: label)
        submit(.addToken(access), now) { result in
            switch result {
            case .success:
                answer(.good(told(token, role)))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }

    /// A fresh token as its holder needs it: alone in the first line, so that it can be put into a file, and then the link
    /// of its screen.
    private func told(_ token: String, _ role: Role) -> [String] {
        if role == .relay { return [PairingCode.text(token, fingerprint: hub.fingerprint)] }
        guard let page = ScreenLink.page(of: role) else { return [token] }
        // Where the hub is reached is known while it runs.
        return [token, hub.publicURL.map { ScreenLink.link($0, page, token) } ?? "/\(page)#\(token)"]
    }

    private func revoke(_ tag: String, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        let named = hub.state.tokens.filter { $0.id.text.hasPrefix(tag) || $0.label == tag }
        // Of several that were called alike, those that were revoked are not meant.
        let live = named.filter { !$0.revoked }
        let matching = live.isEmpty ? Array(named.suffix(1)) : live
        guard let token = matching.first, matching.count == 1, !tag.isEmpty else {
            return answer(
                .bad(
                    // Not said again: it may be the token itself.
                    "token_invalid: \(matching.count) tokens go by that name. “qarelay token list” shows the names, such as “Ab3dE6gh”."
                ))
        }
        submit(.revokeToken(token.id), now) { result in
            switch result {
            case .success: answer(.good(["Revoked: \(Self.line(token))"]))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }

    // MARK: Rehearsal

    private func startRehearsal(_ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        if hub.state.isRehearsing { return answer(.good(["A rehearsal is on already."])) }
        submit(.startRehearsal, now) { result in
            switch result {
            case .success: answer(.good(["The rehearsal is on. “qarelay rehearsal end” takes all of it away again."]))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }

    private func endRehearsal(_ confirmed: Bool, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        guard hub.state.isRehearsing else { return answer(.good(["No rehearsal is on."])) }
        guard confirmed else {
            let count = hub.state.questions.count
            return answer(
                .bad(
                    "\(Rejection.Code.unconfirmed.rawValue): This takes away \(count) questions with their votes, notes and messages, for good. Add --yes to do it."
                ))
        }
        submit(.endRehearsal, now) { result in
            switch result {
            case .success: answer(.good(["The rehearsal is over: the event is open, and empty."]))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }

    func submit(
        _ command: Command, _ now: Now, _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        hub.submit(HouseCommand.stamp(command, now), done)
        hub.turnEnded(now)
    }

    private static func line(_ token: AccessToken) -> String {
        let place = token.venue?.text ?? "-"
        return "\(token.id.tag)  \(token.role.rawValue)  \(place)  \(token.label)\(token.revoked ? "  revoked" : "")"
    }

    static func sentence(_ rejection: Rejection) -> String {
        switch rejection.code {
        case .wrongStatus: "wrong_status: There are questions already. A rehearsal can only begin before the first."
        case .eventClosed: "event_closed: The event is closed. Open it first."
        case .unknownVenue: "unknown_venue: The event has no such venue."
        case .tooManyTokens:
            "too_many_tokens: There are \(Limits.tokensMaximum) tokens in use. Revoke those that nobody needs: qarelay token list."
        case .badValue where rejection.field == "label":
            "bad_value: A label has 1 to \(Limits.labelMaximum) characters and no control characters."
        default: "\(rejection.code.rawValue): The hub refused it\(rejection.field.map { " (\($0))" } ?? "")."
        }
    }
}

/// Commands of the house itself: setup and tokens.
enum HouseCommand {
    static func stamp(_ command: Command, _ now: Now) -> StampedCommand {
        var generator = SystemRandomNumberGenerator()
        return StampedCommand(
            id: CommandID(using: &generator), actor: .house, time: now.wall, command: command)
    }
}
