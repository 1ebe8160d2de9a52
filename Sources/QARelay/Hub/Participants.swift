import QAShared

/// Which questions and votes belong to whom, so that a device can be told its own without a search.
struct Participants {
    /// Numbers, ascending.
    private(set) var questions: [ParticipantID: [Int]] = [:]
    private(set) var votes: [ParticipantID: [Int]] = [:]
    /// The sessions of each device that is here: one a tab.
    var sessions: [ParticipantID: [Session]] = [:]

    mutating func rebuild(from state: State) {
        questions = [:]
        votes = [:]
        for question in state.questions {
            questions[question.asker, default: []].append(question.number)
            for participant in question.voters.keys {
                votes[participant, default: []].append(question.number)
            }
        }
    }

    mutating func asked(_ number: Int, by participant: ParticipantID) {
        questions[participant, default: []].append(number)
    }

    mutating func voted(_ number: Int, by participant: ParticipantID) {
        if votes[participant]?.contains(number) != true {
            votes[participant, default: []].append(number)
        }
    }
}

extension Hub {
    /// Tells the devices concerned, and nobody else, that something of theirs changed.
    func noteOwners(of entry: Entry, _ now: Now) {
        for change in entry.changes {
            switch change {
            case .questionAsked(let asked):
                participants.asked(asked.number, by: entry.actor.participant)
                tell(entry.actor.participant, now) { $0.mineQuestions.append(asked.number) }
            case .statusChanged(let id, _, _), .textEdited(let id, _, _):
                guard let question = state.question(id) else { continue }
                tell(question.asker, now) { $0.mineQuestions.append(question.number) }
            case .voted(let id, _, _):
                guard let number = state.numbers[id] else { continue }
                participants.voted(number, by: entry.actor.participant)
                tell(entry.actor.participant, now) { $0.mineVotes.append(number) }
            default: break
            }
        }
    }

    private func tell(_ participant: ParticipantID, _ now: Now, _ note: (Session) -> Void) {
        for session in participants.sessions[participant] ?? [] {
            note(session)
            want(session, now)
        }
    }

    /// What a session is to be told of its own, or nil.
    func mine(for session: Session) -> Mine? {
        if session.mineWhole {
            session.mineWhole = false
            session.mineQuestions = []
            session.mineVotes = []
            let questions = participants.questions[session.participant] ?? []
            let votes = participants.votes[session.participant] ?? []
            return Mine(
                whole: true, questions: questions.suffix(100).map(own),
                votes: votes.suffix(400).compactMap { vote($0, session.participant) })
        }
        guard !session.mineQuestions.isEmpty || !session.mineVotes.isEmpty else { return nil }
        let mine = Mine(
            whole: false, questions: session.mineQuestions.map(own),
            votes: session.mineVotes.compactMap { vote($0, session.participant) })
        session.mineQuestions = []
        session.mineVotes = []
        return mine
    }

    private func own(_ number: Int) -> Mine.Own {
        let question = state.question(number: number)
        var reason: String?
        if case .dismissed(let why) = question.status { reason = why.rawValue }
        return Mine.Own(
            id: question.id, number: number, talk: question.talk, status: question.status.word,
            text: question.text, votes: question.votes, reason: reason, asked: question.asked)
    }

    private func vote(_ number: Int, _ participant: ParticipantID) -> Mine.OwnVote? {
        let question = state.question(number: number)
        return question.voters[participant].map {
            Mine.OwnVote(question: question.id, counter: $0.counter, on: $0.on)
        }
    }
}
