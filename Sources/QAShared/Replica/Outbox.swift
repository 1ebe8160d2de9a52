// Commands sent or to be sent that are not yet acknowledged; nothing leaves it but by an answer.

/// What a client still has to get through, in order.
public struct Outbox: Equatable, Sendable {
    public struct Item: Equatable, Sendable {
        public let request: RequestID
        public let frame: ClientFrame
        fileprivate(set) public var isSent = false
        /// Not to be sent again before this time, in the caller's milliseconds.
        fileprivate(set) public var notBefore: Int?
        fileprivate let touching: Touching
    }

    public private(set) var items: [Item] = []

    public init() {}

    public var isEmpty: Bool { items.isEmpty }

    public mutating func add(_ id: CommandID, _ command: Command) {
        items.append(Item(request: .command(id), frame: .command(id, command), touching: command.touching(id)))
    }

    /// A one-time code, as it was typed. Nothing passes it: votes count by it.
    public mutating func add(_ id: CommandID, code: String) {
        items.append(Item(request: .command(id), frame: .redeem(id, code: code), touching: .everything))
    }

    /// A newer vote on the same question replaces the older one: only the last word counts.
    public mutating func add(vote question: QuestionID, on: Bool, counter: Int) {
        items.removeAll { item in
            if case .vote(question, _, _) = item.frame { true } else { false }
        }
        items.append(
            Item(
                request: .vote(question, counter: counter),
                frame: .vote(question, on: on, counter: counter), touching: .some([.question(question)])))
    }

    /// Takes out what was answered; nil when it was not (any more) waiting.
    @discardableResult
    public mutating func settle(_ request: RequestID) -> Item? {
        guard let index = items.firstIndex(where: { $0.request == request }) else { return nil }
        return items.remove(at: index)
    }

    /// The hub said: the same again, later.
    public mutating func postpone(_ request: RequestID, until time: Int) {
        guard let index = items.firstIndex(where: { $0.request == request }) else { return }
        items[index].isSent = false
        items[index].notBefore = time
    }

    /// The line is lost: whatever has no answer is to be sent again.
    public mutating func lineLost() {
        for index in items.indices { items[index].isSent = false }
    }

    /// The frames that are due, in order; they count as sent from now on.
    ///
    /// What touches the same as an earlier one without an answer waits for it: the earlier one might be put off and
    /// arrive last, and then the older wish would stand.
    public mutating func due(_ now: Int) -> [ClientFrame] {
        var frames: [ClientFrame] = []
        var before = Touching.some([])
        for index in items.indices {
            let isBehind = items[index].touching.overlaps(before)
            before.add(items[index].touching)
            if items[index].isSent || isBehind { continue }
            if let time = items[index].notBefore, time > now { continue }
            items[index].isSent = true
            items[index].notBefore = nil
            frames.append(items[index].frame)
        }
        return frames
    }

    /// When the earliest postponed item is due; nil when none waits.
    public var nextDue: Int? { items.compactMap(\.notBefore).min() }
}
