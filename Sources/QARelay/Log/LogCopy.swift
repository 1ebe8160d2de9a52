import QAShared

/// Where a relay's copy of the hub's log stands, and what may follow on it: the rules that are the same on every disk.
struct LogCopy: Equatable, Sendable {
    /// The log that the copy is of; nil before the first contact, and once it was found to be of another one.
    var epoch: Epoch?
    private(set) var head = 0
    private(set) var checksum = LogRecord.start

    init(epoch: Epoch? = nil, head: Int = 0, checksum: [UInt8] = LogRecord.start) {
        self.epoch = epoch
        self.head = head
        self.checksum = checksum
    }

    /// What the next hello says; nil asks for the whole log.
    var position: Position? { epoch.map { Position(epoch: $0, sequence: head) } }

    /// Whether a hub that greets like this has another log than the copy's.
    func isOther(_ epoch: Epoch, resumed: Bool) -> Bool { epoch != self.epoch || !resumed }

    /// Those of the hub's next records that are new, each checked against the chain; nil when they do not follow on the copy.
    func following(
        _ records: [LogRecord], after sequence: Int, before: [UInt8]
    ) throws(LogError) -> (records: [LogRecord], entries: [Entry])? {
        guard sequence <= head else { return nil }
        if sequence == head, before != checksum { return nil }
        // A line that was lost may have left records here that the next one brings again.
        if let same = records.first(where: { $0.sequence == head }), same.checksum != checksum { return nil }
        let new = records.filter { $0.sequence > head }
        var entries: [Entry] = []
        var previous = checksum
        for record in new {
            guard record.sequence == head + entries.count + 1 else { return nil }
            entries.append(try record.entry(after: previous))
            previous = record.checksum
        }
        return (new, entries)
    }

    /// The records are on the disk.
    mutating func advance(over records: [LogRecord]) {
        guard let last = records.last else { return }
        (head, checksum) = (last.sequence, last.checksum)
    }
}
