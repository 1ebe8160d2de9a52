import QAShared

// How a venue's relay decides for its room while the hub has not: guesses on top of what is confirmed.
extension Hub {
    /// Decides a command of the room on the state that the room sees, and takes it into the outbox.
    func guess(_ given: StampedCommand, _ entries: inout [Entry]) -> Result<Int, Rejection> {
        var stamped = given
        stamped.command = portable(given.command)
        // Setup and keys have no frame to travel in, and a rehearsal is all rooms': only where they are heard.
        let kind = given.command.kind
        guard kind.hasFrame, kind != .startRehearsal, kind != .endRehearsal else {
            return .failure(Rejection(.notTheHub))
        }
        do throws(Rejection) {
            switch try state.decide(proved(stamped)) {
            case .known:
                return .success(viewHead)
            case .entry(var entry):
                guard relaying?.fits(stamped) != false else { return .failure(Rejection(.badValue)) }
                // From now on the two differ: the confirmed state is kept aside.
                if relaying?.confirmed == nil { relaying?.confirmed = state }
                entry.sequence = relaying?.add(stamped, rehearsals: state.rehearsals) ?? 0
                let touched = apply(guess: entry)
                relaying?.concern(touched)
                relaying?.views.advance()
                entries.append(entry)
                return .success(viewHead)
            }
        } catch {
            return .failure(error)
        }
    }

    /// A command as any hub can understand it, today's and one that was restored from a backup.
    private func portable(_ command: Command) -> Command {
        switch command {
        case .undo(let sequence):
            // What was done here has no sequence there yet, and sequences of a lost log may mean something else later.
            let id = relaying?.commandIDs[sequence - Limits.guesses] ?? state.commandID(at: sequence)
            return id.map(Command.undoCommand) ?? command
        // Raw text may be as long as a frame: what is cleaned away need not travel.
        case .ask(let text, let name, let talk, let spoken):
            return .ask(
                text: QuestionText.clean(text), name: name.map(QuestionText.clean), talk: talk, spoken: spoken)
        case .edit(let id, let text): return .edit(id, text: QuestionText.clean(text))
        default: return command
        }
    }

    /// Applies a guess to the state; gives the participants whose own things it touched.
    private func apply(guess entry: Entry) -> [ParticipantID] {
        let touched = state.apply(guess: entry)
        follow(entry)
        for change in entry.changes {
            switch change {
            case .questionAsked(let asked):
                relaying?.guessedQuestions[entry.actor.participant, default: []].append(asked.number)
            case .voted(let id, _, _):
                if let number = state.numbers[id] {
                    relaying?.guessedVotes[entry.actor.participant, default: []].append(number)
                }
            case .textEdited(let id, _, _), .erased(let id, .text):
                if let number = state.numbers[id] { relaying?.reworded.insert(number) }
            default: break
            }
        }
        var concerned = concerned(by: entry, touched)
        // While the line is cut whoever votes is told that it is yet to be counted.
        if relaying?.isUp == false, entry.changes.contains(where: \.isVote) {
            concerned.append(entry.actor.participant)
        }
        relaying?.guessTouched.formUnion(concerned)
        return concerned
    }

    /// Participants whose own questions or votes may look different: those touched, who asked what looks different or
    /// was united with it, and whose vote counts elsewhere.
    private func concerned(by entry: Entry, _ touched: Touched) -> [ParticipantID] {
        var participants = touched.participants
        for number in touched.cards {
            let question = state.question(number: number)
            participants.append(question.asker)
            for variant in question.variants { participants.append(state.question(number: variant).asker) }
        }
        // Where a vote for a variant counts is told while the founder is public.
        for case .statusChanged(let id, let from, let to) in entry.changes where from.isPublic != to.isPublic {
            for variant in state.question(id)?.variants ?? [] {
                participants += state.question(number: variant).voters.keys
            }
        }
        return participants
    }

    /// Tells devices all of their own anew: numbers of guesses move, so single ones could not be named.
    func tellAll(_ concerned: [ParticipantID], _ now: Now) {
        for participant in concerned {
            for session in participants.sessions[participant] ?? [] where !session.mineWhole {
                session.mineWhole = true
                session.own = nil
                want(session, now)
            }
        }
    }

    // MARK: What the hub confirmed

    /// Makes the room's state of what was on the disk.
    func beginRelaying() {
        // The first position is 1: 0 would read as none.
        relaying?.views.advance()
        if relaying?.outbox.isEmpty == false { _ = guessAnew() }
    }

    /// Entries of the hub's log, on the relay's disk by now; they follow on those before.
    func confirmed(_ entries: [Entry], _ now: Now) {
        relaying?.arrived += entries
        if relaying?.awaitsLog == true { return }
        guard relaying?.replayAt == nil else { return }
        // A long outbox is decided anew less often: it costs some microseconds a command.
        let waiting = relaying?.outbox.count ?? 0
        relaying?.replayAt = now.monotonic + min(Limits.crowdTick, waiting / 20)
        replayIfDue(now)
    }

    func replayIfDue(_ now: Now) {
        guard let at = relaying?.replayAt, at <= now.monotonic else { return }
        replay(now)
    }

    /// Applies what arrived, and decides anew what the room did on top of it.
    ///
    /// While another log is on its way the room keeps what it sees of the old one, and its own commands still count.
    func replay(_ now: Now) {
        guard var relay = relaying else { return }
        let awaits = relay.awaitsLog
        let isOther = relay.restartsAt != nil && !awaits
        let entries = awaits ? [] : relay.arrived
        if !awaits {
            relay.arrived = []
            relay.restartsAt = nil
        }
        relay.replayAt = nil
        var told = relay.guessTouched.union(relay.guessedQuestions.keys).union(relay.guessedVotes.keys)
        relay.guessTouched = []
        if let confirmed = relay.confirmed { state = confirmed }
        if isOther {
            told.formUnion(participants.sessions.keys)
            state = State()
            participants.forgetAll()
        }
        relay.confirmed = nil
        relay.guessedQuestions = [:]
        relay.guessedVotes = [:]
        let reworded = relay.reworded
        relay.reworded = []
        relaying = relay
        twins?.truncate(to: state.questions.count)
        for number in reworded.sorted() where number <= state.questions.count {
            twins?.replace(number: number, text: state.question(number: number).text)
        }
        for entry in entries {
            refusePassedOver(by: entry)
            let touched = state.apply(entry)
            follow(entry)
            own(entry)
            told.formUnion(concerned(by: entry, touched))
        }
        if Self.isWiped(by: entries) {
            beganAnew(now)
            told.formUnion(participants.sessions.keys)
            for ordinal in relaying?.forgetRehearsal(state.rehearsals) ?? [] {
                effects.append(.forget(ordinal: ordinal))
            }
        }
        told.formUnion(takeUp(after: entries, now))
        relaying?.views.advance()
        noteWaiting(now)
        if isOther || entries.contains(where: { $0.changes.contains(where: \.isAboutCodes) }) { noteCodes() }
        // What the engine knows of another log's numbers is of no use here.
        if isOther { adviseAnew() } else { advise(of: entries) }
        told.formUnion(guessAnew(settles: !awaits))
        tellAll(told.filter { participants.sessions[$0] != nil }.sorted(), now)
        closeRevoked(entries, now)
        tickIfDue(now)
        resumeStalled(now)
    }

    /// The hub takes what it can of a command for many questions; of the others the room's moderators are told.
    private func refusePassedOver(by entry: Entry) {
        guard let id = entry.commandID, let item = relaying?.outbox.first(where: { $0.forwarded.id == id })?.forwarded,
            let part = relaying?.refusePart(of: item, in: state)
        else { return }
        effects.append(.keepRefused(part, Forwarded.passedOver))
        for session in attached[ViewKind.moderator.rawValue] { want(session, clock) }
    }

    /// Notes in the books what a confirmed entry gave to whom.
    private func own(_ entry: Entry) {
        for change in entry.changes {
            switch change {
            case .questionAsked(let asked): participants.asked(asked.number, by: entry.actor.participant)
            case .voted(let id, _, _):
                if let number = state.numbers[id] { participants.voted(number, by: entry.actor.participant) }
            default: break
            }
        }
    }

    /// Decides the outbox on top of the confirmed state, which the state is when this begins; gives whom it concerns.
    ///
    /// `settles`: what the confirmed state holds is done with. Not so while another log is on its way, which may lack it.
    private func guessAnew(settles: Bool = true) -> Set<ParticipantID> {
        guard let relay = relaying else { return [] }
        let confirmed = state
        if settles { relaying?.outbox.removeAll { relay.isSettled($0, in: confirmed) } }
        guard let items = relaying?.outbox, !items.isEmpty else { return [] }
        relaying?.confirmed = confirmed
        var told: Set<ParticipantID> = []
        for item in items where !item.forwarded.isOfRehearsal(in: confirmed) {
            // What can no longer be done is left out here; the hub has the last word on it.
            guard case .entry(var entry) = try? state.decide(proved(item.forwarded.stamped)) else { continue }
            entry.sequence = Limits.guesses + item.forwarded.ordinal
            told.formUnion(apply(guess: entry))
        }
        return told
    }

    // MARK: Refused questions

    /// A participant's questions that the hub refused, so that none vanishes without a word.
    func refusedQuestions(of participant: ParticipantID) -> [Mine.Own] {
        guard let relay = relaying else { return [] }
        return relay.refusals.compactMap { refusal in
            // What was of a rehearsal is gone for everybody.
            guard refusal.rejection.code != .rehearsalOver,
                case .ask(let text, _, let talk, let spoken) = refusal.forwarded.command,
                refusal.forwarded.actor.participant == participant,
                let talk = talk ?? state.currentTalk
            else { return nil }
            var own = Mine.Own(
                id: refusal.forwarded.id.of(), number: 0, talk: talk, status: "refused", text: text, votes: 0,
                reason: refusal.rejection.code.rawValue, asked: refusal.forwarded.time)
            own.spoken = spoken
            return own
        }
    }
}

extension Change {
    fileprivate var isVote: Bool { if case .voted = self { true } else { false } }
}
