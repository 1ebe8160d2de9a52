import QAShared

/// Wrong tokens, by caller: the more there were, the longer the next refusal is held. Right ones are never held, so that
/// somebody who guesses from a room's address does not keep that room's moderator out.
struct Guesses {
    private struct Count {
        var wrong: Int
        var at: Int
    }

    private var callers: [UInt64: Count] = [:]
    /// Whose refusals are held, the first due in front.
    private var held: [(until: Int, session: Session)] = []

    /// When `due` has something to give, in monotonic milliseconds.
    var nextAt: Int? { held.first?.until }

    /// Notes a wrong token; until when its refusal is to be held, or nil for not at all.
    mutating func hold(_ session: Session, _ now: Now, isOn: Bool) -> Int? {
        guard isOn else { return nil }
        let now = now.monotonic
        var count = callers[session.caller] ?? Count(wrong: 0, at: now)
        if now - count.at >= Limits.guessForgotten { count.wrong = 0 }
        count = Count(wrong: count.wrong + 1, at: now)
        callers[session.caller] = count
        let beyond = count.wrong - Limits.guessesFree
        guard beyond > 0 else { return nil }
        let until = now + min(Limits.guessHeldMaximum, Limits.guessHeld << min(beyond - 1, 10))
        held.insert((until, session), at: held.lastIndex { $0.until <= until }.map { $0 + 1 } ?? 0)
        return until
    }

    /// Takes out whose time has come.
    mutating func due(_ now: Now) -> [Session] {
        let ripe = held.prefix { $0.until <= now.monotonic }
        held.removeFirst(ripe.count)
        return ripe.map(\.session)
    }

    /// Forgets callers that have made none for a while.
    mutating func sweep(_ now: Now) {
        callers = callers.filter { now.monotonic - $0.value.at < Limits.guessForgotten }
    }
}

extension Hub {
    /// Tells those whose refusal was held.
    func refuseGuessers(_ now: Now) {
        for session in guesses.due(now) {
            if case .held(_, let rejection) = session.phase { refuse(session, rejection, .tokenInvalid, now) }
        }
    }
}
