import QAShared

/// A log that lives as long as the process: for tests and trials, as honest as the real ones.
///
/// It keeps records, not entries, so that encoding, chain and texts are passed through as on a disk.
final class MemoryLog: EventLog {
    let epoch: Epoch
    private var records: [LogRecord] = []
    private var followers: [([Entry]) -> Void] = []
    /// Set by tests: what the next append ends in.
    var nextFault: LogError?

    init(epoch: Epoch, records: [LogRecord] = []) {
        self.epoch = epoch
        self.records = records
    }

    var head: Int { records.count }
    var checksum: [UInt8] { records.last?.checksum ?? LogRecord.start }

    func append(_ batch: [Entry], expecting expected: Int) throws(LogError) {
        guard expected == head else { throw .conflict(head: head) }
        if let fault = nextFault {
            nextFault = nil
            throw fault
        }
        var added: [LogRecord] = []
        for entry in batch {
            precondition(entry.sequence == head + added.count + 1, "a batch with a hole")
            added.append(LogRecord(entry, after: added.last?.checksum ?? checksum))
        }
        records += added
        for entry in batch {
            for (question, part) in entry.erasures {
                for index in 0..<entry.sequence { records[index] = records[index].erasing(question, part) }
            }
        }
        for deliver in followers { deliver(batch) }
    }

    func read(after sequence: Int, limit: Int) throws(LogError) -> [Entry] {
        guard sequence < head else { return [] }
        var previous = sequence == 0 ? LogRecord.start : records[sequence - 1].checksum
        var entries: [Entry] = []
        for record in records[sequence..<min(head, sequence + limit)] {
            entries.append(try record.entry(after: previous))
            previous = record.checksum
        }
        return entries
    }

    func records(after sequence: Int, limit: Int) -> [LogRecord] {
        sequence < head ? Array(records[sequence..<min(head, sequence + limit)]) : []
    }

    func checksum(at sequence: Int) -> [UInt8] {
        sequence == 0 ? LogRecord.start : records[sequence - 1].checksum
    }

    func follow(after sequence: Int, _ deliver: @escaping ([Entry]) -> Void) throws(LogError) {
        try readAll(after: sequence, deliver)
        followers.append(deliver)
    }

    func tidy() {}

    func erasedTexts() -> Int { records.reduce(0) { $0 + $1.texts.count(where: \.isErased) } }

    func examine() {}

    func backUp(to path: String) throws(LogError) { throw .failed("a log in memory has no file") }

    func close() { followers = [] }
}
