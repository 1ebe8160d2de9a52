import QAShared

/// Who is connected, kept up as sessions come and go, told to moderators once a second at most.
struct PresenceBoard {
    private var counts: [VenueID: Presence.Count] = [:]
    private var elsewhere = Presence.Count()
    private(set) var version = 0
    private(set) var frame: SharedFrame?
    private var shownAt = -Limits.presenceEvery
    private var isChanged = false
    private var areClaimsChanged = false

    /// When the next frame is due; nil while nothing changed.
    var nextAt: Int? {
        if areClaimsChanged { return shownAt + Limits.claimsEvery }
        return isChanged ? shownAt + Limits.presenceEvery : nil
    }

    /// Somebody is at another question: told at once, so that no two people work on the same.
    mutating func claimsChanged() { areClaimsChanged = true }

    mutating func count(_ role: Role, _ venue: VenueID?, by step: Int) {
        isChanged = true
        var count = venue.map { counts[$0] ?? Presence.Count() } ?? elsewhere
        switch role {
        case .audience: count.phones += step
        case .moderator, .organiser: count.moderators += step
        case .speaker: count.speakers += step
        case .display: count.displays += step
        case .relay: break
        }
        if let venue { counts[venue] = count } else { elsewhere = count }
    }

    /// Phones and screens connected, by role.
    func presence(_ venues: [Venue], _ people: [Presence.Person]) -> Presence {
        Presence(
            venues: venues.map { ($0.id, counts[$0.id] ?? Presence.Count()) }, elsewhere: elsewhere,
            people: people)
    }

    mutating func show(_ venues: [Venue], _ people: [Presence.Person], _ now: Now) {
        isChanged = false
        areClaimsChanged = false
        shownAt = now.monotonic
        version += 1
        frame = SharedFrame(.presence(presence(venues, people)))
    }
}

extension Hub {
    func presenceIfDue(_ now: Now) {
        guard let at = presence.nextAt, at <= now.monotonic else { return }
        presence.show(state.setup?.venues ?? [], people, now)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
    }
}
