import QAShared

/// Who is connected, kept up as sessions come and go, told to moderators once a second at most.
struct PresenceBoard {
    private var counts: [VenueID: Presence.Count] = [:]
    private(set) var elsewhere = Presence.Count()
    /// Who is connected to the relay of a venue.
    private var rooms: [VenueID: Presence.Count] = [:]
    private(set) var version = 0
    private(set) var frame: SharedFrame?
    private var shownAt = -Limits.presenceEvery
    private var isChanged = false

    /// When the next frame is due; nil while nothing changed.
    var nextAt: Int? { isChanged ? shownAt + Limits.presenceEvery : nil }

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

    /// What a venue's relay said of its room; nil once it is not heard any more.
    mutating func replace(_ venue: VenueID, with room: Presence.Count?) {
        guard rooms[venue] != room else { return }
        rooms[venue] = room
        isChanged = true
    }

    /// Who is connected here for a venue, its relay's room included.
    func count(of venue: VenueID) -> Presence.Count {
        var count = counts[venue] ?? Presence.Count()
        if let room = rooms[venue] {
            count.phones += room.phones
            count.moderators += room.moderators
            count.speakers += room.speakers
            count.displays += room.displays
        }
        return count
    }

    /// Phones and screens connected, by role.
    func presence(_ venues: [Venue]) -> Presence {
        Presence(
            venues: venues.map { ($0.id, count(of: $0.id)) }, elsewhere: elsewhere)
    }

    mutating func show(_ venues: [Venue], _ now: Now) {
        isChanged = false
        shownAt = now.monotonic
        version += 1
        frame = SharedFrame(.presence(presence(venues)))
    }
}

extension Hub {
    func presenceIfDue(_ now: Now) {
        guard let at = presence.nextAt, at <= now.monotonic else { return }
        presence.show(state.setup?.venues ?? [], now)
        for session in attached[ViewKind.moderator.rawValue] { want(session, now) }
    }
}
