import QAShared

/// What the hub remembers of tokens that organisers asked for.
struct TokenOffice {
    struct Key: Hashable {
        var participant: ParticipantID
        var id: CommandID
    }

    /// Secrets by the request, so that a request that comes again is answered alike; gone with the hub.
    private var secrets: [Key: String] = [:]
    private var order: [Key] = []
    /// Who asked for the list while the state was ahead of what may be seen.
    var readers: [Session] = []

    subscript(_ key: Key) -> String? { secrets[key] }

    mutating func keep(_ secret: String, for key: Key) {
        guard secrets.updateValue(secret, forKey: key) == nil else { return }
        order.append(key)
        if order.count > Limits.mintedKept { secrets[order.removeFirst()] = nil }
    }
}

// Organisers make, list and revoke tokens from their screen.
extension Hub {
    /// Makes a token; it is told once it is durable.
    func mint(_ id: CommandID, _ role: Role, _ venue: VenueID?, _ label: String, _ session: Session, _ now: Now) {
        func refuse(_ rejection: Rejection) { reply(.rejection(rejection, .command(id)), session, now) }
        guard session.role == .organiser, relaying == nil else { return refuse(Rejection(.notAllowed)) }
        guard role != .audience, role != .relay else { return refuse(Rejection(.badValue, field: "role")) }
        let key = TokenOffice.Key(participant: session.participant, id: id)
        // In the log, but nobody knows the secret any more: the organiser must ask for another.
        if state.receipts[id] != nil, tokenOffice[key] == nil {
            return refuse(Rejection(.commandIDTaken, field: "id"))
        }
        let secret = tokenOffice[key] ?? secrets.newToken()
        tokenOffice.keep(secret, for: key)
        let hash = secrets.hashToken(secret)
        let token = AccessToken(id: hash.id, check: hash.check, role: role, venue: venue, label: label)
        take(.minting(session, id, secret), id, .addToken(token), session, now)
    }

    /// The answer to a request for a token that is durable now.
    func minted(_ id: CommandID, _ secret: String) -> ServerFrame {
        guard let token = state.token(secrets.hashToken(secret).id) else {
            // Another command of the same person has this id.
            return .rejection(Rejection(.commandIDTaken, field: "id"), .command(id))
        }
        return .minted(
            MintedToken(id: id, token: secret, tag: token.id.tag, role: token.role, venue: token.venue))
    }

    func revoke(_ id: CommandID, _ tag: String, _ session: Session, _ now: Now) {
        guard session.role == .organiser, relaying == nil else {
            return reply(.rejection(Rejection(.notAllowed), .command(id)), session, now)
        }
        let named = state.tokens.filter { $0.id.tag == tag }
        guard let token = named.first, named.count == 1 else {
            return reply(.rejection(Rejection(.tokenInvalid, field: "tag"), .command(id)), session, now)
        }
        take(.session(session, .command(id)), id, .revokeToken(token.id), session, now)
    }

    func listTokens(_ session: Session, _ now: Now) {
        guard session.role == .organiser, relaying == nil else {
            return reply(.rejection(Rejection(.notAllowed), nil), session, now)
        }
        if let wait = rates.takeAction(session.participant, now) {
            return reply(.rejection(Rejection(.rateLimited, retryAfter: wait), nil), session, now)
        }
        if isLost { return reply(.rejection(Rejection(.storageFailed, retryAfter: 10_000), nil), session, now) }
        if isAhead { return tokenOffice.readers.append(session) }
        reply(.tokens(state.listedTokens.map(TokenInfo.init)), session, now)
    }

    /// Those who asked for the list while a batch was on its way.
    func answerTokenReaders(_ now: Now) {
        let readers = tokenOffice.readers
        tokenOffice.readers = []
        for session in readers where session.isAttached {
            if isLost {
                reply(.rejection(Rejection(.storageFailed, retryAfter: 10_000), nil), session, now)
            } else {
                reply(.tokens(state.listedTokens.map(TokenInfo.init)), session, now)
            }
        }
    }
}
