// decide for one-time codes: who hands them out, who redeems them, and whose votes count.

extension State {
    /// Whether votes count for those alone who have redeemed a code.
    public var asksForCodes: Bool { setup?.votes == .codes }

    /// Whether this person's support counts.
    public func countsSupport(of participant: ParticipantID) -> Bool {
        !asksForCodes || codes.isHolder(participant)
    }

    /// Whether the hub would take this code from this person: what is refused is a guess, or a code that somebody has used.
    public func mayRedeem(_ code: CodeID, _ participant: ParticipantID) -> Bool {
        codes.isHolder(participant) || codes.isFree(code)
    }

    func redeem(_ code: CodeID, _ actor: Actor) throws(Rejection) -> [Change] {
        guard !blocked.contains(actor.participant) else { throw Rejection(.blocked) }
        guard asksForCodes else { throw Rejection(.codeUnknown, field: "code") }
        // Who holds one needs no other: a second paper stays good for somebody else.
        if codes.isHolder(actor.participant) { return [] }
        guard codes.isFree(code) else {
            throw Rejection(codes.issued[code] == nil ? .codeUnknown : .codeUsed, field: "code")
        }
        return [.codeUsed(code)]
    }

    func issueCodes(_ batch: CodeBatchID, _ venue: VenueID?, _ new: [CodeID]) throws(Rejection) -> [Change] {
        guard asksForCodes else { throw Rejection(.badValue, field: "votes") }
        if let venue, setup?.venue(venue) == nil { throw Rejection(.unknownVenue, field: "venue") }
        guard (1...Limits.codesOnce).contains(new.count) else {
            throw Rejection(.badValue, field: "codes", limit: Limits.codesOnce)
        }
        guard codes.issuedCount + new.count <= Limits.codesMaximum else {
            throw Rejection(.badValue, field: "codes", limit: Limits.codesMaximum)
        }
        return [.codesIssued(batch, venue: venue, new)]
    }

    func revokeCodes(_ batch: CodeBatchID) throws(Rejection) -> [Change] {
        guard codes.batches.contains(where: { $0.id == batch }) else { throw Rejection(.badValue, field: "batch") }
        return [.codesRevoked(batch)]
    }
}
