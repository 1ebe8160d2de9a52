import QAShared

// A venue's relay and its line to the hub: what goes out, what comes back, and what the room is told of it.
extension Hub {
    /// The hub greeted this relay. `isNew` when its log is another one than the replica's: everything that ever
    /// went through this relay is sent again, and what the hub has it recognises.
    func lineOpened(_ welcome: Welcome, resending: [Forwarded]?, _ now: Now) {
        guard relaying != nil else { return }
        relaying?.skew = welcome.time.milliseconds - now.wall.milliseconds
        relaying?.hubURL = welcome.elsewhere
        if let resending { restart(with: resending) }
        if relaying?.restartsAt != nil || resending != nil { relaying?.restartsAt = welcome.head }
        relaying?.sentThrough = 0
        setLine(up: true, now)
        effects.append(.forward)
        if relaying?.restartsAt == 0 { replay(now) }
    }

    /// The line is gone; the room goes on.
    func lineLost(_ now: Now) { setLine(up: false, now) }

    private func setLine(up: Bool, _ now: Now) {
        guard let relay = relaying, relay.isUp != up else { return }
        relaying?.isUp = up
        relaying?.since = now.wall
        tellLine(now)
    }

    private func tellLine(_ now: Now) {
        relaying?.lineVersion += 1
        for session in attached.joined() { want(session, now) }
    }

    /// Another log takes the place of the one before: all that this room ever did goes out again.
    private func restart(with resending: [Forwarded]) {
        guard var relay = relaying else { return }
        let unstored = relay.outbox.filter { !$0.isStored }
        relay.outbox = resending.map { Relaying.Item(forwarded: $0, isStored: true) } + unstored
        relay.arrived = []
        relay.replayAt = nil
        relaying = relay
    }

    /// Commands for the hub that fit into one frame and have not gone out on this connection, or nil.
    func nextForward() -> [UInt8]? {
        guard let relay = relaying, relay.isUp else { return nil }
        var items: [Forwarded] = []
        var bytes = 0
        var inFlight = 0
        for item in relay.outbox where item.isStored && item.sequence == nil {
            if item.forwarded.ordinal <= relay.sentThrough {
                inFlight += 1
                continue
            }
            let size = item.forwarded.bytes.count
            guard inFlight < Limits.forwardsInFlight, items.isEmpty || bytes + size <= Limits.forwardBytes
            else { break }
            items.append(item.forwarded)
            bytes += size + 1
            inFlight += 1
        }
        guard let last = items.last else { return nil }
        relaying?.sentThrough = last.ordinal
        return ClientFrame.forward(items).encode()
    }

    /// The hub answered forwarded commands.
    func answered(_ results: [ForwardResult], _ now: Now) {
        guard var relay = relaying else { return }
        var refused: Set<ParticipantID> = []
        for result in results {
            guard let index = relay.outbox.firstIndex(where: { $0.forwarded.ordinal == result.ordinal })
            else { continue }
            switch result.outcome {
            case .success(let sequence): relay.outbox[index].sequence = sequence
            case .failure(let rejection):
                let item = relay.outbox.remove(at: index)
                relay.refuse(item.forwarded, rejection)
                refused.insert(item.forwarded.actor.participant)
            }
        }
        relaying = relay
        effects.append(.settle(results))
        effects.append(.forward)
        if !refused.isEmpty {
            replay(now)
            tellAll(refused.sorted(), now)
            for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
        } else if relay.arrived.isEmpty {
            // The entry may have come before the answer.
            relaying?.replayAt = relay.replayAt ?? now.monotonic + Limits.promptTick
        }
    }

    /// A moderator deals with a refused command: gives it once more, or lets it go.
    func settle(_ ordinal: Int, again: Bool, _ session: Session, _ now: Now) {
        guard session.role == .moderator || session.role == .organiser,
            let index = relaying?.refusals.firstIndex(where: { $0.forwarded.ordinal == ordinal }),
            let refusal = relaying?.refusals[index]
        else { return reply(.rejection(Rejection(.unknownEntry, field: "n"), nil), session, now) }
        relaying?.refusals.remove(at: index)
        relaying?.refusalsVersion += 1
        for each in refusal.ordinals { effects.append(.forget(ordinal: each)) }
        if again { repeatRefused(refusal.forwarded, session, now) }
        tellAll([refusal.forwarded.actor.participant], now)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
    }

    /// The same wish under another id, as things stand now.
    private func repeatRefused(_ forwarded: Forwarded, _ session: Session, _ now: Now) {
        var stamped = forwarded.stamped
        stamped.id = forwarded.id.next
        stamped.time = now.wall
        switch forwarded.command {
        case .ask(let text, let name, _, let spoken):
            stamped.command = .ask(text: text, name: name, talk: state.currentTalk, spoken: spoken)
        case .takeLive(let id, _): stamped.command = .takeLive(id, replacing: state.liveQuestion?.id)
        case .vote: return
        default: break
        }
        waiting.append(Pending(asker: .door { _ in }, stamped: stamped))
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
            let line = LineInfo(venue: relay.venue, isUp: relay.isUp, since: relay.since, waiting: relay.waiting)
            return SharedFrame(.line(line))
        }
        guard session.kind == .moderator, session.refusalsSeen < relay.refusalsVersion else { return nil }
        session.refusalsSeen = relay.refusalsVersion
        return SharedFrame(.refusals(relay.refusals.suffix(Limits.refusalsShown).map(info)))
    }

    private func info(_ refusal: Relaying.Refusal) -> RefusalInfo {
        let forwarded = refusal.forwarded
        var info = RefusalInfo(
            ordinal: forwarded.ordinal, what: forwarded.command.kind.rawValue, code: refusal.rejection.code,
            role: forwarded.actor.role, by: forwarded.actor.participant.tag, time: forwarded.time,
            count: refusal.count)
        info.question = forwarded.command.subject
        let question = info.question.flatMap(state.question)
        info.number = question?.number
        info.text = question?.text
        switch forwarded.command {
        case .ask(let text, _, _, _), .edit(_, let text): info.text = text
        default: break
        }
        return info
    }

    /// Whether a page from there belongs to this event: the hub's at a relay, a relay's at the hub.
    func isFriend(_ origin: String) -> Bool {
        origin == relaying?.hubURL || relayPorts.urls.values.contains(origin)
    }

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
            .ready(let id, _):
            id
        default: nil
        }
    }
}
