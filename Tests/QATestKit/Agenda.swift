// Simulated time: what is to happen when, and a hash of all that happened.

/// A queue of things to come, in simulated milliseconds; what falls on the same moment keeps its order.
public struct Agenda<Item> {
    private struct Entry {
        var time: Int
        var serial: Int
        var item: Item

        func comes(before other: Entry) -> Bool { (time, serial) < (other.time, other.serial) }
    }

    /// A binary heap with the next entry first.
    private var heap: [Entry] = []
    private var serial = 0

    public init() {}

    public var nextTime: Int? { heap.first?.time }

    public mutating func add(_ item: Item, at time: Int) {
        serial += 1
        heap.append(Entry(time: time, serial: serial, item: item))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].comes(before: heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out what comes next.
    public mutating func take() -> Item? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first.item }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].comes(before: heap[least]) { least = child }
            }
            guard least != parent else { return first.item }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

/// FNV-1a over whatever happened, so that two runs can be told to be the same.
public struct TraceHash: Equatable, Sendable {
    public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    public init() {}

    public mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 0x0000_0100_0000_01B3
        value ^= value >> 29
    }

    public mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            for byte in buffer { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
    }

    public mutating func add(_ text: String) { add(Array(text.utf8)) }
}
