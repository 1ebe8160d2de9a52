import QAShared

// Sessions come, greet, speak and go.
extension Hub {
    /// A connection was opened.
    func connected(
        _ id: UInt64, hasOrigin: Bool, hasKeptPlace: Bool = false, caller: UInt64 = 0, _ now: Now
    ) -> Session {
        let session = Session(
            id: id, hasOrigin: hasOrigin, greetingUntil: now.monotonic + Limits.helloWithin)
        session.hasKeptPlace = hasKeptPlace
        session.caller = caller
        sessions[id] = session
        return session
    }

    /// The connection is gone, for whatever reason.
    func disconnected(_ session: Session) {
        if case .gone = session.phase { return }
        if session.index >= 0 { detach(session) }
        if let port = session.relay { relayLeft(port) }
        session.phase = .gone
        sessions[session.id] = nil
    }

    /// A whole text frame arrived.
    func received(_ session: Session, _ bytes: [UInt8], _ now: Now) {
        switch session.phase {
        case .held, .closing, .gone: return
        case .greeting, .attached: break
        }
        let frame: ClientFrame
        do throws(ClientFrame.Unreadable) {
            frame = try ClientFrame.decode(bytes)
        } catch {
            switch error.rejection.code {
            case .versionUnknown: return refuse(session, error.rejection, .versionUnknown, now)
            case .roleRefused: return refuse(session, error.rejection, .roleRefused, now)
            default: break
            }
            return reply(.rejection(error.rejection, error.request), session, now)
        }
        switch frame {
        case .hello(let hello):
            guard case .greeting = session.phase else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            greet(session, hello, now)
        case .beat:
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            reply(.beat, session, now)
        case .forward, .room, .settle:
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            receivedUplink(frame, session, now)
        case .suggest(let request, let text, let talk):
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            suggest(request, text, talk, session, now)
        case .redeem(let id, let code):
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            redeem(id, code, session, now)
        case .claim, .mint, .tokens, .revoke:
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            receivedTogether(session, frame, now)
        case .command(let id, let command):
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            take(.command(id), id, command, session, now)
        case .vote(let question, let on, let counter):
            guard session.isAttached else {
                return refuse(session, Rejection(.protocolBroken), .protocolBroken, now)
            }
            // Votes are known by their counter; the id only fills the place.
            take(
                .vote(question, counter: counter), CommandID(high: 0, low: 0),
                .vote(question, on: on, counter: counter), session, now)
        }
    }

    private func receivedTogether(_ session: Session, _ frame: ClientFrame, _ now: Now) {
        switch frame {
        case .claim(let question): claim(question, session, now)
        case .mint(let id, let role, let venue, let label): mint(id, role, venue, label, session, now)
        case .revoke(let id, let tag): revoke(id, tag, session, now)
        case .tokens: listTokens(session, now)
        default: preconditionFailure("taken elsewhere")
        }
    }

    /// Queues an answer to one session.
    func reply(_ frame: ServerFrame, _ session: Session, _ now: Now) {
        if case .gone = session.phase { return }
        // A batch may release many answers at once to a sender that reads: only one that does not is too slow.
        let unwritten = now.monotonic - (session.dueSince ?? now.monotonic)
        let isFull = session.answers.count >= Limits.answersWaiting
        if session.answers.count >= Limits.answersMaximum || isFull && unwritten > Limits.answersWithin {
            session.answers = AnswerLine()
            close(session, .tooSlow, now)
            return
        }
        session.answers.append(SharedFrame(frame))
        want(session, now)
    }

    /// Closes a session once its answers have left.
    func close(_ session: Session, _ code: CloseCode, _ now: Now) {
        if case .gone = session.phase { return }
        if session.index >= 0 { detach(session) }
        session.phase = .closing(code)
        want(session, now)
    }

    func refuse(
        _ session: Session, _ rejection: Rejection, _ code: CloseCode, _ now: Now
    ) {
        reply(.rejection(rejection, nil), session, now)
        close(session, code, now)
    }

    // MARK: Hello

    private func greet(_ session: Session, _ hello: Hello, _ now: Now) {
        var device: String?
        session.role = hello.role
        // A relay that never heard from its hub has nobody to let in yet.
        guard state.setup != nil || relaying == nil else { return close(session, .goingAway, now) }
        if hello.role == .audience {
            // The places kept are not for phones, whatever their address says.
            guard session.hasOrigin, !session.hasKeptPlace, hello.token == nil else {
                return refuse(session, Rejection(.roleRefused, field: "role"), .roleRefused, now)
            }
            switch seat(session, hello.venue, hello.device, now) {
            case .success(let credential): device = credential
            case .failure(let rejection): return refuse(session, rejection, CloseCode(rejection.code), now)
            }
        } else if let refusal = admit(session, hello) {
            // The hub may have given the key out after what this relay has seen of its log.
            if refusal.code == .tokenInvalid, hello.token != nil, relaying?.isUpToDate(state) == false {
                return close(session, .goingAway, now)
            }
            let code = CloseCode(refusal.code)
            if code == .tokenInvalid, hello.token != nil, let until = guesses.hold(session, now, isOn: rates.areOn) {
                session.phase = .held(until: until, refusal)
                return
            }
            return refuse(session, refusal, code, now)
        }
        if hello.role == .relay { return attachRelay(session, hello, now) }
        attach(session, hello, device, now)
    }

    /// Lets a holder of a token in, or says why not.
    private func admit(_ session: Session, _ hello: Hello) -> Rejection? {
        if hello.token == nil, let shown = session.certificate { return admit(session, hello, shown) }
        guard let token = hello.token else { return Rejection(.tokenInvalid, field: "token") }
        // The consoles and walls are pages, and browsers say of which site; no other site's page may be one.
        guard session.hasOrigin || [.moderator, .organiser, .relay].contains(hello.role) else {
            return Rejection(.roleRefused, field: "role")
        }
        let hash = secrets.hashToken(token)
        guard let known = state.token(hash.id), known.check == hash.check else {
            return Rejection(.tokenInvalid, field: "token")
        }
        guard !known.revoked else { return Rejection(.tokenRevoked, field: "token") }
        let isRelay = hello.role == .relay && known.venue != nil && relaying == nil
        guard known.role == hello.role, isRelay || ViewKind(hello.role) != nil, hello.venue == nil else {
            return Rejection(.roleRefused, field: "role")
        }
        session.venue = known.venue
        session.token = known.id
        session.participant = known.participant
        return nil
    }

    /// The same for whoever came by an electronic certificate.
    private func admit(_ session: Session, _ hello: Hello, _ shown: CertificateName) -> Rejection? {
        guard let holder = state.setup?.certificates.first(where: { $0.holds(shown) }) else {
            return Rejection(.certificateUnknown)
        }
        guard holder.role == hello.role, ViewKind(hello.role) != nil, hello.venue == nil else {
            return Rejection(.roleRefused, field: "role")
        }
        session.venue = holder.venue
        session.certifiedName = holder.name
        // The same person with every certificate of that name and authority.
        session.participant = secrets.hashToken("certificate\n\(shown.authority)\n\(shown.subject)").id.of()
        return nil
    }

    private func attach(_ session: Session, _ hello: Hello, _ device: String?, _ now: Now) {
        session.kind = ViewKind(session.role) ?? .audience
        session.phase = .attached
        let head = relaying == nil ? durableHead : viewHead
        let resumes = hello.position.map { $0.epoch == epoch && $0.sequence <= head } ?? false
        session.position = resumes ? hello.position?.sequence ?? 0 : 0
        session.catchesUp = true
        session.mineWhole = session.role == .audience
        session.index = attached[session.kind.rawValue].count
        attached[session.kind.rawValue].append(session)
        participants.sessions[session.participant, default: []].append(session)
        presence.count(session.role, session.venue, by: 1)
        if session.role == .organiser { day.watch(by: 1) }
        var welcome = Welcome(
            epoch: epoch, head: head, role: session.role, venue: session.venue,
            device: device, by: session.participant.tag,
            resumed: resumes && session.position > 0, time: now.wall,
            limits: state.setup?.limits ?? EventLimits())
        welcome.elsewhere = elsewhere(for: session)
        welcome.votes = state.setup?.votes ?? .open
        if !isAhead { noteCodes() }
        reply(.welcome(welcome), session, now)
    }

    private func detach(_ session: Session) {
        let kind = session.kind.rawValue
        let last = attached[kind].removeLast()
        if last !== session {
            attached[kind][session.index] = last
            last.index = session.index
            // Whoever moved in front of the slice would be passed over: offer it now.
            if let offering = ticks.kinds[kind].offering, last.index < offering {
                effects.append(.wants(last))
            }
        }
        session.index = -1
        participants.sessions[session.participant]?.removeAll { $0 === session }
        if participants.sessions[session.participant]?.isEmpty == true {
            participants.sessions[session.participant] = nil
        }
        presence.count(session.role, session.venue, by: -1)
        if claims.drop(session) { presence.claimsChanged() }
        if session.role == .organiser { day.watch(by: -1) }
    }

    /// Whether an answer has not left yet.
    var owesAnswers: Bool { sessions.values.contains { !$0.answers.isEmpty } }

    // MARK: Time and revocation

    func closeRevoked(_ entries: [Entry], _ now: Now) {
        var revoked: [TokenID] = []
        for entry in entries {
            for case .tokenRevoked(let id) in entry.changes { revoked.append(id) }
        }
        guard !revoked.isEmpty else { return }
        let holders = (attached.joined() + relayPorts.ports.map(\.session))
            .filter { $0.token.map(revoked.contains) == true }
        for session in holders {
            refuse(session, Rejection(.tokenRevoked), .tokenRevoked, now)
        }
    }

    /// Lets go of those who do not greet and those who cannot be written to.
    func sweep(_ now: Now) {
        // In the order of arrival, so that the same day always runs the same way.
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            if case .greeting(let until) = session.phase, until <= now.monotonic {
                close(session, .helloLate, now)
            } else if let since = session.dueSince,
                now.monotonic - since > Limits.unwritableWithin
            {
                effects.append(.close(session, .tooSlow))
            }
        }
        expireTickets(now)
        if bursts.lapse(now) { presence.burst = nil }
        guesses.sweep(now)
        if now.monotonic % 60_000 < Limits.sweepEvery { rates.sweep(now) }
    }
}

extension CloseCode {
    /// The code that goes with a refused hello.
    init(_ code: Rejection.Code) {
        switch code {
        case .tokenRevoked: self = .tokenRevoked
        case .certificateUnknown: self = .certificateUnknown
        case .roleRefused: self = .roleRefused
        case .venueUnknown: self = .venueUnknown
        case .versionUnknown: self = .versionUnknown
        case .deviceInvalid: self = .deviceInvalid
        default: self = .tokenInvalid
        }
    }
}
