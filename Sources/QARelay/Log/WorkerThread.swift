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

/// A signal that one thread raises and another waits for.
@safe final class Signal: Sendable {
    // @unchecked because sem_t is made to be shared between threads and its address never changes.
    @unsafe private struct Semaphore: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<sem_t>
    }

    private let semaphore: Semaphore

    init() {
        let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        unsafe sem_init(pointer, 0, 0)
        unsafe semaphore = unsafe Semaphore(pointer: pointer)
    }

    deinit {
        unsafe sem_destroy(semaphore.pointer)
        unsafe semaphore.pointer.deallocate()
    }

    func raise() { unsafe sem_post(semaphore.pointer) }

    func wait() {
        while unsafe sem_wait(semaphore.pointer) != 0 {}
    }
}
