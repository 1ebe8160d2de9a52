import QAShared

/// Who is connected, kept up as sessions come and go, told to moderators once a second at most.
struct PresenceBoard {
    private var counts: [VenueID: Presence.Count] = [:]
    private(set) var elsewhere = Presence.Count()
    /// Who is connected to the relay of a venue.
    private var rooms: [VenueID: RoomReport] = [:]
    /// At a relay: everybody else, as the hub said.
    private var far: Presence?
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

    /// What moderators are shown of newcomers who vote; the hub's own comes before what a relay hears from its hub.
    var burst: Presence.Burst? { didSet { isChanged = isChanged || burst != oldValue } }

    /// What moderators are shown of one-time codes.
    var codes: Presence.Codes? { didSet { isChanged = isChanged || codes != oldValue } }

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
    mutating func replace(_ venue: VenueID, with room: RoomReport?) {
        guard rooms[venue] != room else { return }
        let areClaims = rooms[venue]?.count == room?.count
        rooms[venue] = room
        if areClaims { claimsChanged() } else { isChanged = true }
    }

    /// What the hub said of everybody who is not in this room; nil once it is not heard any more.
    mutating func replaceFar(_ far: Presence?) {
        guard self.far != far else { return }
        self.far = far
        claimsChanged()
    }

    /// Who is connected here for a venue, its relay's room included.
    func count(of venue: VenueID) -> Presence.Count {
        var count = here(venue)
        if let room = rooms[venue] { count.add(room.count) }
        return count
    }

    /// Phones and screens connected here, for a venue.
    func here(_ venue: VenueID) -> Presence.Count { counts[venue] ?? Presence.Count() }

    /// Phones and screens connected by role, and `people`, those who are here by name; `without` leaves a relay's room out.
    func presence(_ venues: [Venue], _ people: [Presence.Person], without room: VenueID? = nil) -> Presence {
        var elsewhere = elsewhere
        var people = people
        if let far { elsewhere.add(far.elsewhere) }
        for venue in venues where venue.id != room { people += rooms[venue.id]?.people ?? [] }
        people += far?.people ?? []
        var presence = Presence(
            venues: venues.map { venue in
                var count = here(venue.id)
                if venue.id != room, let there = rooms[venue.id] { count.add(there.count) }
                if let there = far?.venues.first(where: { $0.venue == venue.id }) { count.add(there.count) }
                return (venue.id, count)
            }, elsewhere: elsewhere, people: people.eachOnce)
        presence.burst = burst ?? far?.burst
        presence.codes = codes
        return presence
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
        // Each relay is told of all but its own room.
        for port in relayPorts.ports {
            port.presence = SharedFrame(
                .presence(presence.presence(state.setup?.venues ?? [], people, without: port.venue)))
            want(port.session, now)
        }
    }

    /// What this relay tells the hub of its room; nil at a hub.
    var room: RoomReport? {
        guard let venue = relaying?.venue else { return nil }
        let people = people.map { person in
            var person = person
            person.relay = true
            return person
        }
        return RoomReport(count: presence.here(venue), people: Array(people.prefix(Limits.roomPeople)))
    }

    /// The hub told this relay who is elsewhere.
    func heardPresence(_ far: Presence) { presence.replaceFar(far) }
}

extension Presence.Count {
    fileprivate mutating func add(_ other: Presence.Count) {
        phones += other.phones
        moderators += other.moderators
        speakers += other.speakers
        displays += other.displays
    }
}

extension [Presence.Person] {
    /// Whoever is here and there is told once, as the first says.
    fileprivate var eachOnce: [Presence.Person] {
        var seen: Set<String> = []
        return Array(filter { seen.insert($0.role.rawValue + $0.by).inserted }.prefix(Limits.peopleShown))
    }
}
