import QAShared

// One-time codes as phones give them: the hub knows their hashes alone, and holds those who guess.
extension Hub {
    /// Takes a code as it was typed, from a session.
    func redeem(_ id: CommandID, _ typed: String, _ session: Session, _ now: Now) {
        redeem(.session(session, .command(id)), id, typed, session, now)
    }

    /// The same of a person who has no session; `done` hears of it once it is durable.
    func redeem(
        _ typed: String, _ id: CommandID, by device: String, at venue: VenueID, from caller: UInt64?, _ now: Now,
        _ done: @escaping (Result<Int, Rejection>) -> Void
    ) {
        let session = Session(id: 0, hasOrigin: true, greetingUntil: Int.max)
        session.codeCaller = caller
        switch seat(session, venue, device, now) {
        case .success: redeem(.door(done), id, typed, session, now)
        case .failure(let rejection): done(.failure(rejection))
        }
    }

    private func redeem(
        _ asker: Pending.Asker, _ id: CommandID, _ typed: String, _ session: Session, _ now: Now
    ) {
        // What cannot be a code is no more than a wrong one.
        let code = VoteCode(typed: typed).map(secrets.codeID) ?? CodeID(high: 0, low: 0)
        let isKnown = state.receipts[id] != nil
        // Whoever may not guess now is told nothing of a right code either: an answer would be worth guessing for.
        if !isKnown, session.role == .audience {
            let isWrong = !state.mayRedeem(code, session.participant)
            if let wait = rates.takeGuess(isWrong, session.participant, session.codeCaller, now) {
                return answer(asker, .redeem, .failure(Rejection(.rateLimited, retryAfter: wait)), now)
            }
        }
        take(asker, id, .redeem(code), session, now)
    }

    /// What moderators are told of the codes; to be called while nothing of the state is ahead of the log.
    func noteCodes() {
        presence.codes =
            state.asksForCodes
            ? Presence.Codes(issued: state.codes.issuedCount, used: state.codes.usedCount) : nil
    }
}
