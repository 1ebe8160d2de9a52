// The order in which the questions of one talk would be taken.

/// The approved questions of a talk, kept in order as votes come and go.
public struct Queue: Equatable, Sendable {
    /// Question numbers with the votes they were sorted by, first to be taken first.
    private(set) var waiting: [Waiting] = []

    struct Waiting: Equatable, Sendable {
        var votes: Int
        var number: Int

        func comes(before other: Waiting, _ order: QueueOrder) -> Bool {
            switch order {
            case .byVotes: (-votes, number) < (-other.votes, other.number)
            case .byTime: number < other.number
            }
        }
    }

    public var count: Int { waiting.count }

    /// Numbers of the first questions, at most `limit`.
    public func first(_ limit: Int) -> [Int] { waiting.prefix(limit).map(\.number) }

    mutating func insert(number: Int, votes: Int, order: QueueOrder) {
        let item = Waiting(votes: votes, number: number)
        waiting.insert(item, at: place(of: item, order))
    }

    /// Takes a question out that was inserted with exactly these votes; one that is not there is no fault.
    mutating func remove(number: Int, votes: Int, order: QueueOrder) {
        let item = Waiting(votes: votes, number: number)
        let index = place(of: item, order)
        if index < waiting.count, waiting[index].number == number { waiting.remove(at: index) }
    }

    mutating func sort(_ order: QueueOrder) {
        waiting.sort { $0.comes(before: $1, order) }
    }

    /// The first index whose item does not come before the given one.
    private func place(of item: Waiting, _ order: QueueOrder) -> Int {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].comes(before: item, order) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
