import Glibc
import QAShared
import Synchronization

/// The thread that owns the log: one append a batch, results told through a function that posts to the loop.
final class LogWriter: Sendable {
    /// What a batch came to.
    enum Report: Sendable {
        case committed([Entry])
        /// The state as the log has it, where it could still be read.
        case failed(LogError, rebuilt: Rebuilt?)
    }

    struct Rebuilt: Sendable {
        var state: State
        var ledgers: Ledgers
    }

    private enum Work: Sendable {
        case append([Entry], expected: Int)
        case inspect(@Sendable ((any EventLog)?) -> Void)
    }

    private struct Box: Sendable {
        var work: [Work] = []
        var isClosed = false
    }

    private let box = Mutex(Box())
    private let wake = Signal()
    private let done = Signal()

    /// The log on its way from whoever opened it to the thread.
    private let handedOver: Mutex<(any EventLog)?>

    /// Starts the thread, which alone uses the log from now on; `reopen` runs on it after a failure.
    init(
        _ log: sending any EventLog,
        reopen: @escaping @Sendable () throws(LogError) -> any EventLog,
        report: @escaping @Sendable (Report) -> Void
    ) {
        handedOver = Mutex(log)
        let thread = WorkerThread { [self] in run(reopen, report) }
        thread.start()
    }

    /// Hands over a batch; the report comes later. At most one batch is under way by the hub's own rule.
    func append(_ entries: [Entry], expecting expected: Int) {
        hand(.append(entries, expected: expected))
    }

    /// Runs a function on the log's thread between two batches; nil when the log could not be opened again.
    func inspect(_ look: @escaping @Sendable ((any EventLog)?) -> Void) { hand(.inspect(look)) }

    private func hand(_ work: Work) {
        box.withLock { $0.work.append(work) }
        wake.raise()
    }

    /// Finishes what was handed over, closes the log, and returns when the thread is done.
    func close() {
        box.withLock { $0.isClosed = true }
        wake.raise()
        done.wait()
    }

    private func run(
        _ open: @Sendable () throws(LogError) -> any EventLog, _ report: @Sendable (Report) -> Void
    ) {
        var log = handedOver.withLock { handed in
            let log = handed
            handed = nil
            return log
        }
        while true {
            wake.wait()
            let (work, isClosed) = box.withLock { box in
                defer { box.work = [] }
                return (box.work, box.isClosed)
            }
            for item in work {
                switch item {
                case .append(let entries, let expected):
                    report(append(entries, expected, &log, open))
                case .inspect(let look): look(log)
                }
            }
            if isClosed { break }
        }
        log?.close()
        done.raise()
    }

    private func append(
        _ entries: [Entry], _ expected: Int, _ log: inout (any EventLog)?,
        _ open: @Sendable () throws(LogError) -> any EventLog
    ) -> Report {
        do throws(LogError) {
            if log == nil { log = try open() }
            try log?.keep(entries, expecting: expected)
            return .committed(entries)
        } catch {
            // After a failed write the handle is not trusted: reopen, and read what is really there.
            log?.close()
            log = nil
            let reopened = try? open()
            log = reopened
            // What the system keeps of a write that failed may be gone with the power: it was never acknowledged,
            // so it is not shown either.
            let folded = try? reopened?.fold(upTo: expected)
            return .failed(error, rebuilt: folded.map { Rebuilt(state: $0.state, ledgers: $0.ledgers) })
        }
    }
}
