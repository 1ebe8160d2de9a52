// The fold: (state, entry) → state. Pure, total, ordered; live, replay and replica run this same code.

/// What one entry touched, so that views need not look at everything.
public struct Touched: Equatable, Sendable {
    /// Numbers of questions whose card may look different, in the order of the changes.
    public var cards: [Int] = []
    /// Numbers of questions whose card may look different to moderators alone.
    public var asides: [Int] = []
    /// Numbers of questions whose card may look different to moderators and speakers.
    public var backstage: [Int] = []
    /// Numbers of floor requests that came near their turn, or are not near any more.
    public var near: [Int] = []
    /// Numbers of questions of which only the votes changed.
    public var tallies: [Int] = []
    /// Participants whose own questions or votes changed.
    public var participants: [ParticipantID] = []
    public var event = false
    public var counts = false
    public var live = false
    public var queue = false
    /// How many turns the venues have had, in whichever talk.
    public var turns = false
    public var actions = false
    /// Another talk became current: the views that show one talk change as a whole.
    public var currentTalk = false
    public var tokens = false
    public var channel = false
    public var stage = false
    /// Everything begins anew: no view from before leads on to this one.
    public var reset = false
}

extension State {
    /// Applies the next entry; it must follow on the head.
    @discardableResult
    public mutating func apply(_ entry: Entry) -> Touched {
        precondition(entry.sequence == head + 1, "an entry was left out or came twice")
        head = entry.sequence
        time = entry.time
        if began == nil { began = entry.time }
        if entry.actor.participant != Actor.house.participant { lastDone = entry.time }
        var touched = Touched()
        let talkBefore = currentTalk
        for change in entry.changes { apply(change, of: entry, &touched) }
        if touched.event, currentTalk != talkBefore { touched.currentTalk = true }
        if touched.queue || touched.currentTalk { updateNear(&touched) }
        if let id = entry.commandID {
            receipts[id] = Receipt(sequence: entry.sequence, participant: entry.actor.participant)
        }
        record(entry, &touched)
        return touched
    }

    private mutating func apply(_ change: Change, of entry: Entry, _ touched: inout Touched) {
        switch change {
        case .eventConfigured(let setup):
            fileSetup = setup
            configure(setup, &touched)
        case .questionAsked(let asked): ask(asked, entry, &touched)
        case .statusChanged(let id, _, let to): setStatus(id, to, &touched)
        case .textEdited(let id, _, let to): edit(id, to, &touched)
        case .voted(let id, let on, let counter):
            vote(id, entry.actor.participant, Vote(counter: counter, on: on), &touched)
        case .unionChanged(let id, let from, let to): setUnion(id, from, to, &touched)
        case .pairDistinguished(let one, let other, _, let to):
            distinguish(QuestionPair(one, other), to, &touched)
        case .duplicatesFlagged(let id, let flags): setFlags(id, flags, &touched)
        case .participantBlocked(let participant, _, let to): block(participant, to, &touched)
        case .noteAdded, .noteRemoved, .said, .unsaid, .handed, .stageChanged, .labelled, .talkMoved,
            .setupAmended, .rehearsalWiped:
            applyTogether(change, &touched)
        case .talkChanged(let talk, _, let to):
            talkPhases[talk] = to
            touched.event = true
        case .intakeChanged(_, let to):
            intake = to
            touched.event = true
        case .phaseChanged(_, let to):
            phase = to
            // A rehearsal goes on behind closed doors.
            if to != .closed { isRehearsing = to == .rehearsal }
            touched.event = true
        case .orderChanged(_, let to):
            sortQueues(to)
            touched.event = true
            touched.queue = true
        case .handChanged(let talk, _, let to): arrange(talk, to, &touched)
        case .placed(let id, _, let to): place(id, before: to, &touched)
        case .pinChanged(let id, _, let to): setPin(id, to, &touched)
        case .turnChanged(let id, _, let to): setWasLive(id, to, &touched)
        case .lineChanged(let venue, _, let to): setLine(venue, to, &touched)
        case .floorReady(let id, _, let to): setReady(id, to, &touched)
        case .tokenAdded(let token):
            tokens.append(token)
            screening.reserve(token)
            touched.tokens = true
        case .tokenRevoked(let id):
            if let index = tokens.firstIndex(where: { $0.id == id }) {
                tokens[index].revoked = true
            }
            touched.tokens = true
        case .actionUndone(let sequence):
            if let index = actions.lastIndex(where: { $0.sequence == sequence }) {
                actions[index].undone = true
                touched.actions = true
            }
        case .erased(let id, let part): erase(id, part, &touched)
        case .codesIssued, .codeUsed, .codesRevoked: applyCodes(change, of: entry, &touched)
        case .unknown: break
        }
    }

    mutating func configure(_ setup: EventSetup, _ touched: inout Touched) {
        let orderBefore = self.setup?.order
        self.setup = setup
        screening = Screening(setup)
        for token in tokens { screening.reserve(token) }
        // The file's order counts when it is new there; what moderators switched since stays otherwise.
        if orderBefore != setup.order { sortQueues(setup.order) }
        recount(setup.venues)
        touched.event = true
        touched.counts = true
        touched.queue = true
        touched.turns = true
        touched.currentTalk = true
    }

    /// From the questions: a venue that was taken out and comes back still has its own.
    private mutating func recount(_ venues: [Venue]) {
        counts = venues.map { VenueCounts(venue: $0.id) }
        for question in questions {
            guard let index = counts.firstIndex(where: { $0.venue == question.venue }) else {
                continue
            }
            counts[index].received += 1
            counts[index].count(question.status, by: 1)
        }
    }

    private mutating func ask(_ asked: AskedQuestion, _ entry: Entry, _ touched: inout Touched) {
        guard let commandID = entry.commandID, let venue = asked.venue ?? entry.actor.venue,
            asked.number == questions.count + 1
        else { return }
        let id: QuestionID = commandID.of()
        questions.append(
            Question(
                id: id, number: asked.number, talk: asked.talk, venue: venue,
                asker: entry.actor.participant, name: asked.name, text: asked.text,
                status: asked.approved ? .approved : .pending, asked: entry.time, spoken: asked.spoken))
        if asked.spoken { floor.append(asked.number) }
        questions[asked.number - 1].heard = asked.heard
        questions[asked.number - 1].held = asked.held
        numbers[id] = asked.number
        if let index = counts.firstIndex(where: { $0.venue == venue }) {
            counts[index].received += 1
            counts[index].count(questions[asked.number - 1].status, by: 1)
        }
        if asked.approved { enqueue(asked.number, &touched) }
        touched.cards.append(asked.number)
        touched.participants.append(entry.actor.participant)
        touched.counts = true
    }

    mutating func setStatus(
        _ id: QuestionID, _ status: Status, _ touched: inout Touched
    ) {
        guard let number = numbers[id] else { return }
        let question = questions[number - 1]
        if status == .live { queue(of: question.talk) { $0.setLive(question.venue, true) } }
        if question.status == .approved { dequeue(number, &touched) }
        setTurn(number, &touched) { $0.become(status) }
        if status == .approved { enqueue(number, &touched) }
        if question.status == .live, status != .live { queue(of: question.talk) { $0.setLive(question.venue, false) } }
        if status == .live {
            live = number
            touched.live = true
        } else if live == number {
            live = nil
            touched.live = true
        }
        if let index = counts.firstIndex(where: { $0.venue == question.venue }) {
            counts[index].count(question.status, by: -1)
            counts[index].count(status, by: 1)
        }
        touched.cards.append(number)
        touched.participants.append(question.asker)
        touched.counts = true
        let withdrawn = Status.dismissed(.withdrawn)
        if (question.status == withdrawn) != (status == withdrawn) { touchNeighbours(number, &touched) }
    }

    private mutating func edit(_ id: QuestionID, _ text: String, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        let first = questions[number - 1].original ?? questions[number - 1].text
        questions[number - 1].original = first == text ? nil : first
        questions[number - 1].text = text
        forgetFlags(around: number, &touched)
        touched.cards.append(number)
        touched.participants.append(questions[number - 1].asker)
    }

    private mutating func block(
        _ participant: ParticipantID, _ on: Bool, _ touched: inout Touched
    ) {
        if on { blocked.insert(participant) } else { blocked.remove(participant) }
        for question in questions where question.asker == participant {
            touched.cards.append(question.number)
        }
    }

    /// Keeps what a moderator or speaker did, so that it can be shown and undone.
    private mutating func record(_ entry: Entry, _ touched: inout Touched) {
        guard [.moderator, .speaker, .organiser].contains(entry.actor.role),
            entry.changes.contains(where: \.canBeUndone)
        else { return }
        actions.append(
            Action(
                sequence: entry.sequence, time: entry.time, actor: entry.actor,
                changes: entry.changes))
        if actions.count > Limits.actionsKept * 2 {
            actions.removeFirst(actions.count - Limits.actionsKept)
        }
        touched.actions = true
    }
}

extension Change {
    /// Whether the change has a value before that it can go back to.
    public var canBeUndone: Bool {
        // What takes an entered question back depends on what became of it.
        if case .questionAsked(let asked) = self { return asked.heard }
        return inverse != nil
    }

    /// The change that takes this one back.
    public var inverse: Change? {
        switch self {
        case .statusChanged(let id, let from, let to): .statusChanged(id, from: to, to: from)
        case .textEdited(let id, let from, let to): .textEdited(id, from: to, to: from)
        case .unionChanged(let id, let from, let to): .unionChanged(id, from: to, to: from)
        case .pairDistinguished(let one, let other, let from, let to):
            .pairDistinguished(one, other, from: to, to: from)
        case .participantBlocked(let id, let from, let to):
            .participantBlocked(id, from: to, to: from)
        case .talkChanged(let id, let from, let to): .talkChanged(id, from: to, to: from)
        case .intakeChanged(let from, let to): .intakeChanged(from: to, to: from)
        case .phaseChanged(let from, let to): .phaseChanged(from: to, to: from)
        case .orderChanged(let from, let to): .orderChanged(from: to, to: from)
        case .handChanged(let talk, let from, let to): .handChanged(talk, from: to, to: from)
        case .placed(let id, let from, let to): .placed(id, from: to, to: from)
        case .pinChanged(let id, let from, let to): .pinChanged(id, from: to, to: from)
        case .turnChanged(let id, let from, let to): .turnChanged(id, from: to, to: from)
        case .floorReady(let id, let from, let to): .floorReady(id, from: to, to: from)
        case .noteAdded(let id, let note): .noteRemoved(id, note)
        case .noteRemoved(let id, let note): .noteAdded(id, note)
        case .said(let message): .unsaid(message)
        case .unsaid(let message): .said(message)
        case .handed(let id, let from, let to): .handed(id, from: to, to: from)
        case .stageChanged(let from, let to): .stageChanged(from: to, to: from)
        case .labelled(let id, let from, let to): .labelled(id, from: to, to: from)
        case .talkMoved(let id, let from, let to): .talkMoved(id, from: to, to: from)
        case .setupAmended(let from, let to): .setupAmended(from: to, to: from)
        case .eventConfigured, .questionAsked, .voted, .duplicatesFlagged, .tokenAdded, .tokenRevoked,
            .actionUndone, .lineChanged, .rehearsalWiped, .erased, .codesIssued, .codeUsed, .codesRevoked, .unknown:
            nil
        }
    }
}
