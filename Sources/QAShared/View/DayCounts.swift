// What became of the questions, a venue and a talk at a time: for whoever organises the day.

/// What became of a set of questions; `received` is the sum of `pending`, `shown`, `dismissed` and `merged`.
public struct DayCounts: Equatable, Sendable {
    public var received = 0
    public var pending = 0
    /// Approved, live or answered.
    public var shown = 0
    public var answered = 0
    public var dismissed = 0
    public var merged = 0
    /// Those of them that ask for the floor.
    public var spoken = 0
    /// Those that are live, or answered after having been.
    public var turns = 0
    /// Of the dismissed ones; reasons that nobody gave are left out.
    public var reasons: [DismissReason: Int] = [:]

    public init() {}

    mutating func count(_ question: Question) {
        received += 1
        if question.spoken { spoken += 1 }
        if question.isTurn { turns += 1 }
        switch question.status {
        case .pending: pending += 1
        case .approved, .live: shown += 1
        case .answered:
            shown += 1
            answered += 1
        case .dismissed(let reason):
            dismissed += 1
            reasons[reason, default: 0] += 1
        case .merged: merged += 1
        }
    }

    public static func += (sum: inout Self, part: Self) {
        sum.received += part.received
        sum.pending += part.pending
        sum.shown += part.shown
        sum.answered += part.answered
        sum.dismissed += part.dismissed
        sum.merged += part.merged
        sum.spoken += part.spoken
        sum.turns += part.turns
        sum.reasons.merge(part.reasons, uniquingKeysWith: +)
    }
}

/// What became of the questions of one talk in one venue.
public struct TalkCounts: Equatable, Sendable {
    public var talk: TalkID
    public var counts: DayCounts

    public init(talk: TalkID, counts: DayCounts) {
        self.talk = talk
        self.counts = counts
    }
}

extension State {
    /// The counts of each of the setup's venues, in its order: one a talk that was asked anything there, in the order of
    /// the talks. Looks at every question once.
    public var dayCounts: [[TalkCounts]] {
        let venues = setup?.venues ?? []
        let talks = setup?.talks ?? []
        var venueIndex: [VenueID: Int] = [:]
        for (index, venue) in venues.enumerated() { venueIndex[venue.id] = index }
        var talkIndex: [TalkID: Int] = [:]
        for (index, talk) in talks.enumerated() { talkIndex[talk.id] = index }
        var cells = [DayCounts](repeating: DayCounts(), count: venues.count * talks.count)
        for index in questions.indices {
            guard let venue = venueIndex[questions[index].venue], let talk = talkIndex[questions[index].talk] else {
                continue
            }
            cells[venue * talks.count + talk].count(questions[index])
        }
        return venues.indices.map { venue in
            talks.indices.compactMap { talk in
                let counts = cells[venue * talks.count + talk]
                return counts.received > 0 ? TalkCounts(talk: talks[talk].id, counts: counts) : nil
            }
        }
    }
}
