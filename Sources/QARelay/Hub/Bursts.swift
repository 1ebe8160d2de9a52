import QAShared

/// Sees when many who have only just come vote at once: a room that arrives does not, a program with many names does.
///
/// Nobody is refused for it; moderators are shown it. In memory only.
struct Bursts {
    /// Who came when, in monotonic milliseconds, until the first vote or `Limits.burstFresh`.
    private var newcomers: [ParticipantID: Int] = [:]
    /// When the newest first votes were, oldest first.
    private var moments: [Int] = []
    private var sweptAt = 0
    private var shownUntil = 0
    /// What moderators are shown; nil after a while without another.
    private(set) var shown: Presence.Burst?

    /// A device was given an identity.
    mutating func came(_ participant: ParticipantID, _ now: Now) {
        sweep(now.monotonic)
        newcomers[participant] = now.monotonic
    }

    /// Somebody votes; true when moderators are to be shown something else than before.
    mutating func voted(_ participant: ParticipantID, _ now: Now) -> Bool {
        guard let since = newcomers.removeValue(forKey: participant), now.monotonic - since < Limits.burstFresh
        else { return false }
        moments.append(now.monotonic)
        moments.removeFirst(moments.prefix { now.monotonic - $0 >= Limits.burstWithin }.count)
        guard moments.count >= Limits.burstVotes else { return false }
        shownUntil = now.monotonic + Limits.burstShown
        // The same burst, growing, is told as the largest it was.
        shown = Presence.Burst(count: max(moments.count, shown?.count ?? 0), time: now.wall)
        return true
    }

    /// True when what is shown was shown for long enough.
    mutating func lapse(_ now: Now) -> Bool {
        guard shown != nil, shownUntil <= now.monotonic else { return false }
        shown = nil
        return true
    }

    private mutating func sweep(_ now: Int) {
        guard now - sweptAt > Limits.burstFresh else { return }
        sweptAt = now
        newcomers = newcomers.filter { now - $0.value < Limits.burstFresh }
    }
}
