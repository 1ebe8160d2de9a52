internal import CLibev
import Synchronization

/// The way into a loop from other threads: work posted here runs on the loop, in order, with the owner.
///
/// The owner itself never leaves the loop; closures are handed it when they run.
public final class Inbox<Owner: AnyObject>: Sendable {
    private struct State {
        var work: [@Sendable (Owner) -> Void] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake: Wake

    init(wake: Wake) {
        self.wake = wake
    }

    /// Runs `work` on the loop soon. Any thread. False once the loop has ended: the work will not run.
    @discardableResult
    public func post(_ work: @escaping @Sendable (Owner) -> Void) -> Bool {
        let (accepted, wasEmpty) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.work.append(work)
            return (true, state.work.count == 1)
        }
        // One wake-up serves everything that gathers until the loop comes round.
        if wasEmpty { wake.signal() }
        return accepted
    }

    /// Takes what has gathered. Work runs outside the lock, so that it may post again.
    func take(closing: Bool = false) -> [@Sendable (Owner) -> Void] {
        state.withLock { state in
            if closing { state.isClosed = true }
            guard !state.work.isEmpty else { return [] }
            return exchange(&state.work, with: [])
        }
    }
}

/// The loop's side of an inbox: keeps the owner alive and runs what was posted to it.
protocol InboxReader: AnyObject {
    func drain()
    func close()
}

final class OwnedInbox<Owner: AnyObject>: InboxReader {
    private let owner: Owner
    let inbox: Inbox<Owner>

    init(owner: Owner, wake: Wake) {
        self.owner = owner
        inbox = Inbox(wake: wake)
    }

    func drain() {
        for work in inbox.take() { work(owner) }
    }

    func close() {
        for work in inbox.take(closing: true) { work(owner) }
    }
}

/// Wakes a loop from any thread, for as long as that loop exists.
final class Wake: Sendable {
    // @unchecked because `ev_async_send`, the one thing done with these pointers, is libev's call for
    // other threads, and the lock below keeps both alive during it.
    @safe
    private struct Target: @unchecked Sendable {
        let loop: OpaquePointer
        let async: UnsafeMutablePointer<ev_async>
    }

    // The lock keeps the loop from being destroyed in the middle of a signal.
    private let target: Mutex<Target?>

    init(loop: OpaquePointer, async: UnsafeMutablePointer<ev_async>) {
        target = unsafe Mutex(Target(loop: loop, async: async))
    }

    func signal() {
        target.withLock { target in
            guard let target else { return }
            unsafe ev_async_send(target.loop, target.async)
        }
    }

    func disconnect() {
        target.withLock { $0 = nil }
    }
}
