import QAShared

// Who is typing a question is shown public ones like it: nothing of it enters the log.
extension Hub {
    /// Puts a text to the engine, or answers with nothing when that cannot be.
    func suggest(_ request: Int, _ raw: String, _ wanted: TalkID?, _ session: Session, _ now: Now) {
        guard session.role == .audience else { return reply(.rejection(Rejection(.notAllowed), nil), session, now) }
        let limit = (state.setup?.limits ?? EventLimits()).textMaximum
        let text = QuestionText.clean(raw)
        guard text.unicodeScalars.count <= limit else {
            return reply(.rejection(Rejection(.badValue, field: "text", limit: limit), nil), session, now)
        }
        guard hasEngine, health == .ok || health == .full, !text.isEmpty, let talk = wanted ?? state.currentTalk,
            advising.inFlight < Limits.suggestionsInFlight, rates.takeSuggest(session.participant, now)
        else { return reply(.suggestions(request: request, cards: []), session, now) }
        session.suggesting = request
        advising.inFlight += 1
        advising.ticketsIssued += 1
        advising.tickets[advising.ticketsIssued] = Advising.Ticket(
            session: session, request: request, talk: talk, askedAt: now.monotonic)
        effects.append(.advise([.suggest(ticket: advising.ticketsIssued, text: text, talk: talk)]))
    }

    /// Answers a ticket, once all that the cards could show is durable.
    func answer(_ ticket: UInt64, _ numbers: [Int], _ now: Now) {
        if isAhead, !isLost { return advising.held.append((ticket, numbers)) }
        guard let asked = advising.tickets.removeValue(forKey: ticket) else { return }
        let session = asked.session
        guard session.isAttached, session.suggesting == asked.request else { return }
        session.suggesting = nil
        let cards = isLost ? [] : cards(numbers, asked.talk, session.participant)
        reply(.suggestions(request: asked.request, cards: cards), session, now)
    }

    /// What was held back while a batch was on its way.
    func answerHeld(_ now: Now) {
        let held = advising.held
        advising.held = []
        for item in held { answer(item.ticket, item.numbers, now) }
    }

    /// Nobody waits for an engine that does not answer.
    func expireTickets(_ now: Now) {
        let late = advising.tickets.filter { now.monotonic - $0.value.askedAt > Limits.suggestionWithin }
        for ticket in late.keys.sorted() { answer(ticket, [], now) }
    }

    private func cards(_ numbers: [Int], _ talk: TalkID, _ participant: ParticipantID) -> [Card] {
        let own = Set(ownQuestions(of: participant).map { state.question(number: $0).founderID })
        var founders: [QuestionID] = []
        for number in numbers where (1...max(1, state.questions.count)).contains(number) && !state.questions.isEmpty {
            guard let founder = state.question(state.question(number: number).founderID),
                founder.status.isPublic, founder.talk == talk, !own.contains(founder.id),
                !founders.contains(founder.id)
            else { continue }
            founders.append(founder.id)
        }
        return founders.prefix(Limits.suggestionsShown).compactMap(state.question)
            .map { Card($0, in: state, for: .audience) }
    }
}
