import QAShared

// What a device is told of its own, against the state.
extension Client {
    /// How that what this device was told differs from what is so; questions that the hub refused are told besides.
    func ownProblems(_ participant: ParticipantID, in state: State) -> [String] {
        var problems: [String] = []
        let own = state.questions.filter { $0.asker == participant }
        let told = replica.ownQuestions.filter { state.question($0.key) != nil || $0.value.status != "refused" }
        if told.count != own.count { problems.append("is told of \(told.count) own questions of \(own.count)") }
        for question in own {
            guard let mine = told[question.id] else {
                problems.append("misses its question \(question.number)")
                continue
            }
            if mine.status != question.status.word || mine.text != question.text
                || mine.number != question.number || mine.asked != question.asked || mine.unconfirmed
            {
                problems.append("is told \(mine) of its own question \(question)")
            }
            if mine.spoken != question.spoken || mine.near != state.near.contains(question.number)
                || mine.ready != question.isReady
            {
                problems.append("is told \(mine) of its floor request \(question)")
            }
            if let problem = fateProblem(mine, question, state) { problems.append(problem) }
        }
        var votes: [QuestionID: Vote] = [:]
        var into: [QuestionID: QuestionID] = [:]
        for question in state.questions {
            votes[question.id] = question.voters[participant]
            guard votes[question.id] != nil, let founder = question.union.flatMap({ state.question($0.founder) })
            else { continue }
            if founder.status.isPublic { into[question.id] = founder.id }
        }
        if replica.ownVotes != votes { problems.append("has other own votes than the state") }
        if replica.ownVotesInto != into { problems.append("has own votes that count elsewhere than in the state") }
        return problems
    }

    /// Whoever asked a variant was told the latest of its founder.
    private func fateProblem(_ mine: Mine.Own, _ question: Question, _ state: State) -> String? {
        let founder = question.union.flatMap { state.question($0.founder) }
        let shown = founder.flatMap { $0.status.isPublic ? $0 : nil }
        var reason: String?
        if case .dismissed(let why) = (founder ?? question).status { reason = why.rawValue }
        let isTold =
            mine.fate == founder?.status.word && mine.into == shown?.id && mine.intoText == shown?.text
            && mine.reason == reason
        return isTold ? nil : "was told \(mine) of \(question.number), whose founder is \(String(describing: founder))"
    }
}
