// The fold of one-time codes.

extension Change {
    /// Whether there are more or fewer codes by it, or more are used.
    public var isAboutCodes: Bool {
        switch self {
        case .codesIssued, .codeUsed, .codesRevoked, .eventConfigured: true
        default: false
        }
    }
}

extension State {
    mutating func applyCodes(_ change: Change, of entry: Entry, _ touched: inout Touched) {
        switch change {
        case .codesIssued(let batch, let venue, let new): codes.issue(new, batch, venue)
        case .codesRevoked(let batch): codes.revoke(batch)
        case .codeUsed(let code):
            let holder = entry.actor.participant
            guard codes.use(code, by: holder) else { return }
            touched.participants.append(holder)
            countQuestions(of: holder, &touched)
        default: preconditionFailure("nothing about codes")
        }
    }

    /// Whoever asked what was merged supports its group by that, from the moment on at which support of theirs counts.
    private mutating func countQuestions(of participant: ParticipantID, _ touched: inout Touched) {
        guard asksForCodes else { return }
        for index in questions.indices where questions[index].asker == participant {
            guard let founder = questions[index].union.flatMap({ numbers[$0.founder] }) else { continue }
            retally(founder, &touched) { $0.back(participant) }
        }
    }
}
