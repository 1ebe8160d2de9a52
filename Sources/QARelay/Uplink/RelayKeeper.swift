import QAShared
import Synchronization

/// The thread that owns a relay's store: what it is handed is done in order, and told through a function that posts to the loop.
final class RelayKeeper: Sendable {
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

    private enum Work: Sendable {
        case store([Forwarded])
        case settle([ForwardResult])
        case forget(Int)
        case begin(Welcome, line: Int)
        case records([UInt8])
    }

    private struct Box: Sendable {
        var work: [Work] = []
        var isClosed = false
    }

    private let box = Mutex(Box())
    private let wake = Signal()
    private let done = Signal()
    private let handedOver: Mutex<RelayStore?>
    /// Where the copy stands, for the next hello.
    private let place: Mutex<Position?>

    init(_ store: sending RelayStore, report: @escaping @Sendable (Report) -> Void) {
        place = Mutex(store.epoch.map { Position(epoch: $0, sequence: store.head) })
        handedOver = Mutex(store)
        let thread = WorkerThread { [self] in run(report) }
        thread.start()
    }

    /// Where the copy stands; nil when there is none.
    var position: Position? { place.withLock { $0 } }

    func store(_ items: [Forwarded]) { hand(.store(items)) }
    func settle(_ results: [ForwardResult]) { hand(.settle(results)) }
    func forget(_ ordinal: Int) { hand(.forget(ordinal)) }
    /// `line` counts the connections, so that the report is known to be of the present one.
    func begin(_ welcome: Welcome, line: Int) { hand(.begin(welcome, line: line)) }
    /// Hands over a frame with records as it came.
    func keep(_ frame: [UInt8]) { hand(.records(frame)) }

    private func hand(_ work: Work) {
        box.withLock { $0.work.append(work) }
        wake.raise()
    }

    /// Finishes what was handed over, closes the store, and returns when the thread is done.
    func close() {
        box.withLock { $0.isClosed = true }
        wake.raise()
        done.wait()
    }

    private func run(_ report: @Sendable (Report) -> Void) {
        guard
            let store = handedOver.withLock({ handed in
                defer { handed = nil }
                return handed
            })
        else { return done.raise() }
        while true {
            wake.wait()
            let (work, isClosed) = box.withLock { box in
                defer { box.work = [] }
                return (box.work, box.isClosed)
            }
            for item in work { perform(item, store, report) }
            if isClosed { break }
        }
        store.close()
        done.raise()
    }

    private func note(_ store: RelayStore) {
        let position = store.epoch.map { Position(epoch: $0, sequence: store.head) }
        place.withLock { $0 = position }
    }

    private func perform(_ work: Work, _ store: RelayStore, _ report: @Sendable (Report) -> Void) {
        do throws(LogError) {
            switch work {
            case .store(let items):
                do throws(LogError) {
                    try store.store(items)
                    report(.stored)
                } catch {
                    report(.storeFailed(error))
                }
            case .settle(let results): try store.settle(results)
            case .forget(let ordinal): try store.forget(ordinal)
            case .begin(let welcome, let line):
                let resending = try store.begin(
                    welcome.epoch, resumed: welcome.resumed, keys: welcome.keys, hubURL: welcome.elsewhere)
                note(store)
                report(.began(welcome, line: line, resending: resending))
            case .records(let frame):
                let contents = try RecordsCoding.decode(frame)
                if let entries = try store.append(contents.records, after: contents.after, before: contents.before) {
                    note(store)
                    report(.kept(entries))
                } else {
                    try store.dropCopy()
                    note(store)
                    report(.mismatch)
                }
            }
        } catch {
            report(.failed(error))
        }
    }
}
