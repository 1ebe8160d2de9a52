internal import CLibev

/// The libev watchers that make an `ev_loop` a `Loop`: end of a turn, wake-up, and staying awake.
///
/// Owned by its loop, which outlives every callback: `stop()` comes before the loop's memory goes.
@safe
final class LoopHooks {
    let async = UnsafeMutablePointer<ev_async>.allocate(capacity: 1)
    private let prepare = UnsafeMutablePointer<ev_prepare>.allocate(capacity: 1)
    private let idle = UnsafeMutablePointer<ev_idle>.allocate(capacity: 1)
    private let handle: OpaquePointer

    init(loop: OpaquePointer) {
        unsafe handle = loop
        unsafe async.initialize(to: ev_async())
        unsafe prepare.initialize(to: ev_prepare())
        unsafe idle.initialize(to: ev_idle())
    }

    deinit {
        unsafe async.deallocate()
        unsafe prepare.deallocate()
        unsafe idle.deallocate()
    }

    /// `data` is the loop, unretained: it stops these watchers in its own deinit.
    func start(data: UnsafeMutableRawPointer) {
        unsafe qa_ev_async_init(
            async, { _, watcher, _ in unsafe LoopHooks.loop(unsafe watcher?.pointee.data)?.drainInboxes() }, data)
        unsafe qa_ev_prepare_init(
            prepare, { _, watcher, _ in unsafe LoopHooks.loop(unsafe watcher?.pointee.data)?.endTurn() }, data)
        unsafe qa_ev_idle_init(idle, { _, _, _ in }, data)
        unsafe ev_async_start(handle, async)
        unsafe ev_prepare_start(handle, prepare)
    }

    func setIdle(_ active: Bool) {
        if active { unsafe ev_idle_start(handle, idle) } else { unsafe ev_idle_stop(handle, idle) }
    }

    func stop() {
        unsafe ev_async_stop(handle, async)
        unsafe ev_prepare_stop(handle, prepare)
        unsafe ev_idle_stop(handle, idle)
    }

    private static func loop(_ data: UnsafeMutableRawPointer?) -> Loop? {
        guard let data = unsafe data else { return nil }
        return unsafe Unmanaged<Loop>.fromOpaque(data).takeUnretainedValue()
    }
}
