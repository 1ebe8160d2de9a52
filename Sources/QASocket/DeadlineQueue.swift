/// Connections that get the same time for something, and are cut when it is over.
///
/// Equal times make it a queue: who came first is due first, so one timer serves all.
final class DeadlineQueue {
    private let loop: Loop
    private let milliseconds: Int64
    private var waiting: [(connection: Connection, deadline: Int64)] = []
    private var timer: LoopTimer?

    init(loop: Loop, afterMilliseconds: Int64) {
        self.loop = loop
        milliseconds = afterMilliseconds
    }

    func add(_ connection: Connection) {
        waiting.append((connection, loop.monotonicMilliseconds + milliseconds))
        if timer == nil { arm() }
    }

    func clear() {
        waiting = []
        timer?.cancel()
        timer = nil
    }

    private func arm() {
        guard let first = waiting.first else { return }
        let wait = max(0, first.deadline - loop.monotonicMilliseconds)
        timer = loop.timer(afterMilliseconds: wait) { [unowned self] in self.expire() }
    }

    private func expire() {
        timer = nil
        let now = loop.monotonicMilliseconds
        let due = waiting.prefix { $0.deadline <= now }
        waiting.removeFirst(due.count)
        for entry in due { entry.connection.deadlineReached(self) }
        // Those that have made it are not kept until their time.
        waiting.removeAll { !$0.connection.isAwaited(by: self) }
        if timer == nil { arm() }
    }
}
