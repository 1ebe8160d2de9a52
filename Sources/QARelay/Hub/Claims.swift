import QAShared

/// Who says to be at which question: told with presence, never in the log.
struct Claims {
    private struct Claim {
        var question: QuestionID
        /// The session that said so; with it the claim goes.
        var session: UInt64
        var until: Int
    }

    private var claims: [ParticipantID: Claim] = [:]

    /// When the next one lapses, in monotonic milliseconds.
    var nextAt: Int? { claims.values.map(\.until).min() }

    func question(of participant: ParticipantID) -> QuestionID? { claims[participant]?.question }

    /// Takes a claim in place of the one before; true when others will see a difference.
    mutating func set(_ question: QuestionID?, by session: Session, _ now: Now) -> Bool {
        let before = claims[session.participant]?.question
        claims[session.participant] = question.map {
            Claim(question: $0, session: session.id, until: now.monotonic + Limits.claimLasts)
        }
        return before != question
    }

    /// Lets go of what a session claimed that is gone; true when it claimed something.
    mutating func drop(_ session: Session) -> Bool {
        guard claims[session.participant]?.session == session.id else { return false }
        claims[session.participant] = nil
        return true
    }

    /// Lets go of what was not renewed; true when there was such a claim.
    mutating func expire(_ now: Now) -> Bool {
        let before = claims.count
        claims = claims.filter { $0.value.until > now.monotonic }
        return claims.count != before
    }

    /// Lets go of questions that are no more; true when one was claimed.
    mutating func keep(_ isThere: (QuestionID) -> Bool) -> Bool {
        let before = claims.count
        claims = claims.filter { isThere($0.value.question) }
        return claims.count != before
    }
}

extension Hub {
    /// "I am at this question"; answered by nothing but the next presence.
    func claim(_ question: QuestionID?, _ session: Session, _ now: Now) {
        guard session.kind == .moderator else {
            return reply(.rejection(Rejection(.notAllowed), nil), session, now)
        }
        guard rates.takeClaim(session.participant, now) else { return }
        let known = question.flatMap { state.question($0)?.id }
        if claims.set(known, by: session, now) { presence.claimsChanged() }
    }

    func claimsIfLapsed(_ now: Now) {
        guard let at = claims.nextAt, at <= now.monotonic else { return }
        if claims.expire(now) { presence.claimsChanged() }
    }

    /// Those with a token who are here, each once: moderators first, in an order that stays.
    var people: [Presence.Person] {
        let kinds: [ViewKind] = [.moderator, .speaker, .display]
        var seen: Set<ParticipantID> = []
        var people: [Presence.Person] = []
        for session in kinds.flatMap({ attached[$0.rawValue] }) where seen.insert(session.participant).inserted {
            people.append(
                Presence.Person(
                    by: session.participant.tag, role: session.role, venue: session.venue,
                    name: session.certifiedName ?? session.token.flatMap { state.token($0)?.label },
                    claims: claims.question(of: session.participant)))
        }
        func rank(_ person: Presence.Person) -> Int {
            switch person.role {
            case .organiser: 0
            case .moderator: 1
            case .speaker: 2
            default: 3
            }
        }
        people.sort {
            (rank($0), $0.venue?.text ?? "", $0.by) < (rank($1), $1.venue?.text ?? "", $1.by)
        }
        return Array(people.prefix(Limits.peopleShown))
    }
}
