// Deciding the order in which questions are taken.

extension State {
    /// What was made by hand is kept in the entry that leaves it, so that it can be taken back.
    func setOrder(_ to: QueueOrder) -> [Change] {
        order == to ? [] : handLeft(by: to) + [.orderChanged(from: order, to: to)]
    }

    /// The orders by hand that end when another order begins.
    func handLeft(by next: QueueOrder) -> [Change] {
        guard order == .byHand, next != .byHand else { return [] }
        return queues.keys.sorted().compactMap { talk in
            let numbers = Array((queues[talk]?.hand.numbers ?? []).prefix(Limits.handKept))
            return numbers.isEmpty ? nil : .handChanged(talk, from: numbers, to: [])
        }
    }

    func pin(_ id: QuestionID, _ on: Bool) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard question.status == .pending || question.status == .approved else { throw Rejection(.wrongStatus) }
        guard (question.pinned != nil) != on else { return [] }
        return [.pinChanged(id, from: question.pinned, to: on ? head + 1 : nil)]
    }

    func place(_ id: QuestionID, before other: QuestionID?) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard order == .byHand else { throw Rejection(.wrongOrder) }
        guard question.status == .approved else { throw Rejection(.wrongStatus) }
        if let other {
            let target = try known(other, field: "before")
            guard target.status == .approved, target.talk == question.talk else {
                throw Rejection(.wrongStatus, field: "before")
            }
        }
        let from = placeByHand(of: question)
        return id == other || from == other ? [] : [.placed(id, from: from, to: other)]
    }

    /// The question before which another one stands by hand.
    func placeByHand(of question: Question) -> QuestionID? {
        queues[question.talk]?.hand.next(after: question.number).map { questions[$0 - 1].id }
    }

    func setLine(_ venue: VenueID, _ cutSince: Timestamp?) throws(Rejection) -> [Change] {
        guard setup?.venue(venue) != nil else { throw Rejection(.unknownVenue, field: "venue") }
        return lines[venue] == cutSince ? [] : [.lineChanged(venue, from: lines[venue], to: cutSince)]
    }

    /// For a question that goes live: what it says of an earlier turn is lost then, so it is put into words that an undo
    /// finds. Put back, it would have none; answered, it would have one.
    func turnKept(by question: Question) -> [Change] {
        switch (question.status, question.wasLive) {
        case (.answered, false): [.turnChanged(question.id, from: false, to: true)]
        case (.answered, true), (_, false): []
        case (_, true): [.turnChanged(question.id, from: true, to: false)]
        }
    }

    // MARK: The floor

    /// One open request a person and talk: whoever wants to say more says it when it is their turn.
    func checkFloor(_ setup: EventSetup, _ talk: TalkID, _ actor: Actor) throws(Rejection) {
        guard setup.floor else { throw Rejection(.floorClosed) }
        let isTaken = floor.contains { number in
            let question = questions[number - 1]
            return question.asker == actor.participant && question.talk == talk && question.status.isOpen
        }
        guard !isTaken else { throw Rejection(.floorTaken) }
    }

    func ready(_ id: QuestionID, _ on: Bool) throws(Rejection) -> [Change] {
        let question = try known(id)
        guard question.spoken, question.status == .approved || question.status == .live else {
            throw Rejection(.wrongStatus)
        }
        return question.ready == on ? [] : [.floorReady(id, from: question.ready, to: on)]
    }
}
