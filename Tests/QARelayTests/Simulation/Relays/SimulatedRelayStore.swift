import QAShared

@testable import QARelay

/// A relay's disk in memory: what an operation wrote is durable when it returns, and survives the relay.
///
/// Each operation is all or nothing, as a transaction is; what had not begun when the relay died never happens.
final class SimulatedRelayStore: RelayDisk {
    struct Row {
        var forwarded: Forwarded
        var sequence: Int?
        var code: Rejection.Code?
        var isSettled = false
    }

    private(set) var copy = LogCopy()
    private(set) var records: [LogRecord] = []
    /// By ordinal.
    private(set) var rows: [Int: Row] = [:]
    private(set) var hubURL: String?
    private(set) var line = LineMemory()
    private(set) var keys: RelayKeys?
    /// Questions that were ever durable here, by a command of the room or in the copy.
    private(set) var questions: Set<QuestionID> = []
    /// What the next operation ends in, and whether it is done all the same.
    var nextFault: (error: LogError, isDone: Bool)?

    private func fault(canBeDone: Bool = true, _ work: () -> Void) throws(LogError) {
        guard let fault = nextFault else { return work() }
        nextFault = nil
        if fault.isDone, canBeDone { work() }
        throw fault.error
    }

    var ordered: [Row] { rows.values.sorted { $0.forwarded.ordinal < $1.forwarded.ordinal } }

    /// What a relay starts with.
    func contents() throws(LogError) -> RelayContents {
        var contents = RelayContents()
        var previous = LogRecord.start
        for record in records {
            contents.state.apply(try record.entry(after: previous))
            previous = record.checksum
        }
        for row in ordered {
            let forwarded = row.forwarded
            contents.nextOrdinal = forwarded.ordinal + 1
            if forwarded.command.kind != .vote { contents.commandIDs[forwarded.ordinal] = forwarded.id }
            if row.isSettled { continue }
            if let code = row.code {
                contents.refusals.append((forwarded, Rejection(code)))
            } else if row.sequence.map({ $0 > copy.head }) ?? true {
                contents.outbox.append(forwarded)
            }
        }
        contents.keys = keys
        contents.hubURL = hubURL
        contents.line = line
        return contents
    }

    // MARK: The room's commands

    func store(_ items: [Forwarded]) throws(LogError) {
        try fault {
            for item in items {
                precondition(rows[item.ordinal] == nil, "an ordinal was used twice")
                rows[item.ordinal] = Row(forwarded: item)
                if [.ask, .enter].contains(item.command.kind) { questions.insert(item.id.of()) }
            }
        }
    }

    func settle(_ results: [ForwardResult]) throws(LogError) {
        try fault {
            for result in results {
                switch result.outcome {
                case .success(let sequence):
                    rows[result.ordinal]?.sequence = sequence
                    rows[result.ordinal]?.code = nil
                case .failure(let rejection): rows[result.ordinal]?.code = rejection.code
                }
            }
        }
    }

    func reopen(_ ordinals: [Int]) throws(LogError) {
        try fault { for ordinal in ordinals where rows[ordinal]?.isSettled == false { rows[ordinal]?.code = nil } }
    }

    func forget(_ ordinal: Int) throws(LogError) {
        try fault { rows[ordinal]?.isSettled = true }
    }

    func keepRefused(_ part: Forwarded, _ rejection: Rejection) throws(LogError) {
        try fault {
            if rows[part.ordinal] == nil { rows[part.ordinal] = Row(forwarded: part, code: rejection.code) }
        }
    }

    func keep(_ line: LineMemory) throws(LogError) {
        try fault { self.line = line }
    }

    // MARK: The copy

    func begin(
        _ epoch: Epoch, resumed: Bool, keys: RelayKeys?, hubURL: String?
    ) throws(LogError) -> [Forwarded]? {
        let isNew = copy.isOther(epoch, resumed: resumed)
        try fault(canBeDone: false) {
            if let keys { self.keys = keys }
            if let hubURL { self.hubURL = hubURL }
            for ordinal in rows.keys where isNew || rows[ordinal]?.sequence.map({ $0 > copy.head }) == true {
                rows[ordinal]?.sequence = nil
            }
            guard isNew else { return }
            records = []
            copy = LogCopy(epoch: epoch)
        }
        return isNew ? ordered.filter { $0.code == nil && !$0.isSettled }.map(\.forwarded) : nil
    }

    func append(_ records: [LogRecord], after sequence: Int, before: [UInt8]) throws(LogError) -> [Entry]? {
        guard let new = try copy.following(records, after: sequence, before: before) else { return nil }
        guard !new.records.isEmpty else { return [] }
        try fault(canBeDone: false) {
            self.records += new.records
            copy.advance(over: new.records)
            for entry in new.entries {
                for case .questionAsked in entry.changes { if let id = entry.commandID { questions.insert(id.of()) } }
            }
        }
        return new.entries
    }

    func dropCopy() throws(LogError) {
        try fault(canBeDone: false) { copy.epoch = nil }
    }
}
