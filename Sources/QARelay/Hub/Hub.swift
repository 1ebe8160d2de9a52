import QAShared

/// Owns the state of one event: takes frames in, decides commands in batches, and says what is to be sent to whom.
///
/// Pure in the sense that it has no clock, no socket, no disk and no randomness of its own: time comes in with each
/// call, keys with `Secrets`, and what is to be done leaves as effects. One thread uses it.
final class Hub {
    enum Health: Equatable {
        case ok
        /// The disk is full: commands are tried, and refused while it is.
        case full
        /// The log failed: nothing is accepted until the hub is started anew.
        case failed
        case draining
    }

    /// A command on its way through: who is to hear what became of it.
    struct Pending {
        enum Asker {
            case session(Session, RequestID)
            /// A relay, with what it forwarded.
            case relay(RelayPort, Forwarded)
            /// An organiser who is to be told this token.
            case minting(Session, CommandID, String)
            case door((Result<Int, Rejection>) -> Void)
            /// A moderator who gives a refused command once more.
            case settler(Session, ordinal: Int)
            /// The engine, which judged this text.
            case engine(text: String)
        }
        var asker: Asker
        var stamped: StampedCommand
    }

    struct Answer {
        var asker: Pending.Asker
        var kind: Command.Kind
        var result: Result<Int, Rejection>
    }

    var state: State
    private(set) var ledgers: Ledgers
    let epoch: Epoch
    let secrets: Secrets
    private(set) var health = Health.ok
    var rates = Rates()
    /// The strict rule; nil for a hub without an engine.
    var twins: Twins?
    var advising = Advising()
    /// To be carried out and emptied by the caller after each call.
    var effects: [Effect] = []

    var waiting: [Pending] = []
    /// Answers that wait for the batch on its way to the log.
    private var held: [Answer] = []
    private(set) var isAppending = false
    /// The log could not be read again after a failure: what the state holds beyond it must never be shown.
    private(set) var isLost = false
    /// Whether the batch on its way ends a rehearsal.
    private var isWiping = false
    /// Whether the state is ahead of what may be seen.
    var isAhead: Bool { isAppending || isLost }
    /// The last sequence that may be seen: behind the state's head while a batch is on its way.
    private(set) var durableHead: Int
    /// Present in a venue's relay: the state is then what the hub confirmed and, on top, what the room did since.
    var relaying: Relaying?
    /// Relays that follow this hub.
    var relayPorts = RelayPorts()
    /// Of the certificate that this hub shows, when no authority vouches for it.
    var fingerprint: String?
    /// The moment of the last turn.
    private(set) var clock = Now(wall: Timestamp(milliseconds: 0), monotonic: 0)
    /// Where phones reach this server, for those that are told where else to go.
    var publicURL: String?

    // Sessions; see Sessions.swift and Ticks.swift
    var sessions: [UInt64: Session] = [:]
    var attached = [[Session]](repeating: [], count: ViewKind.allCases.count)
    var participants = Participants()
    var ticks = Ticks()
    var presence = PresenceBoard()
    var day = DayBoard()
    /// Floor requests that came near or went away with what is on its way to the log.
    var nearMoved: [Int] = []
    var claims = Claims()
    var bursts = Bursts()
    var guesses = Guesses()
    private(set) var commandMeters = CommandMeters()
    var tokenOffice = TokenOffice()
    /// Sessions that had to wait because the state was ahead of the log.
    var stalled: [Session] = []
    /// Pages that wait for the batch on its way.
    var onlookers: [() -> Void] = []
    private(set) var sweepAt = 0

    /// A hub that goes on from a state. `twins` come empty and are shown its questions; without them nothing is
    /// proved, flagged or suggested, and no `advise` leaves.
    init(
        epoch: Epoch, state: State, ledgers: Ledgers, secrets: Secrets, twins: Twins? = nil,
        relaying: Relaying? = nil
    ) {
        self.epoch = epoch
        self.state = state
        self.ledgers = ledgers
        self.secrets = secrets
        self.twins = twins
        self.relaying = relaying
        durableHead = state.head
        participants.rebuild(from: state)
        adviseFromStart()
        if relaying != nil { beginRelaying() }
        ticks.restart(at: viewHead)
    }

    /// Where the views stand: the log's head, or for a venue's relay its own count.
    var viewHead: Int { relaying?.views.head ?? state.head }

    // MARK: Commands

    /// Takes a command from a session, through the rate limits.
    func take(_ request: RequestID, _ id: CommandID, _ command: Command, _ session: Session, _ now: Now) {
        take(.session(session, request), id, command, session, now)
    }

    /// The same for whoever is to be answered otherwise.
    func take(_ asker: Pending.Asker, _ id: CommandID, _ command: Command, _ session: Session, _ now: Now) {
        switch health {
        case .failed: return answer(asker, command.kind, .failure(Rejection(.storageFailed, retryAfter: 10_000)), now)
        case .draining: return answer(asker, command.kind, .failure(Rejection(.busy, retryAfter: 2_000)), now)
        case .ok, .full: break
        }
        if waiting.count >= Limits.commandsWaiting {
            return answer(asker, command.kind, .failure(Rejection(.busy, retryAfter: 1_000)), now)
        }
        let limits = state.setup?.limits ?? EventLimits()
        // A retry of what is in the log costs nothing and must always be answered; votes are not known by an id.
        if command.kind == .vote || state.receipts[id] == nil,
            let wait = rates.take(command.kind, session.participant, limits, now)
        {
            return answer(asker, command.kind, .failure(Rejection(.rateLimited, retryAfter: wait)), now)
        }
        if case .vote(let question, _, _) = command { noteVote(session, for: question, now) }
        let stamped = StampedCommand(id: id, actor: session.actor, time: now.wall, command: command)
        waiting.append(Pending(asker: asker, stamped: stamped))
    }

    /// Takes a command from the hub's own door (setup, tokens); the answer comes once it is durable.
    func submit(_ stamped: StampedCommand, _ done: @escaping (Result<Int, Rejection>) -> Void) {
        guard health == .ok || health == .full else {
            return done(.failure(Rejection(.storageFailed)))
        }
        waiting.append(Pending(asker: .door(done), stamped: stamped))
    }

    /// Takes flags from the engine; whether they still hold is seen when they are decided.
    func submit(_ stamped: StampedCommand, judged text: String) {
        waiting.append(Pending(asker: .engine(text: text), stamped: stamped))
    }

    /// The end of a loop turn: everything that arrived becomes one batch, unless one is on its way.
    func turnEnded(_ now: Now) {
        clock = now
        while !isAppending, !waiting.isEmpty { startBatch(now) }
    }

    private func startBatch(_ now: Now) {
        let headBefore = state.head
        var entries: [Entry] = []
        let count = min(waiting.count, Limits.batchCommands)
        for pending in waiting.prefix(count) {
            if case .engine(let text) = pending.asker, !isTimely(pending.stamped.command, judged: text) { continue }
            let result = barred(pending.asker).map(Result.failure) ?? decide(pending.stamped, &entries)
            held.append(Answer(asker: pending.asker, kind: pending.stamped.command.kind, result: result))
        }
        waiting.removeFirst(count)
        if entries.isEmpty {
            release(now)
        } else {
            isAppending = true
            isWiping = relaying == nil && Self.isWiped(by: entries)
            effects.append(relaying.map { .store($0.unstored) } ?? .append(entries, expecting: headBefore))
        }
    }

    /// Why a command is not even decided: what was true when it came may not be so when its turn is.
    private func barred(_ asker: Pending.Asker) -> Rejection? {
        switch asker {
        // A key that was revoked while the command waited opens nothing any more.
        case .session(let session, _), .minting(let session, _, _), .settler(let session, _):
            session.token.flatMap { state.token($0)?.revoked } == true ? Rejection(.tokenRevoked) : nil
        case .relay(_, let item): item.isOfRehearsal(in: state) ? Rejection(.rehearsalOver) : nil
        case .door, .engine: nil
        }
    }

    private func decide(
        _ stamped: StampedCommand, _ entries: inout [Entry]
    ) -> Result<Int, Rejection> {
        if relaying != nil { return guess(stamped, &entries) }
        do throws(Rejection) {
            switch try state.decide(proved(stamped)) {
            case .known(let sequence): return .success(sequence)
            case .entry(let entry):
                let touched = state.apply(entry)
                ledgers.advance(touched, state)
                nearMoved += touched.near
                follow(entry)
                entries.append(entry)
                return .success(entry.sequence)
            }
        } catch {
            return .failure(error)
        }
    }

    /// The batch on its way is durable: now it may be seen.
    func committed(_ entries: [Entry], _ now: Now) {
        precondition(isAppending, "nothing was on its way to the log")
        isAppending = false
        durableHead = state.head
        if health == .full { health = .ok }
        if isWiping {
            isWiping = false
            beganAnew(now)
        } else {
            for entry in entries { noteOwners(of: entry, now) }
            // Views that were encoded before may hold the words still.
            if entries.contains(where: { !$0.erasures.isEmpty }) { ticks.forgetViews() }
        }
        tellNear(now)
        advise(of: entries)
        if advising.missesFlags, health == .ok { askMissingFlags() }
        release(now)
        answerHeld(now)
        answerTokenReaders(now)
        closeRevoked(entries, now)
        tickIfDue(now)
        dayIfDue(now)
        resumeStalled(now)
        offerRecords(now)
    }

    /// A venue's relay has its room's commands on its own disk: now they may be seen, and go to the hub.
    func stored(_ now: Now) {
        precondition(isAppending, "nothing was on its way to the store")
        isAppending = false
        if health == .full { health = .ok }
        let concerned = relaying?.stored() ?? []
        noteWaiting(now)
        effects.append(.forward)
        release(now)
        answerHeld(now)
        tellAll(concerned, now)
        tickIfDue(now)
        dayIfDue(now)
        resumeStalled(now)
    }

    /// The relay's disk could not take the room's commands. Nobody has seen them.
    func storeFailed(_ reason: LogError, _ now: Now) {
        isAppending = false
        let refusal = Rejection(.storageFailed, retryAfter: 5_000)
        for index in held.indices { held[index].result = .failure(refusal) }
        relaying?.dropUnstored()
        replay(now)
        if health != .draining { health = reason == .full ? .full : .failed }
        release(now)
        answerHeld(now)
        tickIfDue(now)
        resumeStalled(now)
    }

    /// The log could not take the batch. Nobody has seen it: the state before it takes over.
    func failed(_ reason: LogError, rebuilt: (state: State, ledgers: Ledgers)?, _ now: Now) {
        isAppending = false
        nearMoved = []
        let refusal = Rejection(.storageFailed, retryAfter: 5_000)
        for index in held.indices { held[index].result = .failure(refusal) }
        for pending in waiting {
            held.append(Answer(asker: pending.asker, kind: pending.stamped.command.kind, result: .failure(refusal)))
        }
        waiting = []
        if let rebuilt {
            state = rebuilt.state
            ledgers = rebuilt.ledgers
            adviseAfterFailure(durable: durableHead, wasWiping: isWiping)
            participants.rebuild(from: state)
            if state.head > durableHead {
                // The batch was kept although its writing was said to have failed.
                durableHead = state.head
                if isWiping {
                    beganAnew(now)
                } else {
                    for session in attached[ViewKind.audience.rawValue] {
                        session.mineWhole = true
                        want(session, now)
                    }
                }
            }
            isWiping = false
        } else {
            isLost = true
        }
        if case .full = reason, rebuilt != nil {
            if health != .draining { health = .full }
        } else {
            health = .failed
        }
        release(now)
        answerHeld(now)
        answerTokenReaders(now)
        tickIfDue(now)
        resumeStalled(now)
    }

    func resumeStalled(_ now: Now) {
        let looks = onlookers
        onlookers = []
        for look in looks { look() }
        let before = stalled
        stalled = []
        for session in before { session.isStalled = false }
        for session in before where session.isAttached {
            prepare(session, now)
            want(session, now)
        }
    }

    /// There is room on the disk again; the next command will tell.
    func spaceIsBack() {
        if health == .full { health = .ok }
    }

    /// No more commands; what is on its way is finished.
    func drain() { if health != .failed { health = .draining } }

    /// Whether every command taken has been answered.
    var isIdle: Bool { !isAppending && waiting.isEmpty }

    private func release(_ now: Now) {
        let answers = held
        held = []
        for item in answers { answer(item.asker, item.kind, item.result, now) }
    }

    func answer(
        _ asker: Pending.Asker, _ kind: Command.Kind, _ result: Result<Int, Rejection>, _ now: Now
    ) {
        commandMeters.note(kind, result)
        switch asker {
        case .door(let done): done(result)
        case .engine: break
        case .relay(let port, let item): answer(port, item.ordinal, result, now)
        case .settler(let session, let ordinal): settled(ordinal, result, session, now)
        case .minting(let session, let id, let secret):
            switch result {
            case .success: reply(minted(id, secret), session, now)
            case .failure(let rejection): reply(.rejection(rejection, .command(id)), session, now)
            }
        case .session(let session, let request):
            switch result {
            case .success(let sequence): reply(.ack(request, sequence: sequence), session, now)
            case .failure(let rejection): reply(.rejection(rejection, request), session, now)
            }
        }
    }

    // MARK: Time

    /// When `timePassed` wants to be called, in monotonic milliseconds.
    var wakeAt: Int {
        // While a batch is on its way there is nothing to tick; its end looks anew.
        let tick = isAhead ? nil : ticks.nextAt
        let line = [relaying?.dueAt, relayPorts.dueAt].compactMap(\.self).min()
        let people = [presence.nextAt, claims.nextAt, guesses.nextAt].compactMap(\.self).min()
        return min(sweepAt, tick ?? Int.max, people ?? Int.max, dayAt ?? Int.max, line ?? Int.max)
    }

    /// To be called at `wakeAt` or later.
    func timePassed(_ now: Now) {
        replayIfDue(now)
        noteLostLines(now)
        refuseGuessers(now)
        tickIfDue(now)
        claimsIfLapsed(now)
        presenceIfDue(now)
        lineIfDue(now)
        dayIfDue(now)
        if now.monotonic >= sweepAt {
            sweepAt = now.monotonic + Limits.sweepEvery
            sweep(now)
            // A reading of the log that failed is tried again.
            offerRecords(now)
            correctLines(now)
        }
        // What time itself gave cause for is decided now, not with the next thing that happens to come.
        turnEnded(now)
    }
}
