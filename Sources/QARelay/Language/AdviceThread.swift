import QAShared
import Synchronization

/// The thread that owns the engine: takes what the hub tells and asks, answers through a function that posts to the loop.
///
/// What is told is taken in in order; then whoever types is answered, then flags are found, one at a time, so that a
/// long list of them makes nobody wait.
final class AdviceThread: Sendable {
    private struct Box: Sendable {
        var requests: [AdviceRequest] = []
        var isClosed = false
    }

    private let box = Mutex(Box())
    private let wake = Signal()
    private let done = Signal()

    /// Starts the thread; it opens dictionaries of its own, since they are used by one thread alone.
    init(_ resources: LanguageResources, report: @escaping @Sendable ([Advice]) -> Void) {
        let thread = WorkerThread { [self] in run(resources, report) }
        thread.start()
    }

    /// Hands over requests; those to be answered are, in time.
    func hand(_ requests: [AdviceRequest]) {
        box.withLock { $0.requests += requests }
        wake.raise()
    }

    /// Returns when the thread is done; what was not answered is not any more.
    func close() {
        box.withLock { $0.isClosed = true }
        wake.raise()
        done.wait()
    }

    private func run(_ resources: LanguageResources, _ report: @Sendable ([Advice]) -> Void) {
        let advisor = Advisor(resources, Dictionaries().book)
        var flags: [AdviceRequest] = []
        var next = 0
        while true {
            if next == flags.count {
                flags.removeAll(keepingCapacity: true)
                next = 0
                wake.wait()
            }
            let (requests, isClosed) = box.withLock { box in
                defer { box.requests = [] }
                return (box.requests, box.isClosed)
            }
            if isClosed { break }
            var answers: [Advice] = []
            for request in requests {
                if box.withLock({ $0.isClosed }) { break }
                switch request {
                case .flag: flags.append(request)
                case .rebuild(let notes):
                    _ = advisor.advise(.rebuild([]))
                    for note in notes where !box.withLock({ $0.isClosed }) { _ = advisor.advise(.note(note)) }
                case .note, .suggest:
                    if let advice = advisor.advise(request) { answers.append(advice) }
                }
            }
            if !answers.isEmpty { report(answers) }
            answers = []
            if next < flags.count {
                if let advice = advisor.advise(flags[next]) { answers.append(advice) }
                next += 1
            }
            if !answers.isEmpty { report(answers) }
        }
        done.raise()
    }
}
