// What a venue assumes while the hub has not decided: the same fold, on top of what is confirmed.

extension State {
    /// Applies an entry that the venue decided itself. Its sequence lies beyond `Limits.guesses` and above the head,
    /// with holes; nothing that the hub confirmed can be applied on top.
    @discardableResult
    public mutating func apply(guess entry: Entry) -> Touched {
        precondition(entry.sequence > max(head, Limits.guesses), "a guess must come after what is there")
        head = entry.sequence - 1
        let touched = apply(entry)
        unconfirmed.formUnion(touched.cards)
        return touched
    }
}
