import Synchronization

/// Work for one thread, in the order in which it was handed in.
final class WorkLine: Sendable {
    private struct Contents {
        var work: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private let contents = Mutex(Contents())
    private let signal = Signal()

    func add(_ work: @escaping @Sendable () -> Void) {
        let isClosed = contents.withLock { contents in
            if !contents.isClosed { contents.work.append(work) }
            return contents.isClosed
        }
        if !isClosed { signal.raise() }
    }

    /// Waits for the next; nil once it is closed.
    func next() -> (@Sendable () -> Void)? {
        while true {
            signal.wait()
            let (work, isClosed) = contents.withLock { contents in
                (contents.work.isEmpty ? nil : contents.work.removeFirst(), contents.isClosed)
            }
            if let work { return work }
            if isClosed { return nil }
        }
    }

    func close() {
        contents.withLock { $0.isClosed = true }
        signal.raise()
    }
}
