import Logging
import QAShared
import QASocket

/// Sees to it that a server purges its event in time, and says so a week before.
///
/// Nothing is purged at a start: a machine whose clock has lost its battery, or has not been set yet, starts in any year.
/// The server must have run for a day by the clock that nobody sets, during which `/health` and the log say what is to come.
final class RetentionWatch {
    /// How often it looks, and for how long it must have run, in seconds.
    static let everyDay = 86_400

    private let server: Server
    private let log: Logger
    private let startedAt = Clock.now.monotonic
    /// In milliseconds.
    private let patience: Int
    private var timers: [LoopTimer] = []
    /// Whether the data is to be removed once the server has stopped.
    private(set) var isDue = false

    /// `patience` is for how many seconds the server must have run.
    init(_ server: Server, _ log: Logger, patience: Int) {
        self.server = server
        self.log = log
        self.patience = patience * 1_000
    }

    /// Looks now and every so often; `stop` is called when the time has come.
    func start(every seconds: Int, _ stop: @escaping () -> Void) {
        look(stop)
        let period = Int64(seconds) * 1_000
        timers = [(period, period), (Int64(patience), 0)].map { after, again in
            server.loop.timer(afterMilliseconds: after, repeatMilliseconds: again) { [unowned self] in look(stop) }
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
        let wait = startedAt + patience - now.monotonic
        // A timer may be some milliseconds early by this clock.
        guard wait <= 100 else {
            return log.warning(
                "event_purge_announced", metadata: facts.merging(["in": "\(wait / 1_000) s"]) { $1 })
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
}
