import QAShared
import QATestKit

@testable import QARelay

/// How the disk behaves while faults are on, in a thousand appends.
struct DiskHabits {
    var full = 30
    var failed = 6
    /// The system reports a failure, yet the batch is there when the log is read again.
    var failedButKept = 6
    /// After a failure the log cannot even be read again.
    var unreadable = 4
    static let sound = DiskHabits(full: 0, failed: 0, failedButKept: 0, unreadable: 0)
}

extension World {
    private enum Fate {
        case written
        case refused(LogError, keeps: Bool, readable: Bool)
    }

    /// A batch goes to the disk: durable after a while, reported after another; a crash may come before each.
    func submit(_ entries: [Entry], expecting expected: Int) {
        let fate = diskFate()
        let isSlow = generator.percent(6) && !isHealed
        let writing = isSlow ? 200 + generator.below(900) : 1 + generator.below(15)
        let reporting = generator.percent(50) ? 0 : 1 + generator.below(12)
        let run = run
        after(writing) { world in
            guard world.run == run, world.hub != nil else { return }
            switch fate {
            case .written:
                if world.breach != .diskLies || !world.generator.percent(10) {
                    world.write(entries, expected)
                }
                world.after(reporting) { world in world.report(entries, run) }
            case .refused(let error, let keeps, let readable):
                if keeps {
                    world.write(entries, expected)
                } else {
                    world.refuse(entries, expected, error)
                }
                world.after(reporting) { world in world.report(error, readable, run) }
            }
        }
    }

    private func diskFate() -> Fate {
        let habits = isHealed ? DiskHabits.sound : disk
        var draw = generator.below(1_000)
        func takes(_ chance: Int) -> Bool {
            draw -= chance
            return draw < 0
        }
        if takes(habits.full) { return .refused(.full, keeps: false, readable: true) }
        if takes(habits.failed) { return .refused(.failed("io"), keeps: false, readable: true) }
        if takes(habits.failedButKept) { return .refused(.failed("io"), keeps: true, readable: true) }
        if takes(habits.unreadable) {
            return .refused(.failed("io"), keeps: generator.percent(50), readable: false)
        }
        return .written
    }

    private func write(_ entries: [Entry], _ expected: Int) {
        do throws(LogError) {
            try log.append(entries, expecting: expected)
            history.append(entries)
        } catch {
            fail("the log refused a batch of the only hub: \(error)")
        }
    }

    private func refuse(_ entries: [Entry], _ expected: Int, _ error: LogError) {
        log.nextFault = error
        do throws(LogError) {
            try log.append(entries, expecting: expected)
            fail("an append that was to fail did not")
        } catch let caught {
            if caught != error { fail("\(error) became \(caught)") }
            count("append refused")
        }
    }

    private func report(_ entries: [Entry], _ run: Int) {
        guard self.run == run, let hub else { return }
        hub.committed(entries, moment)
        isTouched = true
    }

    private func report(_ error: LogError, _ readable: Bool, _ run: Int) {
        guard self.run == run, let hub else { return }
        hub.failed(error, rebuilt: readable ? try? log.fold() : nil, moment)
        isTouched = true
        trace.add("failed")
        // The operator starts anew a hub that has given up.
        if hub.health == .failed { after(500 + generator.below(4_000)) { $0.crash(run) } }
    }

    // MARK: The hub's life

    /// Everything but the log is lost.
    func crash(_ crashed: Int) {
        guard crashed == run, hub != nil else { return }
        hub = nil
        run += 1
        trace.add("crash")
        count("crash")
        for line in lines where line.isOpenAtHub { hubDied(line) }
        after(isHealed ? 50 : 50 + generator.below(3_000)) { $0.start() }
    }

    /// A hub from what is in the log.
    func start() {
        guard hub == nil else { return }
        do throws(LogError) {
            let folded = try log.fold()
            if folded.state.canonicalBytes != history.state.canonicalBytes {
                fail("the fold of the log is not the state that was written")
            }
            hub = Hub(
                epoch: log.epoch, state: folded.state, ledgers: folded.ledgers, secrets: secrets,
                twins: emptyTwins())
            engine = TinyEngine()
            engineAt = now
        } catch {
            fail("the log could not be read: \(error)")
        }
        wallOffset += generator.below(4_000) - 2_000
        armedAt = Int.max
        isTouched = true
        trace.add("start")
        after(0) { _ in }
    }
}
