import QAShared

/// The map of the day for organisers: made anew once a second at most, while one of them looks and something moved.
struct DayBoard {
    /// What the frame follows: where it is the same, nothing is counted and nothing sent.
    struct Mark: Equatable {
        var head: Int
        var people: Int
        var line: Int
        /// The last sequence that each relay was sent.
        var relays: [Int]
    }

    private var watchers = 0
    private(set) var version = 0
    private(set) var frame: SharedFrame?
    private(set) var shownAt = -Limits.dayEvery
    /// Nil while nobody looks.
    private(set) var mark: Mark?
    private var shown: DayFrame?
    /// The head up to which `counts` counts.
    private var countedAt: Int?
    private var counts: [[TalkCounts]] = []

    var isWatched: Bool { watchers > 0 }

    /// An organiser came, or one left.
    mutating func watch(by step: Int) {
        watchers += step
        guard watchers == 0 else { return }
        // Whoever comes next is not shown how the day stood when the last one left.
        frame = nil
        mark = nil
        shown = nil
        countedAt = nil
        counts = []
    }

    /// The counts of the state at that head.
    mutating func counts(_ state: State, at head: Int) -> [[TalkCounts]] {
        if countedAt != head {
            counts = state.dayCounts
            countedAt = head
        }
        return counts
    }

    /// Takes a frame to show; false when it says what the last one said.
    mutating func show(_ day: DayFrame, at mark: Mark, _ now: Now) -> Bool {
        self.mark = mark
        shownAt = now.monotonic
        var same = day
        same.time = shown?.time ?? day.time
        guard same != shown else { return false }
        shown = day
        version += 1
        frame = SharedFrame(.day(day))
        return true
    }
}

extension Hub {
    private var dayMark: DayBoard.Mark {
        DayBoard.Mark(
            head: viewHead, people: presence.version, line: relaying?.lineVersion ?? 0,
            relays: relayPorts.ports.map(\.position))
    }

    /// When organisers are to be told, in monotonic milliseconds; nil while there is nothing to tell or nobody to hear it.
    var dayAt: Int? {
        guard day.isWatched, !isAhead, day.mark != dayMark else { return nil }
        return day.shownAt + Limits.dayEvery
    }

    func dayIfDue(_ now: Now) {
        guard let at = dayAt, at <= now.monotonic else { return }
        let counts = day.counts(state, at: viewHead)
        var venues: [DayFrame.VenueDay] = []
        for (venue, talks) in zip(state.setup?.venues ?? [], counts) {
            // A relay knows how its own room is connected, and of the others what the log says.
            guard relaying == nil || relaying?.venue == venue.id else { continue }
            venues.append(
                DayFrame.VenueDay(
                    venue: venue.id, at: DayFrame.Place(venue), line: line(of: venue.id),
                    people: presence.count(of: venue.id), talks: talks))
        }
        let head = relaying == nil ? durableHead : state.head
        let frame = DayFrame(time: now.wall, head: head, venues: venues, elsewhere: presence.elsewhere)
        guard day.show(frame, at: dayMark, now) else { return }
        for session in attached[ViewKind.moderator.rawValue] where session.role == .organiser { want(session, now) }
    }

    private func line(of venue: VenueID) -> DayFrame.Line {
        if let relay = relaying { return relay.isUp ? .up(lag: nil) : .cut(since: relay.since) }
        if let since = state.lines[venue] { return .cut(since: since) }
        let positions = relayPorts.ports.filter { $0.venue == venue }.map(\.position)
        if let position = positions.max() { return .up(lag: max(0, durableHead - position)) }
        // Its relay has just gone: it has some seconds to come back before the log calls the line cut.
        return relayPorts.lost[venue] == nil ? .direct : .up(lag: nil)
    }

    func owesDay(_ session: Session) -> Bool {
        session.role == .organiser && session.daySeen < day.version && day.frame != nil
    }

    func nextDay(_ session: Session) -> SharedFrame? {
        guard owesDay(session) else { return nil }
        session.daySeen = day.version
        return day.frame
    }
}
