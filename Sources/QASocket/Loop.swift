internal import CLibev
import Glibc
import Synchronization

/// One thread's event loop: sockets, timers, signals and an inbox for the other threads.
///
/// Confined to the thread that calls `run()`, until then to the one that made it. Everything built on a
/// loop is confined to the same thread and checks that with `preconditionOnLoop()`; only an `Inbox` may
/// be used from elsewhere.
@safe
public final class Loop {
    /// Ours, and handed to libwebsockets as a foreign loop.
    let handle: OpaquePointer
    private let hooks: LoopHooks
    private let wake: Wake
    private var owner = pthread_self()
    private var inboxes: [any InboxReader] = []
    private var watches: [ObjectIdentifier: LoopWatch] = [:]
    private var deferred: [() -> Void] = []
    private var hasEnded = false
    private(set) lazy var resolver = Resolver(loop: self)

    /// Called once a turn, after all callbacks and before the loop may sleep.
    public var turnEnd: (() -> Void)?

    /// While true the loop does not sleep but turns again at once, for work done in slices.
    public var keepsTurning = false {
        didSet {
            preconditionOnLoop()
            if keepsTurning != oldValue { hooks.setIdle(keepsTurning) }
        }
    }

    /// Fails when the process has no file descriptors left.
    public init() throws(SocketError) {
        // epoll by name: neither the environment nor libev's own taste decides how we wait.
        let made = unsafe ProcessWide.lock.withLock { _ in
            unsafe ev_loop_new(UInt32(EVBACKEND_EPOLL) | UInt32(EVFLAG_NOENV))
        }
        guard let made = unsafe made else { throw .outOfDescriptors }
        unsafe handle = made
        hooks = unsafe LoopHooks(loop: made)
        wake = unsafe Wake(loop: made, async: hooks.async)
        unsafe hooks.start(data: Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        wake.disconnect()
        hooks.stop()
        unsafe ev_loop_destroy(handle)
    }

    /// Turns until `stop()`. Claims the loop for the calling thread. Once in a loop's life.
    public func run() {
        precondition(!hasEnded, "A loop runs once.")
        owner = pthread_self()
        unsafe _ = ev_run(handle, 0)
        endTurn()
        hasEnded = true
        for inbox in inboxes { inbox.close() }
        // What is still deferred ends something, and may take a few steps; retries would go on for ever.
        for _ in 0..<8 where !deferred.isEmpty { endTurn() }
        for watch in Array(watches.values) { watch.cancel() }
        inboxes = []
        deferred = []
        turnEnd = nil
    }

    /// Leaves `run()` when this turn is over. Loop thread only.
    public func stop() {
        preconditionOnLoop()
        unsafe ev_break(handle, Int32(EVBREAK_ALL))
    }

    /// Traps when called from another thread than the loop's. Every door of a confined class opens with it.
    @inline(__always)
    public func preconditionOnLoop(_ function: StaticString = #function) {
        precondition(pthread_self() == owner, "\(function) was called off the loop's thread.")
    }

    /// Time for intervals and deadlines; has no relation to the clock on the wall.
    public var monotonicMilliseconds: Int64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Calls `fire` after that long, and every `repeatMilliseconds` from then on if it is not 0.
    ///
    /// The loop keeps an active timer alive; the caller needs the reference only to cancel it.
    @discardableResult
    public func timer(
        afterMilliseconds: Int64, repeatMilliseconds: Int64 = 0, _ fire: @escaping () -> Void
    ) -> LoopTimer {
        preconditionOnLoop()
        return LoopTimer(
            loop: self, after: Double(afterMilliseconds) / 1000,
            every: Double(repeatMilliseconds) / 1000, fire: fire)
    }

    /// Calls `ready` whenever the descriptor has something to read, or its other end has closed.
    ///
    /// The descriptor stays the caller's: cancel the watch before closing it.
    @discardableResult
    public func watchReadable(fileDescriptor: Int32, _ ready: @escaping () -> Void) -> FileWatch {
        preconditionOnLoop()
        return FileWatch(loop: self, fileDescriptor: fileDescriptor, isForWriting: false, fire: ready)
    }

    /// Calls `ready` whenever the descriptor takes more, or its other end has closed; cancel it once all is written.
    @discardableResult
    public func watchWritable(fileDescriptor: Int32, _ ready: @escaping () -> Void) -> FileWatch {
        preconditionOnLoop()
        return FileWatch(loop: self, fileDescriptor: fileDescriptor, isForWriting: true, fire: ready)
    }

    /// Calls `fire` on the loop when the process gets that signal. One loop a signal.
    @discardableResult
    public func onSignal(_ number: Int32, _ fire: @escaping () -> Void) -> SignalWatch {
        preconditionOnLoop()
        return SignalWatch(loop: self, number: number, fire: fire)
    }

    /// An inbox for other threads. The loop keeps `owner` alive until `run()` has ended.
    public func inbox<Owner: AnyObject>(owner: Owner) -> Inbox<Owner> {
        preconditionOnLoop()
        let owned = OwnedInbox(owner: owner, wake: wake)
        inboxes.append(owned)
        return owned.inbox
    }

    // MARK: - For this module

    /// Runs `work` before this turn ends, outside all callbacks of the C libraries.
    func afterCallbacks(_ work: @escaping () -> Void) {
        preconditionOnLoop()
        deferred.append(work)
    }

    func drainInboxes() {
        preconditionOnLoop()
        for inbox in inboxes { inbox.drain() }
    }

    /// Work deferred by this work, or by `turnEnd`, has the next turn, which then comes at once: whoever
    /// answers a failure by trying again must not hold up everyone else.
    func endTurn() {
        preconditionOnLoop()
        for work in exchange(&deferred, with: []) { work() }
        turnEnd?()
        if !deferred.isEmpty { wake.signal() }
    }

    func retain(_ watch: LoopWatch) { watches[ObjectIdentifier(watch)] = watch }
    func release(_ watch: LoopWatch) { watches[ObjectIdentifier(watch)] = nil }
}

/// What libev and libwebsockets keep in variables of the whole process is touched by one loop at a time.
enum ProcessWide {
    static let lock = Mutex(())
}
