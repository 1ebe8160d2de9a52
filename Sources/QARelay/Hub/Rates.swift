import QAShared

/// Token buckets by participant: a burst, then a steady rate. In memory only.
struct Rates {
    private struct Bucket {
        var tokens: Double
        var at: Int
        /// From when on there is nothing to remember.
        var fullAt = 0
    }

    private enum Family: Hashable { case ask, vote, action, suggest, suggestions, claim, guess, guessThere, guesses }

    private struct Key: Hashable {
        var participant: ParticipantID
        var family: Family
    }

    private var buckets: [Key: Bucket] = [:]
    /// Switched off for measurements.
    var areOn = true

    /// Takes one token, or says after how many milliseconds there is one.
    mutating func take(
        _ kind: Command.Kind, _ participant: ParticipantID, _ limits: EventLimits, _ now: Now
    ) -> Int? {
        guard areOn else { return nil }
        let family: Family
        let burst: Double
        let perSecond: Double
        switch kind {
        case .ask:
            (family, burst) = (.ask, Double(limits.askBurst))
            perSecond = 1 / Double(max(1, limits.askEverySeconds))
        case .vote, .withdraw:
            (family, burst, perSecond) = (
                .vote, Double(Limits.voteBurst), Double(Limits.votesEverySecond)
            )
        default:
            (family, burst, perSecond) = (
                .action, Double(Limits.actionBurst), Double(Limits.actionsEverySecond)
            )
        }
        return take(Key(participant: participant, family: family), burst, perSecond, now)
    }

    /// Takes one token from somebody who is typing, and one from all who are; false when there is none.
    mutating func takeSuggest(_ participant: ParticipantID, _ now: Now) -> Bool {
        guard areOn else { return true }
        let own = Key(participant: participant, family: .suggest)
        let all = Key(participant: ParticipantID(high: 0, low: 0), family: .suggestions)
        let everySecond = Double(Limits.suggestionsEverySecond)
        return take(own, Double(Limits.suggestBurst), Double(Limits.suggestsEverySecond), now) == nil
            && take(all, everySecond, everySecond, now) == nil
    }

    /// Takes one token of what is neither asked nor voted, or says after how many milliseconds there is one.
    mutating func takeAction(_ participant: ParticipantID, _ now: Now) -> Int? {
        guard areOn else { return nil }
        let key = Key(participant: participant, family: .action)
        return take(key, Double(Limits.actionBurst), Double(Limits.actionsEverySecond), now)
    }

    /// Takes one token from whoever moves from question to question; false when there is none.
    mutating func takeClaim(_ participant: ParticipantID, _ now: Now) -> Bool {
        guard areOn else { return true }
        let key = Key(participant: participant, family: .claim)
        return take(key, Double(Limits.actionBurst), Double(Limits.actionsEverySecond), now) == nil
    }

    /// Takes one token of a device, of where it comes from and of all for a code that is wrong, or says after how many
    /// milliseconds there is one; for a right code it only says whether there is one.
    mutating func takeGuess(_ isWrong: Bool, _ participant: ParticipantID, _ caller: UInt64?, _ now: Now) -> Int? {
        guard areOn else { return nil }
        let nobody = ParticipantID(high: 0, low: 0)
        // Whoever is over its own bound takes nothing from the others.
        var bounds = [(Key(participant: participant, family: .guess), Limits.guessBurst, Limits.guessEvery)]
        if let caller {
            let there = Key(participant: ParticipantID(high: 0, low: caller), family: .guessThere)
            bounds.append((there, Limits.guessAddressBurst, Limits.guessAddressEvery))
        }
        bounds.append((Key(participant: nobody, family: .guesses), Limits.guessAllBurst, Limits.guessAllEvery))
        for (key, burst, every) in bounds {
            let before = buckets[key]
            if let wait = take(key, Double(burst), 1_000 / Double(every), now) { return wait }
            if !isWrong { buckets[key] = before }
        }
        return nil
    }

    private mutating func take(_ key: Key, _ burst: Double, _ perSecond: Double, _ now: Now) -> Int? {
        var bucket = buckets[key] ?? Bucket(tokens: burst, at: now.monotonic)
        let passed = Double(max(0, now.monotonic - bucket.at)) / 1_000
        bucket.tokens = min(burst, bucket.tokens + passed * perSecond)
        bucket.at = now.monotonic
        // Whoever waited as long as it was told must not fail by a rounding.
        let wait = bucket.tokens > 0.999_999 ? nil : Int(((1 - bucket.tokens) / perSecond * 1_000).rounded(.up))
        if wait == nil { bucket.tokens = max(0, bucket.tokens - 1) }
        bucket.fullAt = now.monotonic + Int(((burst - bucket.tokens) / perSecond * 1_000).rounded(.up))
        buckets[key] = bucket
        return wait
    }

    /// Forgets whoever has been quiet for so long that the bucket is full again.
    mutating func sweep(_ now: Now) {
        buckets = buckets.filter { now.monotonic < $0.value.fullAt }
    }
}
