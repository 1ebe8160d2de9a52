import QAShared

/// Sees when a program with many names votes: many who have only just come vote at once, which a room that arrives does
/// not; or more people give their first vote to one question than there are in their room, however long ago they came.
///
/// Nobody is refused for it; moderators are shown it. In memory only.
struct Bursts {
    /// Who came when, in monotonic milliseconds, until the first vote or `Limits.burstFresh`.
    private var newcomers: [ParticipantID: Int] = [:]
    /// When the newest first votes of newcomers were, oldest first.
    private var moments: [Int] = []
    /// The newest first votes of anybody for a question and from a room, oldest first.
    private var firsts: [Aim: [(participant: ParticipantID, at: Int)]] = [:]
    private var sweptAt = 0
    private var shownUntil = 0
    /// What moderators are shown; nil after a while without another.
    private(set) var shown: Presence.Burst?

    struct Aim: Hashable {
        var question: QuestionID
        var venue: VenueID?
    }

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
        return show(moments.count, now)
    }

    /// Somebody gives a first vote; `people` is how many phones may well be in that room. True when moderators are to be
    /// shown something else than before.
    mutating func votedFirst(_ participant: ParticipantID, for aim: Aim, people: Int, _ now: Now) -> Bool {
        sweep(now.monotonic)
        var votes = firsts[aim] ?? []
        votes.removeFirst(votes.prefix { now.monotonic - $0.at >= Limits.burstWithin }.count)
        // One that changes its mind while its first vote is on its way is one.
        guard !votes.suffix(Limits.burstVotes).contains(where: { $0.participant == participant }) else { return false }
        votes.append((participant, now.monotonic))
        firsts[aim] = votes
        return votes.count > people && show(votes.count, now)
    }

    private mutating func show(_ count: Int, _ now: Now) -> Bool {
        guard count >= Limits.burstVotes else { return false }
        shownUntil = now.monotonic + Limits.burstShown
        // The same burst, growing, is told as the largest it was.
        shown = Presence.Burst(count: max(count, shown?.count ?? 0), time: now.wall)
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
        firsts = firsts.filter { now - ($0.value.last?.at ?? 0) < Limits.burstWithin }
    }
}

extension Hub {
    /// A vote came: it may be one of many that no room gives.
    func noteVote(_ session: Session, for question: QuestionID, _ now: Now) {
        // Where votes count by codes, names that were made up count nothing.
        guard !state.asksForCodes else { return }
        let isBurst = bursts.voted(session.participant, now)
        var isMore = false
        if participants.votes[session.participant] == nil {
            let people = plausiblePeople(in: session.venue)
            isMore = bursts.votedFirst(
                session.participant, for: Bursts.Aim(question: question, venue: session.venue), people: people, now)
        }
        if isBurst || isMore { presence.burst = bursts.shown }
    }

    /// How many phones a room may well have: those that are here, and no more than half as many again as it expects.
    private func plausiblePeople(in venue: VenueID?) -> Int {
        guard let venue else { return 0 }
        let phones = presence.here(venue).phones
        guard let expected = state.setup?.venue(venue)?.expected, expected > 0 else { return phones }
        return min(phones, expected * 3 / 2)
    }
}
