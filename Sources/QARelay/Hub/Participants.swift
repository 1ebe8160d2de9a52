import QAShared

/// Which questions and votes belong to whom, so that a device can be told its own without a search.
struct Participants {
    /// Numbers, ascending.
    private(set) var questions: [ParticipantID: [Int]] = [:]
    private(set) var votes: [ParticipantID: [Int]] = [:]
    /// The sessions of each device that is here: one a tab.
    var sessions: [ParticipantID: [Session]] = [:]
    /// Those whom a credential named that could not be checked here: at a relay, whoever another server issued it to.
    var believed: Set<ParticipantID> = []

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

    /// Nothing belongs to anybody any more; who is here stays.
    mutating func forgetAll() {
        questions = [:]
        votes = [:]
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
                tell(entry.actor.participant, now) { $0.owe(question: asked.number) }
            case .statusChanged(let id, let from, let to):
                guard let question = state.question(id) else { continue }
                tellAskers(of: question, now)
                // Where a vote for a variant counts is told while the founder is public.
                if from.isPublic != to.isPublic {
                    for number in question.variants { tellVoters(of: state.question(number: number), now) }
                }
            case .textEdited(let id, _, _), .talkMoved(let id, _, _), .erased(let id, _):
                if let question = state.question(id) { tellAskers(of: question, now) }
            case .unionChanged(let id, let from, let to):
                guard let question = state.question(id) else { continue }
                for id in [id, from?.founder, to?.founder] {
                    guard let question = id.flatMap(state.question) else { continue }
                    tell(question.asker, now) { $0.owe(question: question.number) }
                }
                tellVoters(of: question, now)
            case .floorReady(let id, _, _):
                if let question = state.question(id) { tellAskers(of: question, now) }
            case .voted(let id, _, _):
                guard let number = state.numbers[id] else { continue }
                participants.voted(number, by: entry.actor.participant)
                tell(entry.actor.participant, now) { $0.owe(vote: number) }
            case .codeUsed:
                tell(entry.actor.participant, now) { $0.mineCode = true }
                noteCodes()
            case .codesIssued, .codesRevoked, .eventConfigured: noteCodes()
            default: break
            }
        }
    }

    /// Whoever asked a question or one that was merged into it shares its fate.
    private func tellAskers(of question: Question, _ now: Now) {
        for number in [question.number] + question.variants {
            tell(state.question(number: number).asker, now) { $0.owe(question: number) }
        }
    }

    /// Who asked for the floor is told that it is near, or not any more.
    func tellNear(_ now: Now) {
        let moved = nearMoved
        nearMoved = []
        // The same batch may have wiped what moved.
        for number in moved where number <= state.questions.count {
            tell(state.question(number: number).asker, now) { $0.owe(question: number) }
        }
    }

    private func tellVoters(of question: Question, _ now: Now) {
        // In the order of their ids, so that the same day always runs the same way.
        for participant in question.voters.keys.filter({ participants.sessions[$0] != nil }).sorted() {
            tell(participant, now) { $0.owe(vote: question.number) }
        }
    }

    private func tell(_ participant: ParticipantID, _ now: Now, _ note: (Session) -> Void) {
        // Moderators who entered a question see it in their view.
        for session in participants.sessions[participant] ?? [] where session.kind == .audience {
            note(session)
            want(session, now)
        }
    }

    /// What a session is to be told of its own, or nil; a piece at a time, so that a frame stays small.
    func mine(for session: Session) -> Mine? {
        let isWhole = session.mineWhole
        if isWhole {
            session.mineWhole = false
            session.mineQuestions = Array(ownQuestions(of: session.participant).suffix(100))
            session.mineVotes = Array(ownVotes(of: session.participant).suffix(400))
        }
        let isAboutCode = isWhole || session.mineCode
        session.mineCode = false
        guard isAboutCode || !session.mineQuestions.isEmpty || !session.mineVotes.isEmpty else { return nil }
        var mine = Mine(whole: isWhole)
        if isAboutCode, state.asksForCodes { mine.code = state.codes.isHolder(session.participant) }
        if isWhole { mine.questions = refusedQuestions(of: session.participant) }
        var weight = 100
        while let number = session.mineQuestions.first {
            let question = own(number)
            weight += 320 + (question.text.utf8.count + (question.intoText?.utf8.count ?? 0)) * 5 / 4
            if weight > Limits.chunkBytes, !mine.questions.isEmpty { return mine }
            mine.questions.append(question)
            session.mineQuestions.removeFirst()
        }
        let room = max(0, Limits.chunkBytes - weight) / 66
        mine.votes = session.mineVotes.prefix(room).compactMap { vote($0, session.participant) }
        session.mineVotes.removeFirst(min(room, session.mineVotes.count))
        return mine
    }

    /// Numbers, ascending.
    func ownQuestions(of participant: ParticipantID) -> [Int] {
        (participants.questions[participant] ?? []) + (relaying?.guessedQuestions[participant] ?? [])
    }

    private func ownVotes(of participant: ParticipantID) -> [Int] {
        let known = participants.votes[participant] ?? []
        return known + (relaying?.guessedVotes[participant] ?? []).filter { !known.contains($0) }
    }

    /// A question as its asker is told of it.
    func own(_ number: Int) -> Mine.Own {
        let question = state.question(number: number)
        let founder = question.union.flatMap { state.question($0.founder) }
        let judged = founder ?? question
        var reason: String?
        if case .dismissed(let why) = judged.status { reason = why.rawValue }
        var own = Mine.Own(
            id: question.id, number: number, talk: question.talk, status: question.status.word,
            text: question.text, votes: judged.votes, reason: reason, asked: question.asked)
        own.fate = founder?.status.word
        own.unconfirmed = state.unconfirmed.contains(number)
        own.held = question.held != nil && question.status == .pending
        own.erased = question.isTextErased
        own.spoken = question.spoken
        own.near = state.near.contains(number)
        own.ready = question.isReady
        if let founder, founder.status.isPublic {
            own.into = founder.id
            own.intoText = founder.text
        }
        return own
    }

    private func vote(_ number: Int, _ participant: ParticipantID) -> Mine.OwnVote? {
        let question = state.question(number: number)
        let founder = question.union.flatMap { state.question($0.founder) }
        let isGuess = relaying.map { !$0.isUp && $0.guessedVotes[participant]?.contains(number) == true } ?? false
        return question.voters[participant].map {
            Mine.OwnVote(
                question: question.id, counter: $0.counter, on: $0.on,
                into: founder.flatMap { $0.status.isPublic ? $0.id : nil }, unconfirmed: isGuess)
        }
    }
}
