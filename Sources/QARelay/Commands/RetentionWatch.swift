import Logging
import QAShared
import QASocket

/// Sees to it that a server purges its event in time, and says so a week before.
final class RetentionWatch {
    /// How often it looks, in seconds.
    static let everyDay = 86_400

    private let server: Server
    private let log: Logger
    private var timer: LoopTimer?
    /// Whether the data is to be removed once the server has stopped.
    private(set) var isDue = false

    init(_ server: Server, _ log: Logger) {
        self.server = server
        self.log = log
    }

    /// Looks now and every so often; `stop` is called when the time has come.
    func start(every seconds: Int, _ stop: @escaping () -> Void) {
        look(stop)
        let period = Int64(seconds) * 1_000
        timer = server.loop.timer(afterMilliseconds: period, repeatMilliseconds: period) { [unowned self] in look(stop)
        }
    }

    private func look(_ stop: () -> Void) {
        guard !isDue else { return }
        let now = Clock.now
        server.purgeAnnounced = nil
        guard let due = server.hub.state.purgeDue else { return }
        let left = due.milliseconds - now.wall.milliseconds
        guard left <= Retention.announced else { return }
        server.purgeAnnounced = due
        let facts: Logger.Metadata = ["due": "\(StructuredLog.text(of: due))"]
        guard left <= 0 else { return log.warning("event_purge_announced", metadata: facts) }
        // By the other clock, which nobody sets, somebody was at it today: then it is this clock that is wrong.
        if let at = server.peopleAt, now.monotonic - at < Retention.day {
            return log.error("event_purge_put_off", metadata: facts)
        }
        isDue = true
        log.warning("event_purge", metadata: facts)
        stop()
    }

    /// Purges a folder whose server is not running, and tells what it did.
    static func purge(_ folder: String, _ log: Logger) throws(LogError) {
        let purge = try Purge(reading: folder)
        let done = purge.run(keepsExports: false, at: Clock.wall)
        log.notice("event_purged", metadata: ["removed": "\(done.removed.count)", "left": "\(done.left.count)"])
        for name in done.left { log.error("not_purged", metadata: ["what": "\(name)"]) }
        Output.line(DataFolder.purged(folder) ?? "")
    }

    /// The same before the server starts, if the time has come while it was off; whether it did.
    static func purgeIfDue(_ state: State, _ folder: String, _ log: Logger) throws(LogError) -> Bool {
        guard let due = state.purgeDue, due <= Clock.wall else { return false }
        log.warning("event_purge", metadata: ["due": "\(StructuredLog.text(of: due))"])
        try purge(folder, log)
        return true
    }
}
