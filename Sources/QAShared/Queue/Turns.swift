// The rule by turns: the venue with the fewest turns is next; who was away comes back level with the one furthest behind.

extension Queue {
    /// Where the simulation of what will be taken stands in one lane.
    private struct Cursor {
        var next = 0
        var turns: Int
        var isCut: Bool
    }

    /// What would be taken, one after the other, if nothing else happened: pins first, and they are turns too.
    func byTurns(_ limit: Int) -> [Int] {
        var shown: [Int] = []
        shown.reserveCapacity(min(limit, 64))
        for pin in pins { shown.append(pin.number) }
        var cursors = lanes.map { Cursor(turns: $0.effective + $0.pinned, isCut: $0.isCut) }
        while shown.count < limit {
            var best = -1
            for index in cursors.indices where cursors[index].next < lanes[index].waiting.count {
                if best < 0 || goes(index, before: best, cursors) { best = index }
            }
            guard best >= 0 else { break }
            shown.append(lanes[best].waiting[cursors[best].next].number)
            cursors[best].next += 1
            cursors[best].turns += 1
        }
        return shown
    }

    /// Venues that can hear the answer first, then the fewest turns, then the better question.
    private func goes(_ one: Int, before other: Int, _ cursors: [Cursor]) -> Bool {
        let (left, right) = (cursors[one], cursors[other])
        if left.isCut != right.isCut { return right.isCut }
        if left.turns != right.turns { return left.turns < right.turns }
        return lanes[one].waiting[left.next].comes(before: lanes[other].waiting[right.next], .byTurns)
    }

    // MARK: Turns

    /// The venue has had a turn more, or one less.
    mutating func turn(of venue: VenueID, by step: Int) {
        let index = lane(of: venue)
        lanes[index].turns += step
        keepLevel(lanes[index].effective)
    }

    /// A question of the venue became live, or is not live any more.
    mutating func setLive(_ venue: VenueID, _ isLive: Bool) {
        let index = lane(of: venue)
        lanes[index].isLive = isLive
        if !isLive { noteLevel(leaving: index) }
    }

    /// The venue's line was cut, or is back.
    mutating func setCut(_ venue: VenueID, _ isCut: Bool) {
        guard isCut || lanes.contains(where: { $0.venue == venue }) else { return }
        let index = lane(of: venue)
        guard lanes[index].isCut != isCut else { return }
        lanes[index].isCut = isCut
        guard lanes[index].waits else { return }
        if isCut { keepLevel(lanes[index].effective) } else { levelUp(index) }
    }

    // MARK: Head start

    /// Raises a lane that was away to the one that is furthest behind, so that nobody saves turns up by silence.
    mutating func levelUp(_ index: Int) {
        let others = lanes.indices.filter { $0 != index && !lanes[$0].isCut }
        let furthest =
            others.filter { lanes[$0].waits }.map { lanes[$0].effective }.min()
            ?? others.filter { lanes[$0].isLive }.map { lanes[$0].effective }.min() ?? level
        lanes[index].allowance = max(lanes[index].allowance, furthest - lanes[index].turns)
    }

    /// Remembers where a lane stood that has nothing left, for whoever comes while nobody waits.
    mutating func noteLevel(leaving index: Int) {
        if !lanes[index].isPresent { keepLevel(lanes[index].effective) }
    }

    /// Only while nobody waits who could be compared with.
    private mutating func keepLevel(_ effective: Int) {
        if !lanes.contains(where: { $0.waits && !$0.isCut }) { level = max(level, effective) }
    }
}

/// How many turns a venue has had in a talk.
public struct VenueTurns: Equatable, Sendable {
    public var venue: VenueID
    public var turns: Int

    public init(venue: VenueID, turns: Int) {
        self.venue = venue
        self.turns = turns
    }
}
