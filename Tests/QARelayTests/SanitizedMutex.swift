#if THREAD_SANITIZER
    import Glibc
    import Synchronization

    @_silgen_name("__tsan_acquire") private func tsanAcquire(_ address: UnsafeMutableRawPointer)
    @_silgen_name("__tsan_release") private func tsanRelease(_ address: UnsafeMutableRawPointer)

    /// `Mutex` takes its lock in a library that is not instrumented, so that the thread sanitizer sees no lock at all: under
    /// it each lock is told to it. The file stands in each module that takes locks: only a module's own extension comes
    /// before the one it imports.
    extension Mutex where Value: ~Copyable {
        borrowing func withLock<Result: ~Copyable, E: Error>(
            _ body: (inout sending Value) throws(E) -> sending Result
        ) throws(E) -> sending Result {
            let place = unsafe withUnsafePointer(to: self) { unsafe UnsafeMutableRawPointer(mutating: $0) }
            while true {
                let result = try withLockIfAvailable { (value: inout sending Value) throws(E) -> sending Result in
                    unsafe tsanAcquire(place)
                    defer { unsafe tsanRelease(place) }
                    return try body(&value)
                }
                if let result { return result }
                sched_yield()
            }
        }
    }
#endif
