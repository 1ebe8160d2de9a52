import QAShared

/// When each role's delta is encoded, once, and to whom it still has to be offered.
struct Ticks {
    struct Kind {
        /// The head at the last tick: where whoever is up to date stands, or later.
        var head = 0
        var at = -Limits.crowdTick
        /// Deltas encoded since the last tick, by where they start.
        var deltas: [Int: EncodedDelta] = [:]
        /// A whole view that serves all who join in the next moments.
        var whole: EncodedDelta?
        var wholeAt = 0
        /// How many whole views were encoded.
        var wholes = 0
        var nextAt: Int?
        /// Index of the next session to be offered the tick; nil when all were.
        var offering: Int?
    }

    var kinds = [Kind](repeating: Kind(), count: ViewKind.allCases.count)

    var nextAt: Int? { kinds.compactMap(\.nextAt).min() }

    /// Views and deltas of before are told to nobody any more.
    mutating func forgetViews() {
        for index in kinds.indices {
            kinds[index].whole = nil
            kinds[index].deltas = [:]
        }
    }

    mutating func restart(at head: Int) {
        for index in kinds.indices { kinds[index].head = head }
    }
}

extension Hub {
    /// Encodes the deltas that are due: speakers and moderators at once, the crowd every quarter of a second.
    func tickIfDue(_ now: Now) {
        // While a batch is on its way the state is ahead of what may be seen.
        guard !isAhead else { return }
        for kind in [ViewKind.speaker, .moderator, .display, .audience] {
            let tick = ticks.kinds[kind.rawValue]
            guard isBehind(kind, tick.head) else {
                ticks.kinds[kind.rawValue].nextAt = nil
                continue
            }
            // The crowd is told to the end before it is told anew: nobody is passed over for ever.
            if kind == .audience, isOffering {
                ticks.kinds[kind.rawValue].nextAt = nil
                continue
            }
            let due = tick.at + kind.tick
            if due <= now.monotonic {
                runTick(kind, now)
            } else {
                ticks.kinds[kind.rawValue].nextAt = due
            }
        }
    }

    private func runTick(_ kind: ViewKind, _ now: Now) {
        let index = kind.rawValue
        let from = ticks.kinds[index].head
        ticks.kinds[index].head = viewHead
        ticks.kinds[index].at = now.monotonic
        ticks.kinds[index].nextAt = nil
        ticks.kinds[index].deltas = [:]
        guard !attached[index].isEmpty else { return }
        if from > 0 { _ = encoded(kind, from: from) }
        if kind == .audience {
            ticks.kinds[index].offering = 0
        } else {
            for session in attached[index] { want(session, now) }
        }
    }

    /// Whether some of the crowd have not been offered the last tick yet.
    var isOffering: Bool { ticks.kinds[ViewKind.audience.rawValue].offering != nil }

    /// Offers the tick to the next slice of the crowd; once a turn, so that nobody waits for all of them.
    func offerSlice(_ now: Now) {
        let index = ViewKind.audience.rawValue
        guard let start = ticks.kinds[index].offering else { return }
        let end = min(start + Limits.sliceSockets, attached[index].count)
        for session in attached[index][min(start, end)..<end] { want(session, now) }
        ticks.kinds[index].offering = end < attached[index].count ? end : nil
        if !isOffering { tickIfDue(now) }
    }

    /// Asks for a session to be written to.
    func want(_ session: Session, _ now: Now) {
        if session.dueSince == nil { session.dueSince = now.monotonic }
        effects.append(.wants(session))
    }

    /// The delta from a position to the head, encoded once for all who stand there.
    private func encoded(_ kind: ViewKind, from position: Int) -> EncodedDelta {
        let index = kind.rawValue
        if let delta = ticks.kinds[index].deltas[position] { return delta }
        let delta = EncodedDelta(delta(kind, from: position))
        // Positions are what clients say they are: only so many are kept, the tick's own first among them.
        if ticks.kinds[index].deltas.count < Limits.deltasKept { ticks.kinds[index].deltas[position] = delta }
        return delta
    }

    private func whole(_ kind: ViewKind, _ now: Now) -> EncodedDelta? {
        let index = kind.rawValue
        if let whole = ticks.kinds[index].whole, now.monotonic - ticks.kinds[index].wholeAt < 2_000 {
            return whole
        }
        guard !isAhead else { return nil }
        let whole = EncodedDelta(delta(kind, from: 0))
        ticks.kinds[index].whole = whole
        ticks.kinds[index].wholeAt = now.monotonic
        ticks.kinds[index].wholes += 1
        return whole
    }

    /// What a session that can be written to sends now: answers first, then its view, then its own.
    func next(for session: Session, _ now: Now) -> Next {
        session.dueSince = nil
        if let answer = session.answers.take() { return .frame(answer) }
        switch session.phase {
        case .closing(let code): return .close(code)
        case .gone, .greeting, .held: return .nothing
        case .attached: break
        }
        if let port = session.relay { return next(for: port) }
        if session.sending == nil, owesView(session), !begin(session, now) {
            stall(session)
            return .nothing
        }
        if let frame = nextPart(session) { return .frame(frame) }
        return nextOwn(session)
    }

    /// Takes up the delta that a session is owed; false when there is none to be had now.
    private func begin(_ session: Session, _ now: Now) -> Bool {
        guard let delta = viewDelta(for: session, now) else { return false }
        session.sending = delta
        session.sendingNext = 0
        session.catchesUp = false
        return true
    }

    /// Lays ready what a session waits for: by the time it can be written to, the next batch may be on its way.
    func prepare(_ session: Session, _ now: Now) {
        guard !isAhead else { return }
        if session.sending == nil, owesView(session) { _ = begin(session, now) }
        if session.own == nil, let mine = mine(for: session) { session.own = SharedFrame(.mine(mine)) }
    }

    /// Lets a session wait for the batch on its way; in vain when the log is lost.
    private func stall(_ session: Session) {
        guard !isLost, !session.isStalled else { return }
        session.isStalled = true
        stalled.append(session)
    }

    /// Whether there is more for the session right behind the frame it was just given.
    func hasMore(for session: Session) -> Bool {
        if !session.answers.isEmpty || session.sending != nil { return true }
        guard case .attached = session.phase else {
            if case .closing = session.phase { return true }
            return false
        }
        if let port = session.relay { return hasMore(for: port) }
        return owesView(session) || owesOwn(session)
    }

    private func owesView(_ session: Session) -> Bool {
        session.catchesUp
            || session.position < ticks.kinds[session.kind.rawValue].head
                && isBehind(session.kind, session.position)
    }

    /// Whether a view at the position is owed anything.
    private func isBehind(_ kind: ViewKind, _ position: Int) -> Bool {
        kind.followsEveryEntry ? viewHead > position : changed(kind, since: position)
    }

    private func owesOwn(_ session: Session) -> Bool {
        session.own != nil || session.mineWhole || session.mineCode || !session.mineQuestions.isEmpty
            || !session.mineVotes.isEmpty
            || session.kind == .moderator && session.presenceSeen < presence.version || owesDay(session)
            || owesLine(session)
    }

    private func delta(_ kind: ViewKind, from position: Int) -> Delta {
        relaying?.views.delta(kind, from: position, state) ?? ledgers.delta(kind, from: position, state)
    }

    private func changed(_ kind: ViewKind, since position: Int) -> Bool {
        relaying?.views.changed(kind, since: position, state) ?? ledgers.changed(kind, since: position)
    }

    private func nextPart(_ session: Session) -> SharedFrame? {
        guard let delta = session.sending else { return nil }
        let frame = delta.frames[session.sendingNext]
        session.sendingNext += 1
        if session.sendingNext == delta.frames.count {
            session.sending = nil
            session.position = delta.to
        }
        return frame
    }

    private func viewDelta(for session: Session, _ now: Now) -> EncodedDelta? {
        let kind = session.kind
        if session.position == 0 { return whole(kind, now) }
        if let delta = ticks.kinds[kind.rawValue].deltas[session.position] { return delta }
        return isAhead ? nil : encoded(kind, from: session.position)
    }

    private func nextOwn(_ session: Session) -> Next {
        guard owesOwn(session) else { return .nothing }
        if let own = session.own {
            session.own = nil
            return .frame(own)
        }
        if session.kind == .moderator, session.presenceSeen < presence.version,
            let frame = presence.frame
        {
            session.presenceSeen = presence.version
            return .frame(frame)
        }
        if let frame = nextDay(session) { return .frame(frame) }
        if let frame = nextLine(session) { return .frame(frame) }
        if isAhead {
            stall(session)
            return .nothing
        }
        if let mine = mine(for: session) { return .frame(SharedFrame(.mine(mine))) }
        return .nothing
    }
}
