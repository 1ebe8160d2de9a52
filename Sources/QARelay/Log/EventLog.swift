import QAShared

/// Why a log did not do what it was asked to.
enum LogError: Error, Equatable, Sendable {
    /// No space is left; nothing was kept, and the same may be tried again.
    case full
    /// The store failed: what it holds must be read anew before it is believed.
    case failed(String)
    /// Another writer was there: the log's head is not the expected one.
    case conflict(head: Int)
    /// An entry, or the store around it, is not what was written.
    case damaged(sequence: Int, String)
    /// Another process has the store open.
    case inUse(String)
    /// The folder holds something else.
    case foreign(String)
    /// What was erased is out of the log, yet bytes of it are still on the disk.
    case untidy(String)
    /// What a relay's room asked for cannot be read any more.
    case outboxDamaged(ordinal: Int)
    /// There was a log, by the keys beside it, and it is gone.
    case missing(String)

    /// A stable word for logs and the command line.
    var code: String {
        switch self {
        case .full: "log_full"
        case .failed: "log_failed"
        case .conflict: "log_conflict"
        case .damaged: "log_damaged"
        case .inUse: "log_in_use"
        case .foreign: "log_foreign"
        case .missing: "log_missing"
        case .outboxDamaged: "outbox_damaged"
        case .untidy: "not_overwritten"
        }
    }

    /// What happened and what to do, for the operator.
    var sentence: String {
        switch self {
        case .full:
            "The disk is full. Free some space: the hub goes on by itself."
        case .failed(let what):
            "The log could not be written or read (\(what)). Check the disk, then start the hub again."
        case .conflict(let head):
            "Another program wrote to this log (its head is \(head)). Only one hub may use a data folder."
        case .damaged(let sequence, let what):
            "The log is damaged at entry \(sequence) (\(what)). Restore the last backup, or ask for help before starting again."
        case .outboxDamaged(let ordinal):
            "Command \(ordinal) that the room gave cannot be read from the relay's disk. Keep relay.sqlite for whoever helps, then start with another --data folder and a new pairing code: what the hub has is not lost, what it has not got yet is in that file."
        case .inUse(let path):
            "\(path) is already open in another hub. Stop that one first, or use another --data folder."
        case .foreign(let what):
            "\(what)"
        case .untidy(let why):
            "It is erased from the log, but bytes of it may still lie on the disk, because the file could not be written anew. \(why) Give the same command again then."
        case .missing(let path):
            "\(path) is gone or empty, yet there are keys in tokens/ beside it. Restore the last backup, or remove tokens/ to begin anew."
        }
    }
}

/// The ordered, durable sequence of one event's entries.
///
/// Contract: `append` is all or nothing, durable when it returns, and refused unless the head is the expected one.
/// `read` gives entries in order without holes. What an entry erases is gone from the texts of the log when `append`
/// returns, and from the disk after `tidy`. Used by one thread at a time.
protocol EventLog: AnyObject {
    /// Which incarnation of the log this is; made at its creation.
    var epoch: Epoch { get }
    /// The sequence of the last entry; 0 for none.
    var head: Int { get }
    /// The chain's checksum at the head.
    var checksum: [UInt8] { get }

    func append(_ batch: [Entry], expecting expected: Int) throws(LogError)

    /// The entries behind a sequence, at most `limit`, each checked against the chain.
    func read(after sequence: Int, limit: Int) throws(LogError) -> [Entry]

    /// The same as records, in the form in which they are kept and a relay is told them.
    func records(after sequence: Int, limit: Int) throws(LogError) -> [LogRecord]

    /// The chain's checksum at a sequence up to the head.
    func checksum(at sequence: Int) throws(LogError) -> [UInt8]

    /// Gives what is behind the sequence now, and then every batch as it becomes durable.
    func follow(after sequence: Int, _ deliver: @escaping ([Entry]) -> Void) throws(LogError)

    /// Overwrites what erased texts left behind on the disk; nothing when that was done already.
    func tidy() throws(LogError)

    /// How many texts were erased.
    func erasedTexts() throws(LogError) -> Int

    /// Looks through the store itself, those parts included that nothing is read from.
    func examine() throws(LogError)

    /// Copies all there is into a new file that only its owner may read, with its checksum beside it.
    func backUp(to path: String) throws(LogError)

    func close()
}

extension EventLog {
    /// Appends, and leaves nothing on the disk of what the batch erases. That it could not be overwritten yet is no
    /// reason to refuse the batch, which is durable: the next start tries again.
    func keep(_ batch: [Entry], expecting expected: Int) throws(LogError) {
        try append(batch, expecting: expected)
        if batch.contains(where: { !$0.erasures.isEmpty }) { try? tidy() }
    }

    /// Reads everything behind a sequence, a piece at a time.
    func readAll(after sequence: Int = 0, _ body: ([Entry]) -> Void) throws(LogError) {
        var position = sequence
        while true {
            let entries = try read(after: position, limit: 2_000)
            guard let last = entries.last else {
                // A hole as long as a whole reading must not pass for the end.
                if position < head { throw .damaged(sequence: position + 1, "it is missing") }
                return
            }
            body(entries)
            position = last.sequence
        }
    }

    /// The state and the ledgers that the log comes to, up to a sequence when one is given.
    func fold(upTo last: Int = .max) throws(LogError) -> (state: State, ledgers: Ledgers) {
        var state = State()
        var ledgers = Ledgers()
        try readAll { entries in
            for entry in entries where entry.sequence <= last { ledgers.advance(state.apply(entry), state) }
        }
        return (state, ledgers)
    }
}
