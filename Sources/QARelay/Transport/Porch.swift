import QAShared

/// Those who came in by a place kept for people who run the event and have not shown a token yet.
///
/// Anybody may say that they are one of them, so nobody is refused for it, and few may wait: beyond
/// `Limits.unprovenMaximum` one has to go. That is one whose token was wrong, else one of the caller who has the most
/// here; of those the one that has been here longest, so that whoever speaks at once is heard.
struct Porch {
    private struct Waiting {
        var id: UInt64
        var caller: UInt64
        var isRefused = false
    }

    /// In the order in which they came.
    private var waiting: [Waiting] = []

    var count: Int { waiting.count }

    /// Somebody came; the result is who has to go for it.
    mutating func came(_ id: UInt64, from caller: UInt64) -> UInt64? {
        waiting.append(Waiting(id: id, caller: caller))
        guard waiting.count > Limits.unprovenMaximum else { return nil }
        let place = waiting.firstIndex { $0.isRefused } ?? firstOfMost
        return waiting.remove(at: place).id
    }

    /// Its token was wrong, or it is none of those for whom the place is kept.
    mutating func refused(_ id: UInt64) {
        if let place = waiting.firstIndex(where: { $0.id == id }) { waiting[place].isRefused = true }
    }

    /// It has shown a token, or is gone.
    mutating func left(_ id: UInt64) { waiting.removeAll { $0.id == id } }

    private var firstOfMost: Int {
        var counts: [UInt64: Int] = [:]
        for each in waiting { counts[each.caller, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        return waiting.firstIndex { counts[$0.caller] == most } ?? 0
    }
}
