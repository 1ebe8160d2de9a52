// The waiting questions of one talk: a lane a venue, kept in order as questions and votes come and go.

/// The approved questions of a talk, and what its venues have had of it.
public struct Queue: Equatable, Sendable {
    /// A question as the queue knows it.
    struct Item: Equatable, Sendable {
        var number: Int
        var venue: VenueID
        var votes: Int
        /// The sequence at which it was pinned.
        var pinned: Int?
    }

    struct Waiting: Equatable, Sendable {
        var votes: Int
        var number: Int

        /// Within a lane; between lanes of equal turns, too.
        func comes(before other: Waiting, _ order: QueueOrder) -> Bool {
            switch order {
            case .byTurns, .byVotes, .byHand: (-votes, number) < (-other.votes, other.number)
            case .byTime: number < other.number
            }
        }
    }

    /// A question that goes before all others, by when that was decided.
    struct Pin: Equatable, Sendable {
        var sequence: Int
        var number: Int

        func comes(before other: Pin) -> Bool { (sequence, number) < (other.sequence, other.number) }
    }

    /// One venue's part of the talk.
    struct Lane: Equatable, Sendable {
        let venue: VenueID
        /// Those that are not pinned, first to be taken first.
        var waiting: [Waiting] = []
        var pinned = 0
        /// Whether one of its questions is live.
        var isLive = false
        /// Its questions of this talk that are live, or answered after having been.
        var turns = 0
        /// Turns it is taken to have had while nothing of it was waiting.
        var allowance = 0
        /// Whether its line is cut.
        var isCut = false

        var effective: Int { turns + allowance }
        var waits: Bool { !waiting.isEmpty || pinned > 0 }
        var isPresent: Bool { waits || isLive }

        /// The first index whose item does not come before the given one.
        func place(of item: Waiting, _ order: QueueOrder) -> Int {
            var low = 0
            var high = waiting.count
            while low < high {
                let middle = (low + high) / 2
                if waiting[middle].comes(before: item, order) { low = middle + 1 } else { high = middle }
            }
            return low
        }

        func holds(_ number: Int, at index: Int) -> Bool { index < waiting.count && waiting[index].number == number }
    }

    private(set) var order: QueueOrder
    /// In ascending order of their ids.
    var lanes: [Lane] = []
    private(set) var pins: [Pin] = []
    var hand = Hand()
    /// How many effective turns whoever was served or left last had, when nobody else was waiting; it never falls.
    var level = 0

    init(order: QueueOrder) { self.order = order }

    public var count: Int { lanes.reduce(pins.count) { $0 + $1.waiting.count } }

    /// How many turns the venue has had.
    public func turns(of venue: VenueID) -> Int { lanes.first { $0.venue == venue }?.turns ?? 0 }

    /// Numbers of the first questions, at most `limit`, in the order in which they would be taken.
    public func first(_ limit: Int) -> [Int] {
        guard pins.count < limit else { return pins.prefix(limit).map(\.number) }
        if order != .byHand, let only = onlyLane {
            return pins.map(\.number) + only.waiting.prefix(limit - pins.count).map(\.number)
        }
        return switch order {
        case .byTurns: byTurns(limit)
        case .byVotes, .byTime: merged(limit)
        case .byHand: byHand(limit)
        }
    }

    // MARK: Coming and going

    mutating func insert(_ item: Item) {
        let index = lane(of: item.venue)
        let wasPresent = lanes[index].isPresent
        keep(item, in: index)
        if order == .byHand { hand.insert(item.number) }
        if !wasPresent { levelUp(index) }
    }

    /// Takes a question out that was put in exactly like this; one that is not there is no fault.
    mutating func remove(_ item: Item) {
        guard let index = index(of: item.venue), drop(item, from: index) else { return }
        if order == .byHand { hand.remove(item.number) }
        noteLevel(leaving: index)
    }

    /// The question, put in exactly like this, has other votes by now; whether that can be seen among the first `shown`.
    mutating func revote(_ item: Item, to votes: Int, shown: Int) -> Bool {
        guard item.pinned == nil, let index = index(of: item.venue) else { return false }
        let old = Waiting(votes: item.votes, number: item.number)
        let new = Waiting(votes: votes, number: item.number)
        let from = lanes[index].place(of: old, order)
        guard lanes[index].holds(item.number, at: from) else { return false }
        lanes[index].waiting.remove(at: from)
        let to = lanes[index].place(of: new, order)
        lanes[index].waiting.insert(new, at: to)
        // Each lane is taken from its head: what is behind so many of its own is behind so many of all.
        return (order == .byTurns || order == .byVotes) && min(from, to) < shown
    }

    /// The question, put in exactly like this, is pinned or is not any more; it never leaves the queue by that.
    mutating func repin(_ item: Item, to sequence: Int?) {
        guard let index = index(of: item.venue), drop(item, from: index) else { return }
        var item = item
        item.pinned = sequence
        keep(item, in: index)
    }

    private mutating func keep(_ item: Item, in index: Int) {
        if let sequence = item.pinned {
            let pin = Pin(sequence: sequence, number: item.number)
            pins.insert(pin, at: pins.firstIndex { !$0.comes(before: pin) } ?? pins.count)
            lanes[index].pinned += 1
        } else {
            let waiting = Waiting(votes: item.votes, number: item.number)
            lanes[index].waiting.insert(waiting, at: lanes[index].place(of: waiting, order))
        }
    }

    private mutating func drop(_ item: Item, from index: Int) -> Bool {
        if item.pinned != nil {
            guard let place = pins.firstIndex(where: { $0.number == item.number }) else { return false }
            pins.remove(at: place)
            lanes[index].pinned -= 1
        } else {
            let place = lanes[index].place(of: Waiting(votes: item.votes, number: item.number), order)
            guard lanes[index].holds(item.number, at: place) else { return false }
            lanes[index].waiting.remove(at: place)
        }
        return true
    }

    // MARK: Orders

    /// Goes over to another order; by hand begins with what was shown until then.
    mutating func sort(_ order: QueueOrder) {
        guard order != self.order else { return }
        hand = order == .byHand ? Hand(first(.max)) : Hand()
        self.order = order
        for index in lanes.indices { lanes[index].waiting.sort { $0.comes(before: $1, order) } }
    }

    /// The one lane with questions that are not pinned: nothing is to be weighed.
    private var onlyLane: Lane? {
        var only: Int?
        for index in lanes.indices where !lanes[index].waiting.isEmpty {
            guard only == nil else { return nil }
            only = index
        }
        return only.map { lanes[$0] }
    }

    /// The best of all lanes, again and again.
    private func merged(_ limit: Int) -> [Int] {
        var shown = pins.map(\.number)
        var next = [Int](repeating: 0, count: lanes.count)
        while shown.count < limit {
            var best: (lane: Int, head: Waiting)?
            for index in lanes.indices where next[index] < lanes[index].waiting.count {
                let head = lanes[index].waiting[next[index]]
                if let known = best, !head.comes(before: known.head, order) { continue }
                best = (index, head)
            }
            guard let best else { break }
            shown.append(best.head.number)
            next[best.lane] += 1
        }
        return shown
    }

    private func byHand(_ limit: Int) -> [Int] {
        var shown = pins.map(\.number)
        let pinned = Set(shown)
        for number in hand.numbers where !pinned.contains(number) {
            guard shown.count < limit else { break }
            shown.append(number)
        }
        return shown
    }

    // MARK: Lanes

    /// Index of the venue's lane; it is made when it is not there.
    mutating func lane(of venue: VenueID) -> Int {
        if let index = index(of: venue) { return index }
        let index = lanes.firstIndex { venue < $0.venue } ?? lanes.count
        lanes.insert(Lane(venue: venue), at: index)
        return index
    }

    private func index(of venue: VenueID) -> Int? { lanes.firstIndex { $0.venue == venue } }
}
