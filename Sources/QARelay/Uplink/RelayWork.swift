import QAShared

/// A relay's disk: its copy of the hub's log, and everything its room asked for. What returns is on the disk.
protocol RelayDisk: AnyObject {
    var copy: LogCopy { get }

    func store(_ items: [Forwarded]) throws(LogError)
    func settle(_ results: [ForwardResult]) throws(LogError)
    func reopen(_ ordinals: [Int]) throws(LogError)
    func forget(_ ordinal: Int) throws(LogError)
    func keepRefused(_ part: Forwarded, _ rejection: Rejection) throws(LogError)
    func keep(_ line: LineMemory) throws(LogError)
    func begin(
        _ epoch: Epoch, resumed: Bool, keys: RelayKeys?, hubURL: String?
    ) throws(LogError) -> [Forwarded]?
    func append(_ records: [LogRecord], after sequence: Int, before: [UInt8]) throws(LogError) -> [Entry]?
    func dropCopy() throws(LogError)
}

/// What a relay starts with.
struct RelayContents {
    var state = State()
    var outbox: [Forwarded] = []
    var refusals: [(Forwarded, Rejection)] = []
    var commandIDs: [Int: CommandID] = [:]
    var nextOrdinal = 1
    var keys: RelayKeys?
    var hubURL: String?
    var line = LineMemory()
}

/// What a relay's disk is asked to do; one after the other, in the order given.
enum RelayWork: Sendable {
    case store([Forwarded])
    case settle([ForwardResult])
    case reopen([Int])
    case forget(Int)
    case keepLine(LineMemory)
    case keepRefused(Forwarded, Rejection)
    /// `line` counts the connections, so that the report is known to be of the present one.
    case begin(Welcome, line: Int)
    /// A frame with records as it came.
    case records([UInt8])

    enum Report: Sendable {
        case stored
        case storeFailed(LogError)
        /// The hub's greeting is kept; commands to send again when its log is another one.
        case began(Welcome, line: Int, resending: [Forwarded]?)
        case kept([Entry])
        /// The copy is not what the hub has: say hello anew, without a position.
        case mismatch
        /// The copy or the outbox could not be written.
        case failed(LogError)
    }

    /// Does it; what is to be told, if anything.
    func perform(on disk: some RelayDisk) -> Report? {
        do throws(LogError) {
            switch self {
            case .store(let items):
                do throws(LogError) {
                    try disk.store(items)
                    return .stored
                } catch {
                    return .storeFailed(error)
                }
            case .settle(let results): try disk.settle(results)
            case .reopen(let ordinals): try disk.reopen(ordinals)
            case .forget(let ordinal): try disk.forget(ordinal)
            case .keepRefused(let part, let rejection): try disk.keepRefused(part, rejection)
            // Not worth a line: at worst the time of the next start is told instead.
            case .keepLine(let line): try? disk.keep(line)
            case .begin(let welcome, let line):
                let resending = try disk.begin(
                    welcome.epoch, resumed: welcome.resumed, keys: welcome.keys, hubURL: welcome.elsewhere)
                return .began(welcome, line: line, resending: resending)
            case .records(let frame):
                // The copy was dropped, and this was under way: the next hello asks for all of it.
                guard disk.copy.epoch != nil else { return nil }
                let contents = try RecordsCoding.decode(frame)
                if let entries = try disk.append(contents.records, after: contents.after, before: contents.before) {
                    return .kept(entries)
                }
                try disk.dropCopy()
                return .mismatch
            }
            return nil
        } catch {
            return .failed(error)
        }
    }
}
