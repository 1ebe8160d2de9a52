// The map of the day: what organisers are told of all venues at once.

/// Where every venue stands at one moment.
public struct DayFrame: Equatable, Sendable {
    /// How a venue is connected.
    public enum Line: Equatable, Sendable {
        /// Without a relay: its phones reach the hub themselves.
        case direct
        /// By its relay, which was sent all but so many entries; nil while the relay is missed but not yet given up.
        case up(lag: Int?)
        case cut(since: Timestamp)
    }

    /// A place on the earth, WGS 84, in degrees.
    public struct Place: Equatable, Sendable {
        public var latitude: Double
        public var longitude: Double

        public init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }

        /// Nil for a venue whose coordinates are not known.
        public init?(_ venue: Venue) {
            guard let latitude = venue.latitude, let longitude = venue.longitude else { return nil }
            self.init(latitude: latitude, longitude: longitude)
        }
    }

    public struct VenueDay: Equatable, Sendable {
        public var venue: VenueID
        public var at: Place?
        public var line: Line
        public var people: Presence.Count
        /// In the order of the talks; those that nobody asked anything are left out.
        public var talks: [TalkCounts]

        public init(
            venue: VenueID, at: Place? = nil, line: Line = .direct, people: Presence.Count = .init(),
            talks: [TalkCounts] = []
        ) {
            self.venue = venue
            self.at = at
            self.line = line
            self.people = people
            self.talks = talks
        }
    }

    public var time: Timestamp
    public var head: Int
    public var venues: [VenueDay]
    /// Screens whose token names no venue.
    public var elsewhere: Presence.Count
    public var totals: DayCounts

    /// The totals are those of the venues.
    public init(time: Timestamp, head: Int, venues: [VenueDay], elsewhere: Presence.Count = .init()) {
        self.time = time
        self.head = head
        self.venues = venues
        self.elsewhere = elsewhere
        totals = DayCounts()
        for talk in venues.lazy.flatMap(\.talks) { totals += talk.counts }
    }
}

extension JSONWriter {
    mutating func members(of day: DayFrame) {
        member("type", "day")
        member("time", day.time.milliseconds)
        member("head", day.head)
        array("venues") { writer in
            for venue in day.venues { writer.object { $0.members(of: venue) } }
        }
        object("elsewhere") { $0.members(ofScreens: day.elsewhere) }
        object("totals") { $0.members(of: day.totals) }
    }

    private mutating func members(of day: DayFrame.VenueDay) {
        member("venue", day.venue.text)
        if let at = day.at {
            array("at") { writer in
                writer.value(at.latitude)
                writer.value(at.longitude)
            }
        }
        switch day.line {
        case .direct: member("line", "direct")
        case .up(let lag):
            member("line", "up")
            if let lag { member("lag", lag) }
        case .cut(let since):
            member("line", "cut")
            member("cut", since.milliseconds)
        }
        member("phones", day.people.phones)
        members(ofScreens: day.people)
        array("talks") { writer in
            for item in day.talks {
                writer.object { writer in
                    writer.member("talk", item.talk.text)
                    writer.members(of: item.counts)
                }
            }
        }
    }

    /// The counters, the reasons in the order in which they are declared.
    public mutating func members(of counts: DayCounts) {
        member("received", counts.received)
        member("pending", counts.pending)
        member("shown", counts.shown)
        member("answered", counts.answered)
        member("dismissed", counts.dismissed)
        member("merged", counts.merged)
        member("spoken", counts.spoken)
        member("turns", counts.turns)
        object("reasons") { writer in
            for reason in DismissReason.allCases {
                if let count = counts.reasons[reason] { writer.member(reason.rawValue, count) }
            }
        }
    }
}

extension ObjectReader {
    mutating func dayFrame() throws(Rejection) -> DayFrame {
        let time = Timestamp(milliseconds: try int("time"))
        let head = try int("head")
        let venues = try array("venues").each { reader throws(Rejection) in try reader.venueDay() }
        var elsewhere = try object("elsewhere")
        var day = DayFrame(time: time, head: head, venues: venues, elsewhere: try elsewhere.presenceCount())
        var totals = try object("totals")
        day.totals = try totals.dayCounts()
        return day
    }

    private mutating func venueDay() throws(Rejection) -> DayFrame.VenueDay {
        var day = DayFrame.VenueDay(venue: try slug("venue"))
        if let pair = try optionalArray("at") {
            guard pair.count >= 2, let latitude = pair[0].degrees, let longitude = pair[1].degrees else {
                throw Rejection(.wrongType, field: "at")
            }
            day.at = DayFrame.Place(latitude: latitude, longitude: longitude)
        }
        let (cut, lag) = (try optionalInt("cut"), try optionalInt("lag"))
        switch try string("line") {
        case "up": day.line = .up(lag: lag)
        case "cut": day.line = .cut(since: Timestamp(milliseconds: cut ?? 0))
        // A word of a newer hub as well.
        default: day.line = .direct
        }
        day.people = try presenceCount()
        day.talks = try array("talks").each { reader throws(Rejection) in
            TalkCounts(talk: try reader.slug("talk"), counts: try reader.dayCounts())
        }
        return day
    }

    private mutating func dayCounts() throws(Rejection) -> DayCounts {
        var counts = DayCounts()
        counts.received = try int("received")
        counts.pending = try int("pending")
        counts.shown = try int("shown")
        counts.answered = try int("answered")
        counts.dismissed = try int("dismissed")
        counts.merged = try int("merged")
        counts.spoken = try int("spoken")
        counts.turns = try int("turns")
        var reasons = try object("reasons")
        for reason in DismissReason.allCases {
            if let count = try reasons.optionalInt(reason.rawValue) { counts.reasons[reason] = count }
        }
        return counts
    }
}

extension JSON {
    fileprivate var degrees: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}
