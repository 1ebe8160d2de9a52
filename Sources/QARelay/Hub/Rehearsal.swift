import QAShared

// The end of a rehearsal: what the hub keeps beside the state begins anew with it.
extension Hub {
    static func isWiped(by entries: some Collection<Entry>) -> Bool {
        entries.contains { $0.changes.contains(.rehearsalWiped) }
    }

    /// A durable batch wiped the event: whoever keeps something of it is told the whole anew.
    func beganAnew(_ now: Now) {
        participants.rebuild(from: state)
        for session in attached[ViewKind.audience.rawValue] {
            session.oweWhole()
            want(session, now)
        }
        ticks.forgetViews()
        noteCodes()
        // Nothing that somebody typed before is like a question of now.
        for ticket in advising.tickets.keys.sorted() { answer(ticket, [], now) }
        if claims.keep({ state.question($0) != nil }) { presence.claimsChanged() }
    }
}
