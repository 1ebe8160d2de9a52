// The fold of what moderators do together, and of what an organiser changes of the event.

extension State {
    mutating func applyTogether(_ change: Change, _ touched: inout Touched) {
        switch change {
        case .noteAdded(let id, let note): add(note, to: id, &touched)
        case .noteRemoved(let id, let note):
            guard let number = numbers[id] else { return }
            questions[number - 1].notes.removeAll { $0.id == note.id }
            touched.asides.append(number)
        case .said(let message): add(message, &touched)
        case .unsaid(let message):
            channel.removeAll { $0.id == message.id }
            touched.channel = true
        case .handed(let id, _, let to):
            guard let number = numbers[id] else { return }
            questions[number - 1].desk = to
            touched.asides.append(number)
        case .stageChanged(_, let to):
            stage = to
            touched.stage = true
        case .labelled(let id, _, let to):
            guard let number = numbers[id] else { return }
            questions[number - 1].labels = to
            touched.backstage.append(number)
        case .talkMoved(let id, _, let to): move(id, to: to, &touched)
        case .setupAmended(_, let to): configure(to, &touched)
        case .rehearsalWiped: wipe(&touched)
        default: preconditionFailure("not something that moderators do together")
        }
    }

    /// One that was taken away and comes back finds its place by its time.
    private mutating func add(_ note: Note, to id: QuestionID, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        let later = questions[number - 1].notes.firstIndex { $0.time > note.time }
        questions[number - 1].notes.insert(note, at: later ?? questions[number - 1].notes.endIndex)
        touched.asides.append(number)
    }

    private mutating func add(_ message: ChannelMessage, _ touched: inout Touched) {
        channel.insert(message, at: channel.firstIndex { $0.time > message.time } ?? channel.endIndex)
        if channel.count > Limits.channelKept { channel.removeFirst(channel.count - Limits.channelKept) }
        touched.channel = true
    }

    private mutating func move(_ id: QuestionID, to talk: TalkID, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        let isWaiting = questions[number - 1].status == .approved
        let isTurn = questions[number - 1].isTurn
        let venue = questions[number - 1].venue
        if isWaiting { dequeue(number, &touched) }
        if isTurn { queue(of: questions[number - 1].talk) { $0.turn(of: venue, by: -1) } }
        questions[number - 1].talk = talk
        if isTurn {
            queue(of: talk) { $0.turn(of: venue, by: 1) }
            touched.turns = true
            touched.queue = true
        }
        if isWaiting { enqueue(number, &touched) }
        touched.cards.append(number)
        touched.participants.append(questions[number - 1].asker)
    }

    /// What is known of the event and of people's keys stays; receipts too, so that a command that comes again is known.
    /// Codes that were handed out stay good, and whoever redeemed one in the rehearsal does so once more.
    private mutating func wipe(_ touched: inout Touched) {
        var fresh = State()
        fresh.head = head
        fresh.time = time
        fresh.began = began
        fresh.lastDone = lastDone
        fresh.setup = setup
        fresh.fileSetup = fileSetup
        fresh.order = setup?.order ?? fresh.order
        fresh.counts = (setup?.venues ?? []).map { VenueCounts(venue: $0.id) }
        fresh.receipts = receipts
        fresh.tokens = tokens
        fresh.screening = screening
        fresh.lines = lines
        fresh.rehearsals = rehearsals + 1
        fresh.rehearsedUntil = time
        fresh.codes = codes
        fresh.codes.forgetUses()
        self = fresh
        touched = Touched()
        touched.reset = true
        touched.event = true
        touched.counts = true
        touched.live = true
        touched.queue = true
        touched.turns = true
        touched.actions = true
        touched.currentTalk = true
        touched.channel = true
        touched.stage = true
    }
}
