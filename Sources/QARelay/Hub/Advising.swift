import QAShared

// What the hub tells the engine of the log, what it asks of it, and what becomes of the answers.

/// What the hub remembers of its dealings with the engine.
struct Advising {
    /// The head at which the flags of a question were last asked for.
    var flagsAsked: [QuestionID: Int] = [:]
    /// The sequence at which a question's text or talk last changed, by number.
    var edits: [Int: Int] = [:]
    /// Whether flags may have been lost with a batch that could not be written.
    var missesFlags = false
    /// Texts that somebody is typing, on their way through the engine.
    var tickets: [UInt64: Ticket] = [:]
    var ticketsIssued: UInt64 = 0
    /// Texts that the engine has not answered yet, those that nobody waits for any more among them.
    var inFlight = 0
    /// Answers that came while the state was ahead of what may be seen.
    var held: [(ticket: UInt64, numbers: [Int])] = []

    /// Who asked for suggestions, and what for.
    struct Ticket {
        var session: Session
        var request: Int
        var talk: TalkID
        var askedAt: Int
    }
}

extension Hub {
    /// Whether there is anybody to ask: the strict rule and the engine come together.
    var hasEngine: Bool { twins != nil }

    private func advise(_ requests: [AdviceRequest]) {
        if hasEngine, !requests.isEmpty { effects.append(.advise(requests)) }
    }

    // MARK: At the start

    /// Shows the strict rule and the engine all that is there, and asks for the flags that a stop may have cost.
    func adviseFromStart() {
        guard hasEngine else { return }
        state.questions.forEach(show)
        adviseAnew()
        if relaying == nil { askMissingFlags() }
    }

    /// A floor request keeps its number alone: its subject is nobody's question.
    private func show(_ question: Question) {
        let text = question.spoken ? "" : question.text
        twins?.insert(number: question.number, text: text, talk: question.talk, venue: question.venue)
    }

    private func prove(_ question: Question) {
        twins?.insert(number: question.number, text: question.text, talk: question.talk, venue: question.venue)
    }

    /// Asks for the flags that were never written, in the order of the questions, so that another stop loses none of them.
    func askMissingFlags() {
        advising.missesFlags = false
        let above = state.questions.suffix(max(0, state.questions.count - state.flaggedUpTo))
        advise(
            above.filter { $0.status.isOpen && !$0.spoken && !$0.isTextErased }.suffix(Limits.flagsAtStart).map(
                flagRequest))
    }

    func adviseAnew() { advise([.rebuild(state.questions.filter { !$0.spoken }.map(note))]) }

    private func note(_ question: Question) -> QuestionNote {
        QuestionNote(
            number: question.number, id: question.id, talk: question.talk, venue: question.venue,
            text: question.text, founder: question.union.flatMap { state.numbers[$0.founder] },
            isPublic: question.status.isPublic, isGone: question.isGone, status: question.status)
    }

    private func flagRequest(_ question: Question) -> AdviceRequest {
        advising.flagsAsked[question.id] = state.head
        return .flag(question.id, number: question.number, text: question.text)
    }

    // MARK: While commands are decided

    /// The command with what is proved of it: which questions a new one repeats.
    func proved(_ stamped: StampedCommand) -> StampedCommand {
        guard let (raw, wanted, place) = asked(stamped), let twins, state.receipts[stamped.id] == nil,
            let venue = place, let talk = wanted ?? state.currentTalk, let limits = state.setup?.limits,
            // What is refused anyway must not cost the reading.
            state.phase != .closed, state.intake || stamped.command.kind == .enter,
            !state.blocked.contains(stamped.actor.participant),
            state.talkPhase(talk) != .ended, state.questions.count < limits.questionsMaximum
        else { return stamped }
        let text = QuestionText.clean(raw)
        // What is too long is refused whatever it says.
        guard text.unicodeScalars.count <= limits.textMaximum else { return stamped }
        var stamped = stamped
        stamped.sameAs = twins.same(as: text, talk: talk, venue: venue)
            .filter { $0 <= state.questions.count }.map { state.questions[$0 - 1].id }
        return stamped
    }

    /// What a command asks, of which talk and where; nil for any other command.
    private func asked(_ stamped: StampedCommand) -> (text: String, talk: TalkID?, venue: VenueID?)? {
        switch stamped.command {
        case .ask(let text, _, let talk, false): (text, talk, stamped.actor.venue)
        case .enter(let text, _, let venue, let talk, false): (text, talk, venue)
        default: nil
        }
    }

    /// Keeps the strict rule up with an entry that was just applied.
    func follow(_ entry: Entry) {
        guard hasEngine else { return }
        for change in entry.changes {
            switch change {
            case .questionAsked(let asked) where asked.number == state.questions.count:
                show(state.question(number: asked.number))
            case .textEdited(let id, _, let to):
                guard let number = state.numbers[id], !state.question(number: number).spoken else { continue }
                twins?.replace(number: number, text: to)
                advising.edits[number] = entry.sequence
            case .erased(let id, .text):
                guard let number = state.numbers[id] else { continue }
                twins?.replace(number: number, text: "")
                advising.edits[number] = entry.sequence
            case .talkMoved(let id, _, let to):
                guard let number = state.numbers[id] else { continue }
                twins?.replace(number: number, text: state.question(number: number).text, talk: to)
                advising.edits[number] = entry.sequence
            case .rehearsalWiped:
                twins?.forgetAll()
                advising.edits = [:]
                advising.flagsAsked = [:]
            default: break
            }
        }
    }

    // MARK: Once a batch is written, or is not

    /// Tells the engine what a durable batch changed, and asks for flags of the texts that are new in it.
    func advise(of entries: [Entry]) {
        guard hasEngine else { return }
        var changed: [Int] = []
        var worded: [Int] = []
        var entries = entries[...]
        if let wipe = entries.lastIndex(where: { Self.isWiped(by: [$0]) }) {
            // What came before it, in the same batch, is no more.
            entries = entries[(wipe + 1)...]
            adviseAnew()
        }
        for change in entries.lazy.flatMap(\.changes) {
            switch change {
            case .questionAsked(let asked) where asked.number <= state.questions.count:
                changed.append(asked.number)
                worded.append(asked.number)
            case .textEdited(let id, _, _), .talkMoved(let id, _, _):
                guard let number = state.numbers[id] else { continue }
                changed.append(number)
                worded.append(number)
            case .unionChanged(let id, _, let to):
                guard let number = state.numbers[id] else { continue }
                changed.append(number)
                // Alone again, it is judged like a new one.
                if to == nil, state.question(number: number).flags.isEmpty { worded.append(number) }
            case .statusChanged(let id, _, _), .erased(let id, .text):
                if let number = state.numbers[id] { changed.append(number) }
            default: break
            }
        }
        changed.removeAll { state.question(number: $0).spoken }
        let notes = changed.eachOnce.map { AdviceRequest.note(note(state.question(number: $0))) }
        let flags = worded.eachOnce.map { state.question(number: $0) }.filter(canBeFlagged).map(flagRequest)
        advise(notes + flags)
    }

    /// Flags are the hub's to find: what a relay would find the hub finds too.
    private func canBeFlagged(_ question: Question) -> Bool {
        relaying == nil && question.union == nil && !question.isGone && !question.spoken && !question.isTextErased
    }

    /// The state was folded anew from the log, which may hold the failed batch or not.
    func adviseAfterFailure(durable: Int, wasWiping: Bool) {
        guard hasEngine else { return }
        if wasWiping {
            twins?.forgetAll()
            advising.edits = [:]
            state.questions.forEach(prove)
        }
        twins?.truncate(to: state.questions.count)
        for number in advising.edits.keys.sorted() where advising.edits[number].map({ $0 > durable }) == true {
            if number <= state.questions.count {
                let question = state.question(number: number)
                twins?.replace(number: number, text: question.text, talk: question.talk)
            }
            if advising.edits[number].map({ $0 > state.head }) == true { advising.edits[number] = nil }
        }
        advising.missesFlags = true
        // The engine was told of durable batches alone; this one it missed.
        if state.head > durable { adviseAnew() }
    }

    // MARK: Answers

    /// The engine answered.
    func advised(_ advice: [Advice], _ now: Now) {
        for item in advice {
            switch item {
            case .flags(let id, let text, let flags): submit(flags, of: id, judged: text, now)
            case .suggestions(let ticket, let numbers):
                advising.inFlight -= 1
                answer(ticket, numbers, now)
            }
        }
    }

    private func submit(_ flags: [DuplicateFlag], of id: QuestionID, judged text: String, _ now: Now) {
        // On a full disk they would be refused for ever; they are asked for again once there is room.
        guard health == .ok else { return }
        var known: [DuplicateFlag] = []
        for var flag in flags where flag.other != id && state.question(flag.other) != nil {
            guard !known.contains(where: { $0.other == flag.other }) else { continue }
            flag.mine = Array(flag.mine.prefix(Limits.flagWords))
            flag.theirs = Array(flag.theirs.prefix(Limits.flagWords))
            known.append(flag)
        }
        let stamped = StampedCommand(
            id: CommandID(high: 0, low: 0), actor: .house, time: now.wall,
            command: .flag(id, Array(known.prefix(Limits.flagsMaximum))))
        submit(stamped, judged: text)
    }

    /// Whether flags still say what is so; they are asked for anew when another text changed meanwhile.
    func isTimely(_ command: Command, judged text: String) -> Bool {
        guard case .flag(let id, let flags) = command, let question = state.question(id),
            question.text == text, canBeFlagged(question)
        else { return false }
        let askedAt = advising.flagsAsked.removeValue(forKey: id) ?? 0
        let isStale = flags.contains { flag in
            state.numbers[flag.other].flatMap { advising.edits[$0] }.map { $0 > askedAt } == true
        }
        if isStale { advise([flagRequest(question)]) }
        return !isStale && question.flags != flags
    }
}

extension Question {
    /// Whether its asker took it back.
    fileprivate var isGone: Bool { status == .dismissed(.withdrawn) }
}

extension [Int] {
    /// The numbers in their order without what was there before.
    fileprivate var eachOnce: [Int] {
        var seen: Set<Int> = []
        return filter { seen.insert($0).inserted }
    }
}
