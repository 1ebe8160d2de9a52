internal import CLibev

/// Something a loop waits for. The loop keeps it alive while it is active.
///
/// All members: loop thread only.
public class LoopWatch {
    // nil when not active, so that cancelling late touches nothing.
    private var loop: Loop?
    // Let go of when it is over, so that a closure may hold its own watch.
    private var fire: (() -> Void)?

    fileprivate init(loop: Loop, fire: @escaping () -> Void) {
        self.loop = loop
        self.fire = fire
    }

    /// Ends the wait; nothing is called any more. Harmless when it has ended already.
    public func cancel() {
        guard let loop else { return }
        loop.preconditionOnLoop()
        self.loop = nil
        fire = nil
        unsafe stop(loop.handle)
        loop.release(self)
    }

    /// Takes the watcher out of libev.
    fileprivate func stop(_ handle: OpaquePointer) {}

    fileprivate func start(_ begin: (OpaquePointer) -> Void) {
        guard let loop else { return }
        loop.retain(self)
        unsafe begin(loop.handle)
    }

    fileprivate func fired(isOver: Bool) {
        let fire = fire
        if isOver { cancel() }
        fire?()
    }

    /// Self as libev's `data`: unretained, because the loop retains every active watch.
    fileprivate var opaque: UnsafeMutableRawPointer {
        unsafe Unmanaged.passUnretained(self).toOpaque()
    }

    fileprivate static func from(_ data: UnsafeMutableRawPointer?) -> LoopWatch? {
        guard let data = unsafe data else { return nil }
        return unsafe Unmanaged<LoopWatch>.fromOpaque(data).takeUnretainedValue()
    }
}

/// A timer of a loop, for one call or repeated ones.
@safe
public final class LoopTimer: LoopWatch {
    private let watcher = UnsafeMutablePointer<ev_timer>.allocate(capacity: 1)

    init(loop: Loop, after: Double, every: Double, fire: @escaping () -> Void) {
        super.init(loop: loop, fire: fire)
        // libev counts from the time it last looked at the clock, which can be a long turn ago.
        let sinceTurnBegan = unsafe ev_time() - ev_now(loop.handle)
        unsafe watcher.initialize(to: ev_timer())
        unsafe qa_ev_timer_init(
            watcher,
            { _, watcher, _ in
                guard let watcher = unsafe watcher else { return }
                unsafe LoopWatch.from(unsafe watcher.pointee.data)?
                    .fired(isOver: unsafe watcher.pointee.repeat == 0)
            }, max(0, after + sinceTurnBegan), every, opaque)
        unsafe start { handle in unsafe ev_timer_start(handle, watcher) }
    }

    deinit { unsafe watcher.deallocate() }

    override fileprivate func stop(_ handle: OpaquePointer) {
        unsafe ev_timer_stop(handle, watcher)
    }
}

/// Watches a file descriptor, which stays the caller's, for something to read or for room to write.
@safe
public final class FileWatch: LoopWatch {
    private let watcher = UnsafeMutablePointer<ev_io>.allocate(capacity: 1)

    init(loop: Loop, fileDescriptor: Int32, isForWriting: Bool, fire: @escaping () -> Void) {
        super.init(loop: loop, fire: fire)
        unsafe watcher.initialize(to: ev_io())
        unsafe qa_ev_io_init(
            watcher,
            { _, watcher, _ in
                guard let watcher = unsafe watcher else { return }
                unsafe LoopWatch.from(unsafe watcher.pointee.data)?.fired(isOver: false)
            }, fileDescriptor, Int32(isForWriting ? EV_WRITE : EV_READ), opaque)
        unsafe start { handle in unsafe ev_io_start(handle, watcher) }
    }

    deinit { unsafe watcher.deallocate() }

    override fileprivate func stop(_ handle: OpaquePointer) {
        unsafe ev_io_stop(handle, watcher)
    }
}

/// Watches a signal of the process; one loop a signal.
@safe
public final class SignalWatch: LoopWatch {
    private let watcher = UnsafeMutablePointer<ev_signal>.allocate(capacity: 1)

    init(loop: Loop, number: Int32, fire: @escaping () -> Void) {
        super.init(loop: loop, fire: fire)
        unsafe watcher.initialize(to: ev_signal())
        unsafe qa_ev_signal_init(
            watcher,
            { _, watcher, _ in
                guard let watcher = unsafe watcher else { return }
                unsafe LoopWatch.from(unsafe watcher.pointee.data)?.fired(isOver: false)
            }, number, opaque)
        unsafe start { handle in unsafe ev_signal_start(handle, watcher) }
    }

    deinit { unsafe watcher.deallocate() }

    override fileprivate func stop(_ handle: OpaquePointer) {
        unsafe ev_signal_stop(handle, watcher)
    }
}
