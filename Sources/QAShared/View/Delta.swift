/// What changed in a role's view from one position to another.
public struct Delta: Equatable, Sendable {
    public struct Tally: Equatable, Sendable {
        public var id: QuestionID
        public var votes: Int

        public init(id: QuestionID, votes: Int) {
            self.id = id
            self.votes = votes
        }
    }

    /// 0: everything before is to be forgotten.
    public var from: Int
    public var to: Int
    /// 0, 1, 2 … among the parts with the same `from` and `to`.
    public var part = 0
    /// Further parts follow.
    public var more = false
    public var event: EventInfo?
    public var counts: [VenueCounts]?
    public var turns: [VenueTurns]?
    /// `.some(nil)`: no question is live any more.
    public var live: QuestionID??
    public var queue: [QuestionID]?
    public var actions: [ActionInfo]?
    public var channel: [ChannelInfo]?
    /// `.some(nil)`: nothing is said to the speaker any more.
    public var stage: StageInfo??
    public var upserts: [Card] = []
    public var removes: [QuestionID] = []
    public var tallies: [Tally] = []

    public init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }
}

extension RoleView {
    /// Brings the view from the delta's `from` to its `to`.
    public mutating func apply(_ delta: Delta) {
        if delta.from == 0, delta.part == 0 { self = RoleView() }
        if let event = delta.event { self.event = event }
        if let counts = delta.counts { self.counts = counts }
        if let turns = delta.turns { self.turns = turns }
        if let live = delta.live { self.live = live }
        if let queue = delta.queue { self.queue = queue }
        if let actions = delta.actions { self.actions = actions }
        if let channel = delta.channel { self.channel = channel }
        if let stage = delta.stage { self.stage = stage }
        for id in delta.removes { cards[id] = nil }
        for card in delta.upserts { cards[card.id] = card }
        for tally in delta.tallies { cards[tally.id]?.votes = tally.votes }
    }
}

extension Delta {
    /// About how many bytes the sections take, which all go into the first part.
    private var sectionsWeight: Int {
        var weight = 200 + 110 * (counts?.count ?? 0) + 26 * (queue?.count ?? 0) + 210 * (actions?.count ?? 0)
        weight += 60 * (turns?.count ?? 0)
        for message in channel ?? [] { weight += 240 + message.text.utf8.count * 5 / 4 }
        if let stage { weight += 120 + (stage?.text.utf8.count ?? 0) * 5 / 4 }
        if let event {
            weight += 300 + event.title.utf8.count
            for venue in event.venues { weight += 100 + venue.name.utf8.count + venue.place.utf8.count }
            for talk in event.talks { weight += 100 + talk.title.utf8.count + talk.speaker.utf8.count }
        }
        return weight
    }

    /// The delta cut into parts of at most about `bytes` each, by the size that `weigh` gives a card.
    public func parts(bytes: Int, weigh: (Card) -> Int) -> [Delta] {
        var parts: [Delta] = []
        var current = self
        current.upserts = []
        current.removes = []
        current.tallies = []
        var weight = sectionsWeight
        func close(_ next: inout Delta) {
            next.part = parts.count
            next.more = true
            parts.append(next)
            next = Delta(from: from, to: to)
            weight = 100
        }
        for id in removes {
            if weight > bytes { close(&current) }
            current.removes.append(id)
            weight += 26
        }
        for tally in tallies {
            if weight > bytes { close(&current) }
            current.tallies.append(tally)
            weight += 34
        }
        for card in upserts {
            let cost = weigh(card)
            if weight + cost > bytes, weight > 100 { close(&current) }
            current.upserts.append(card)
            weight += cost
        }
        current.part = parts.count
        current.more = false
        parts.append(current)
        return parts
    }
}
