import QAShared

// A venue's relay and its line to the hub: what goes out, what comes back, and what the room is told of it.
extension Hub {
    /// Another log takes the place of the one before, once it has arrived up to its head: all that ever went through
    /// this relay goes out again, and what the hub has it recognises.
    func beginAnew(_ resending: [Forwarded], upTo head: Int, _ now: Now) {
        guard var relay = relaying else { return }
        let again = Set(resending.map(\.ordinal))
        // What is on its way to the disk, and what came off the list of refusals while the disk looked.
        var others = relay.outbox.filter { !again.contains($0.forwarded.ordinal) }
        for index in others.indices { others[index].askAnew() }
        relay.outbox = resending.map { Relaying.Item(forwarded: $0, isStored: true) } + others
        relay.outbox.sort { $0.forwarded.ordinal < $1.forwarded.ordinal }
        relay.forgetRefusals(of: again)
        relay.arrived = []
        relay.replayAt = nil
        relay.restartsAt = head
        relay.patientUntil = now.monotonic + Limits.patience
        relaying = relay
    }

    /// The hub greeted this relay.
    func lineOpened(_ welcome: Welcome, _ now: Now) {
        guard var relay = relaying else { return }
        relay.skew = welcome.time.milliseconds - now.wall.milliseconds
        relay.hubURL = welcome.elsewhere
        relay.hubVersion = welcome.software
        relay.trouble = nil
        relay.headGreeted = welcome.head
        // What was answered on an earlier line and has not come back since is asked for again: the hub may have been
        // put back to an earlier day meanwhile.
        for index in relay.outbox.indices { relay.outbox[index].askAnew() }
        if relay.restartsAt != nil { relay.restartsAt = welcome.head }
        relaying = relay
        setLine(up: true, now)
        noteWaiting(now)
        // A disk that failed may have missed some: they must not be sent again after a restart, and be shown twice.
        let refused = relay.refusals.flatMap { refusal in
            refusal.ordinals.map { ForwardResult(ordinal: $0, outcome: .failure(refusal.rejection)) }
        }
        if !refused.isEmpty { effects.append(.settle(refused)) }
        let reopened = relay.outbox.filter(\.isRepeated).map(\.forwarded.ordinal)
        if !reopened.isEmpty { effects.append(.reopen(reopened)) }
        for refusal in relay.refusals where refusal.isPart {
            effects.append(.keepRefused(refusal.forwarded, refusal.rejection))
        }
        effects.append(.forward)
        if relay.restartsAt != nil, !relay.awaitsLog { replay(now) }
    }

    /// The line is gone; the room goes on.
    func lineLost(_ now: Now) {
        presence.replaceFar(nil)
        setLine(up: false, now)
    }

    private func setLine(up: Bool, _ now: Now) {
        guard let relay = relaying, relay.isUp != up else { return }
        relaying?.isUp = up
        relaying?.since = now.wall
        effects.append(.keepLine(LineMemory(cutSince: up ? nil : now.wall, skew: relay.skew)))
        tellLine(now)
    }

    /// Why there is no line although the hub can be reached, or that this is not so any more.
    func lineTroubled(_ trouble: LineTrouble?, _ now: Now) {
        guard let relay = relaying, relay.trouble != trouble else { return }
        relaying?.trouble = trouble
        tellLine(now)
    }

    /// The number of commands that wait may have changed: told once a second at most.
    func noteWaiting(_ now: Now) {
        guard let relay = relaying, relay.lineDueAt == nil else { return }
        relaying?.lineDueAt = max(now.monotonic, relay.lineToldAt + Limits.presenceEvery)
    }

    func lineIfDue(_ now: Now) {
        endPatienceIfDue(now)
        guard let relay = relaying, let at = relay.lineDueAt, at <= now.monotonic else { return }
        relaying?.lineDueAt = nil
        if relay.waiting != relay.waitingTold { tellLine(now) }
    }

    private func tellLine(_ now: Now) {
        let waiting = relaying?.waiting ?? 0
        relaying?.lineVersion += 1
        relaying?.lineToldAt = now.monotonic
        relaying?.waitingTold = waiting
        for session in attached.joined() { want(session, now) }
    }

    /// Commands for the hub that fit into one frame and have not gone out on this connection, or nil.
    func nextForward() -> [UInt8]? {
        guard let relay = relaying, relay.isUp else { return nil }
        var items: [Forwarded] = []
        var bytes = 0
        var inFlight = 0
        var sent: [Int] = []
        for (index, item) in relay.outbox.enumerated()
        where item.isStored && item.sequence == nil && item.rejection == nil {
            if item.isSent {
                inFlight += 1
                continue
            }
            let size = item.forwarded.bytes.count
            guard inFlight < Limits.forwardsInFlight, items.isEmpty || bytes + size <= Limits.forwardBytes
            else { break }
            items.append(item.forwarded)
            sent.append(index)
            bytes += size + 1
            inFlight += 1
        }
        guard !items.isEmpty else { return nil }
        for index in sent { relaying?.outbox[index].isSent = true }
        return ClientFrame.forward(items).encode()
    }

    /// The hub answered forwarded commands.
    func answered(_ results: [ForwardResult], _ now: Now) {
        guard var relay = relaying else { return }
        var refused: Set<ParticipantID> = []
        var kept: [ForwardResult] = []
        for result in results {
            let index = relay.outbox.firstIndex { $0.forwarded.ordinal == result.ordinal }
            switch result.outcome {
            case .success(let sequence):
                kept.append(result)
                if let index { relay.outbox[index].sequence = sequence }
            case .failure(let rejection):
                // What the copy holds was accepted: a hub that refuses it has another log, and will be asked anew.
                guard let index, !isForWant(rejection, &relay.outbox[index], now) else { continue }
                kept.append(result)
                let item = relay.outbox.remove(at: index)
                relay.refuse(item.forwarded, rejection)
                refused.insert(item.forwarded.actor.participant)
            }
        }
        relaying = relay
        noteWaiting(now)
        effects.append(.settle(kept))
        effects.append(.forward)
        if !refused.isEmpty {
            tellRefused(refused, now)
        } else if relay.arrived.isEmpty {
            // The entry may have come before the answer.
            relaying?.replayAt = relay.replayAt ?? now.monotonic + Limits.promptTick
        }
    }

    /// A moderator deals with a refused command: gives it once more, or lets it go.
    func settle(_ ordinal: Int, again: Bool, _ session: Session, _ now: Now) {
        guard session.role == .moderator || session.role == .organiser,
            let refusal = relaying?.refusals.first(where: { $0.forwarded.ordinal == ordinal })
        else { return reply(.rejection(Rejection(.unknownEntry, field: "n"), nil), session, now) }
        guard again, let stamped = repeated(refusal.forwarded, after: refusal.rejection.code, now) else {
            return letGo(ordinal, session, now)
        }
        guard health == .ok || health == .full else {
            return reply(.rejection(Rejection(.storageFailed), nil), session, now)
        }
        waiting.append(Pending(asker: .settler(session, ordinal: ordinal), stamped: stamped))
    }

    /// What became of a refused command that was given once more: it leaves the list when it is safe, not before.
    func settled(_ ordinal: Int, _ result: Result<Int, Rejection>, _ session: Session, _ now: Now) {
        switch result {
        case .success: letGo(ordinal, session, now)
        case .failure(let rejection): reply(.rejection(rejection, nil), session, now)
        }
    }

    /// Lets go of as much as the moderator was told of: what has joined since stays, under a number of its own.
    private func letGo(_ ordinal: Int, _ session: Session, _ now: Now) {
        guard let refusal = relaying?.refusals.first(where: { $0.forwarded.ordinal == ordinal }) else { return }
        let gone = relaying?.letGo(ordinal, told: session.refusalsTold[ordinal]) ?? []
        for ordinal in gone { effects.append(.forget(ordinal: ordinal)) }
        tellAll([refusal.forwarded.actor.participant], now)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
    }

    /// The same wish under another id, as things stand now; nil for votes, which people give anew themselves, and for what
    /// went with a rehearsal.
    private func repeated(_ forwarded: Forwarded, after refusal: Rejection.Code, _ now: Now) -> StampedCommand? {
        var stamped = forwarded.stamped
        stamped.id = forwarded.id.next
        stamped.time = now.wall
        switch forwarded.command {
        case .ask(let text, let name, _, let spoken):
            stamped.command = .ask(text: text, name: name, talk: state.currentTalk, spoken: spoken)
        case .takeLive(let id, _): stamped.command = .takeLive(id, replacing: state.liveQuestion?.id)
        case .vote: return nil
        default: break
        }
        return refusal == .rehearsalOver ? nil : stamped
    }

    // MARK: What the room is told

    func owesLine(_ session: Session) -> Bool {
        guard let relay = relaying else { return false }
        return session.lineSeen < relay.lineVersion
            || session.kind == .moderator && session.refusalsSeen < relay.refusalsVersion
    }

    func nextLine(_ session: Session) -> SharedFrame? {
        guard let relay = relaying else { return nil }
        if session.lineSeen < relay.lineVersion {
            session.lineSeen = relay.lineVersion
            let line = LineInfo(
                venue: relay.venue, isUp: relay.isUp, since: relay.since, waiting: relay.waitingTold,
                trouble: [.moderator, .organiser].contains(session.role) ? relay.trouble : nil)
            return SharedFrame(.line(line))
        }
        guard session.kind == .moderator, session.refusalsSeen < relay.refusalsVersion else { return nil }
        session.refusalsSeen = relay.refusalsVersion
        session.refusalsTold = Dictionary(
            relay.refusals.map { ($0.forwarded.ordinal, $0.all.count) }, uniquingKeysWith: max)
        return SharedFrame(.refusals(relay.refusals.suffix(Limits.refusalsShown).map(info)))
    }

    private func info(_ refusal: Relaying.Refusal) -> RefusalInfo {
        let forwarded = refusal.forwarded
        var info = RefusalInfo(
            ordinal: forwarded.ordinal, what: forwarded.command.kind.rawValue, code: refusal.rejection.code,
            role: forwarded.actor.role, by: forwarded.actor.participant.tag, time: forwarded.time,
            count: refusal.all.count)
        info.question = forwarded.command.subject
        let question = info.question.flatMap(state.question)
        info.number = question?.number
        info.text = question?.text
        switch forwarded.command {
        case .ask(let text, _, _, _), .edit(_, let text), .enter(let text, _, _, _, _), .note(_, let text),
            .say(let text, _), .stage(let text):
            info.text = text
        default: break
        }
        return info
    }

    /// Whether a page from there belongs to this event: the hub's at a relay, a relay's at the hub.
    func isFriend(_ origin: String) -> Bool { friends.contains(origin) }

    /// The addresses of those pages.
    var friends: Set<String> { Set(relayPorts.urls.values).union([relaying?.hubURL].compactMap(\.self)) }

    /// Where else the event can be reached: the hub from its relay, a venue's relay from the hub.
    func elsewhere(for session: Session) -> String? {
        if let relay = relaying { return relay.hubURL }
        return session.venue.flatMap { relayPorts.url(of: $0) }
    }
}

extension Command {
    /// The question that the command is about first of all.
    fileprivate var subject: QuestionID? {
        switch self {
        case .withdraw(let id), .vote(let id, _, _), .approve(let id), .edit(let id, _), .dismiss(let id, _),
            .restore(let id), .takeLive(let id, _), .answer(let id), .putBack(let id), .block(let id),
            .unblock(let id), .unite(let id, _), .separate(let id), .distinguish(let id, _), .pin(let id),
            .unpin(let id), .place(let id, _),
            .ready(let id, _), .note(let id, _), .hand(let id, _), .label(let id, _), .move(let id, _):
            id
        default: nil
        }
    }
}
