import QAShared
import Synchronization

/// The thread that owns a relay's store: what it is handed is done in order, and told through a function that posts to the loop.
final class RelayKeeper: Sendable {
    private struct Box: Sendable {
        var work: [RelayWork] = []
        var isClosed = false
    }

    private let box = Mutex(Box())
    private let wake = Signal()
    private let done = Signal()
    private let handedOver: Mutex<RelayStore?>
    /// Where the copy stands, for the next hello.
    private let place: Mutex<Position?>

    init(_ store: sending RelayStore, report: @escaping @Sendable (RelayWork.Report) -> Void) {
        place = Mutex(store.copy.position)
        handedOver = Mutex(store)
        let thread = WorkerThread { [self] in run(report) }
        thread.start()
    }

    /// Where the copy stands; nil when there is none.
    var position: Position? { place.withLock { $0 } }

    func hand(_ work: RelayWork) {
        box.withLock { $0.work.append(work) }
        wake.raise()
    }

    /// Finishes what was handed over, closes the store, and returns when the thread is done.
    func close() {
        box.withLock { $0.isClosed = true }
        wake.raise()
        done.wait()
    }

    private func run(_ report: @Sendable (RelayWork.Report) -> Void) {
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
            for item in work {
                let told = item.perform(on: store)
                let position = store.copy.position
                place.withLock { $0 = position }
                if let told { report(told) }
            }
            if isClosed { break }
        }
        store.close()
        done.raise()
    }
}
