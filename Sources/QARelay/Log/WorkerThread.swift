import Glibc

/// A POSIX thread that runs one function to its end.
struct WorkerThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let body: Body

    init(_ run: @escaping @Sendable () -> Void) { body = Body(run) }

    /// Starts the thread, detached.
    func start() {
        var thread = pthread_t()
        // Retained for the new thread, which takes it back as its first act.
        let handed = unsafe Unmanaged.passRetained(body).toOpaque()
        let failure = unsafe pthread_create(
            &thread, nil,
            { pointer in
                if let pointer = unsafe pointer {
                    unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            }, handed)
        precondition(failure == 0, "no thread to be had")
        pthread_detach(thread)
    }
}
