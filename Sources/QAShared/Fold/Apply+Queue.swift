// The fold of the order in which questions are taken: queues, turns, pins, the order by hand, lines.

extension State {
    /// Changes the queue of a talk, which is made when it is not there.
    mutating func queue(of talk: TalkID, _ change: (inout Queue) -> Void) {
        if queues[talk] == nil {
            var queue = Queue(order: order)
            for venue in lines.keys.sorted() { queue.setCut(venue, true) }
            queues[talk] = queue
        }
        change(&queues[talk, default: Queue(order: order)])
    }

    mutating func enqueue(_ number: Int, _ touched: inout Touched) {
        let item = questions[number - 1].queued
        queue(of: questions[number - 1].talk) { $0.insert(item) }
        touched.queue = true
    }

    mutating func dequeue(_ number: Int, _ touched: inout Touched) {
        queues[questions[number - 1].talk]?.remove(questions[number - 1].queued)
        touched.queue = true
    }

    /// A question that waits had so many votes until now.
    mutating func revote(_ number: Int, from votes: Int, _ touched: inout Touched) {
        var item = questions[number - 1].queued
        let now = item.votes
        item.votes = votes
        let isSeen = queues[questions[number - 1].talk]?.revote(item, to: now, shown: Limits.queueShown)
        if isSeen == true { touched.queue = true }
    }

    /// All of them, those of talks that were taken out too: they may come back.
    mutating func sortQueues(_ order: QueueOrder) {
        self.order = order
        for talk in queues.keys { queues[talk]?.sort(order) }
    }

    // MARK: Turns

    /// Changes a question in what its venue's turns depend on.
    mutating func setTurn(_ number: Int, _ touched: inout Touched, _ change: (inout Question) -> Void) {
        let wasTurn = questions[number - 1].isTurn
        change(&questions[number - 1])
        let question = questions[number - 1]
        guard question.isTurn != wasTurn else { return }
        queue(of: question.talk) { $0.turn(of: question.venue, by: question.isTurn ? 1 : -1) }
        touched.turns = true
        touched.queue = true
    }

    mutating func setWasLive(_ id: QuestionID, _ wasLive: Bool, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        setTurn(number, &touched) { $0.wasLive = wasLive }
    }

    // MARK: By people

    mutating func setPin(_ id: QuestionID, _ sequence: Int?, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        let item = questions[number - 1].queued
        questions[number - 1].pinned = sequence
        if questions[number - 1].status == .approved { queues[questions[number - 1].talk]?.repin(item, to: sequence) }
        touched.cards.append(number)
        touched.queue = true
    }

    mutating func place(_ id: QuestionID, before other: QuestionID?, _ touched: inout Touched) {
        guard let number = numbers[id], order == .byHand else { return }
        queues[questions[number - 1].talk]?.hand.place(number, before: other.flatMap { numbers[$0] })
        touched.queue = true
    }

    /// Takes an order by hand over that was left before; to leave it is the order's own change.
    mutating func arrange(_ talk: TalkID, _ numbers: [Int], _ touched: inout Touched) {
        guard order == .byHand, !numbers.isEmpty else { return }
        queues[talk]?.hand.arrange(numbers)
        touched.queue = true
    }

    // MARK: The floor

    mutating func setReady(_ id: QuestionID, _ on: Bool, _ touched: inout Touched) {
        guard let number = numbers[id] else { return }
        questions[number - 1].ready = on
        touched.backstage.append(number)
        touched.participants.append(questions[number - 1].asker)
    }

    /// Whoever came among the first, or is not any more, is to be told.
    mutating func updateNear(_ touched: inout Touched) {
        guard !floor.isEmpty else { return }
        let first = currentTalk.flatMap { queues[$0]?.first(Limits.floorNear) } ?? []
        let now = first.filter { questions[$0 - 1].spoken }
        let moved = near.filter { !now.contains($0) } + now.filter { !near.contains($0) }
        near = now
        touched.near += moved
        touched.backstage += moved
        touched.participants += moved.map { questions[$0 - 1].asker }
    }

    // MARK: Lines

    mutating func setLine(_ venue: VenueID, _ cutSince: Timestamp?, _ touched: inout Touched) {
        lines[venue] = cutSince
        for talk in queues.keys { queues[talk]?.setCut(venue, cutSince != nil) }
        touched.event = true
        touched.queue = true
    }
}

extension Question {
    /// Takes another status, and what it says of having been live.
    mutating func become(_ status: Status) {
        if status == .live {
            wasLive = true
        } else if self.status == .live, status != .answered {
            wasLive = false
        }
        self.status = status
    }
}
