import QAShared

/// Carries out control requests on a hub; the same desk serves a running hub and a log opened for the purpose.
struct ControlDesk {
    let hub: Hub
    /// Works on the log, on the thread that owns it, and answers with lines for people.
    let onLog: (@escaping LogWork, @escaping (Result<[String], LogError>) -> Void) -> Void

    /// Something to be done with an event's log that does not change it.
    typealias LogWork = @Sendable (any EventLog) throws(LogError) -> [String]

    func handle(_ request: ControlRequest, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        switch request {
        case .newToken(let role, let venue, let label): newToken(role, venue, label, now, answer)
        case .revokeToken(let tag): revoke(tag, now, answer)
        case .labels: answer(.good(LabelledPairs.lines(hub.state)))
        case .export(let choice): export(choice, answer)
        case .listTokens: answer(.good(hub.state.tokens.map(Self.line)))
        case .verify:
            work(answer) { log throws(LogError) in try Verification(of: log).lines }
        case .backup(let path):
            work(answer) { log throws(LogError) in
                try log.backUp(to: path)
                return ["Backup of \(log.head) entries written to \(path)."]
            }
        }
    }

    private func work(_ answer: @escaping (ControlAnswer) -> Void, _ body: @escaping LogWork) {
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
                answer(.good([role == .relay ? PairingCode.text(token, fingerprint: hub.fingerprint) : token]))
            case .failure(let rejection): answer(.bad(Self.sentence(rejection)))
            }
        }
    }

    private func revoke(_ tag: String, _ now: Now, _ answer: @escaping (ControlAnswer) -> Void) {
        let matching = hub.state.tokens.filter { $0.id.text.hasPrefix(tag) || $0.label == tag }
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

    private func submit(
        _ command: Command, _ now: Now, _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        hub.submit(HouseCommand.stamp(command, now), done)
        hub.turnEnded(now)
    }

    private static func line(_ token: AccessToken) -> String {
        let place = token.venue?.text ?? "-"
        return "\(token.id.tag)  \(token.role.rawValue)  \(place)  \(token.label)\(token.revoked ? "  revoked" : "")"
    }

    private static func sentence(_ rejection: Rejection) -> String {
        switch rejection.code {
        case .unknownVenue: "unknown_venue: The event has no such venue."
        case .badValue where rejection.field == "label":
            "bad_value: A label has 1 to \(Limits.labelMaximum) characters and no control characters."
        default: "\(rejection.code.rawValue): The hub refused it\(rejection.field.map { " (\($0))" } ?? "")."
        }
    }
}

/// Commands of the house itself: setup and tokens.
enum HouseCommand {
    static let actor = Actor(
        role: .organiser, venue: nil, participant: ParticipantID(high: 0, low: 1))

    static func stamp(_ command: Command, _ now: Now) -> StampedCommand {
        var generator = SystemRandomNumberGenerator()
        return StampedCommand(
            id: CommandID(using: &generator), actor: actor, time: now.wall, command: command)
    }
}
