import QAShared

// How a venue's relay decides for its room while the hub has not: guesses on top of what is confirmed.
extension Hub {
    /// Decides a command of the room on the state that the room sees, and takes it into the outbox.
    func guess(_ given: StampedCommand, _ entries: inout [Entry]) -> Result<Int, Rejection> {
        var stamped = given
        stamped.command = portable(given.command)
        do throws(Rejection) {
            switch try state.decide(proved(stamped)) {
            case .known:
                return .success(viewHead)
            case .entry(var entry):
                // From now on the two differ: the confirmed state is kept aside.
                if relaying?.confirmed == nil { relaying?.confirmed = state }
                entry.sequence = relaying?.add(stamped) ?? 0
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

    /// A command as the hub can understand it: what was done here and has no sequence there is named by its command.
    private func portable(_ command: Command) -> Command {
        guard case .undo(let sequence) = command, sequence > Limits.guesses,
            let id = relaying?.commandIDs[sequence - Limits.guesses]
        else { return command }
        return .undoCommand(id)
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
            case .textEdited(let id, _, _):
                if let number = state.numbers[id] { relaying?.reworded.insert(number) }
            default: break
            }
        }
        return concerned(by: touched)
    }

    /// Participants whose own questions or votes look different: those touched, and who asked what was united with them.
    private func concerned(by touched: Touched) -> [ParticipantID] {
        var participants = touched.participants
        for number in touched.cards {
            for variant in state.question(number: number).variants {
                participants.append(state.question(number: variant).asker)
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
        // Before the first contact with the hub there is nothing to see.
        guard state.head > 0 || relaying?.outbox.isEmpty == false else { return }
        relaying?.views.advance()
        _ = guessAnew()
    }

    /// Entries of the hub's log, on the relay's disk by now; they follow on those before.
    func confirmed(_ entries: [Entry], _ now: Now) {
        relaying?.arrived += entries
        if let target = relaying?.restartsAt, (entries.last?.sequence ?? 0) < target { return }
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
    func replay(_ now: Now) {
        guard var relay = relaying, !awaitsLog(relay) else { return }
        let entries = relay.arrived
        relay.arrived = []
        relay.replayAt = nil
        var told = Set(relay.guessedQuestions.keys).union(relay.guessedVotes.keys)
        if let confirmed = relay.confirmed { state = confirmed }
        if relay.restartsAt != nil {
            told.formUnion(participants.sessions.keys)
            state = State()
            participants.forgetAll()
        }
        relay.restartsAt = nil
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
            let touched = state.apply(entry)
            follow(entry)
            own(entry)
            told.formUnion(concerned(by: touched))
        }
        relaying?.views.advance()
        advise(of: entries)
        told.formUnion(guessAnew())
        tellAll(told.filter { participants.sessions[$0] != nil }.sorted(), now)
        closeRevoked(entries, now)
        tickIfDue(now)
        resumeStalled(now)
    }

    /// Whether another log is on its way that has not arrived yet: the room keeps what it sees.
    private func awaitsLog(_ relay: Relaying) -> Bool {
        relay.restartsAt.map { $0 > relay.arrived.last?.sequence ?? 0 } ?? false
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
    private func guessAnew() -> Set<ParticipantID> {
        guard let relay = relaying else { return [] }
        let confirmed = state
        relaying?.outbox.removeAll { relay.isSettled($0, in: confirmed) }
        guard let items = relaying?.outbox, !items.isEmpty else { return [] }
        relaying?.confirmed = confirmed
        var told: Set<ParticipantID> = []
        for item in items {
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
            guard case .ask(let text, _, let talk, let spoken) = refusal.forwarded.command,
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
