/// The order that moderators made by hand.
struct Hand: Equatable, Sendable {
    /// Of all that wait, pinned ones too.
    private(set) var numbers: [Int] = []
    /// Before whom those stood that have left, so that one that comes back finds its place.
    private(set) var left: [Int: Int] = [:]

    init(_ numbers: [Int] = []) { self.numbers = numbers }

    /// A new one goes to the end.
    mutating func insert(_ number: Int) {
        let next = left.removeValue(forKey: number).flatMap(numbers.firstIndex)
        numbers.insert(number, at: next ?? numbers.count)
    }

    mutating func remove(_ number: Int) {
        guard let index = numbers.firstIndex(of: number) else { return }
        if index + 1 < numbers.count { left[number] = numbers[index + 1] }
        numbers.remove(at: index)
    }

    /// The one before which the question stands; nil for the last.
    func next(after number: Int) -> Int? {
        guard let index = numbers.firstIndex(of: number), index + 1 < numbers.count else { return nil }
        return numbers[index + 1]
    }

    /// Puts a question before another one, or to the end.
    mutating func place(_ number: Int, before other: Int?) {
        guard number != other, let index = numbers.firstIndex(of: number) else { return }
        numbers.remove(at: index)
        numbers.insert(number, at: other.flatMap(numbers.firstIndex) ?? numbers.count)
    }

    /// Takes over an order there was before; whoever it does not know follows as they stand.
    mutating func arrange(_ wanted: [Int]) {
        let present = Set(numbers)
        let known = Set(wanted)
        numbers = wanted.filter(present.contains) + numbers.filter { !known.contains($0) }
    }

    /// Forgets where those stood that have left.
    mutating func forgetLeft() { left = [:] }
}
