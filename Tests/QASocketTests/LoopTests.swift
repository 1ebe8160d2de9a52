import Glibc
import QASocket
import Testing

@Suite struct LoopTests {
    final class Counter {
        var count = 0
    }

    @Test func `timers fire in order, once or again and again, until cancelled`() throws {
        let loop = try Loop()
        var fired: [String] = []
        loop.timer(afterMilliseconds: 30) { fired.append("late") }
        loop.timer(afterMilliseconds: 5) { fired.append("early") }
        let cancelled = loop.timer(afterMilliseconds: 10) { fired.append("never") }
        cancelled.cancel()
        cancelled.cancel()
        var repeats = 0
        var again: LoopTimer?
        again = loop.timer(afterMilliseconds: 1, repeatMilliseconds: 2) {
            repeats += 1
            if repeats == 3 { again?.cancel() }
        }
        let start = loop.monotonicMilliseconds
        loop.timer(afterMilliseconds: 40) { loop.stop() }
        loop.run()
        #expect(fired == ["early", "late"])
        #expect(repeats == 3)
        #expect(loop.monotonicMilliseconds - start >= 39)
    }

    @Test func `a timer set late in a long turn still waits its time`() throws {
        let loop = try Loop()
        usleep(30_000)
        let start = loop.monotonicMilliseconds
        loop.timer(afterMilliseconds: 20) { loop.stop() }
        loop.run()
        #expect(loop.monotonicMilliseconds - start >= 19)
    }

    @Test func `the end of a turn comes after its callbacks and before sleep`() throws {
        let loop = try Loop()
        var happened: [String] = []
        loop.turnEnd = { happened.append("end") }
        loop.timer(afterMilliseconds: 5) {
            happened.append("timer")
            loop.timer(afterMilliseconds: 50) { loop.stop() }
        }
        loop.run()
        let timer = try #require(happened.firstIndex(of: "timer"))
        #expect(happened[timer + 1] == "end")
        #expect(happened.count < 10)
    }

    @Test func `a loop that keeps turning does not sleep`() throws {
        let loop = try Loop()
        var turns = 0
        loop.turnEnd = {
            turns += 1
            if turns == 100 { loop.keepsTurning = false }
        }
        loop.keepsTurning = true
        loop.timer(afterMilliseconds: 100) { loop.stop() }
        loop.run()
        #expect(turns >= 100 && turns < 200)
    }

    @Test func `posts of other threads arrive in order and wake the loop within milliseconds`() throws {
        let bench = try Bench()
        for _ in 0..<20 {
            let start = ContinuousClock.now
            _ = bench.ask { $0.loop.monotonicMilliseconds }
            #expect(ContinuousClock.now - start < .milliseconds(500))
        }
        for number in 0..<1000 { bench.post { $0.server.record.add("post \(number)") } }
        #expect(bench.record.wait("post", count: 1000))
        #expect(bench.record.all.filter { $0.hasPrefix("post") } == (0..<1000).map { "post \($0)" })
        #expect(bench.end())
    }

    @Test func `an inbox serves what was posted in time and refuses what comes after the end`() throws {
        let loop = try Loop()
        let counter = Counter()
        let inbox = loop.inbox(owner: counter)
        #expect(inbox.post { $0.count += 1 })
        loop.timer(afterMilliseconds: 5) {
            loop.stop()
            inbox.post { $0.count += 10 }
        }
        loop.run()
        #expect(counter.count == 11)
        #expect(!inbox.post { $0.count += 100 })
        #expect(counter.count == 11)
    }

    @Test func `the loop keeps the owner of an inbox until it has ended`() throws {
        let loop = try Loop()
        weak var watched: Counter?
        do {
            let counter = Counter()
            watched = counter
            _ = loop.inbox(owner: counter)
        }
        #expect(watched != nil)
        loop.timer(afterMilliseconds: 1) { loop.stop() }
        loop.run()
        #expect(watched == nil)
    }

    @Test func `a signal arrives on the loop`() throws {
        let loop = try Loop()
        var count = 0
        loop.onSignal(SIGUSR2) {
            count += 1
            loop.stop()
        }
        loop.timer(afterMilliseconds: 1) { kill(getpid(), SIGUSR2) }
        loop.run()
        #expect(count == 1)
    }

    @Test func `a descriptor with something to read is noticed`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let loop = try Loop()
        var text = ""
        var watch: FileWatch?
        watch = loop.watchReadable(fileDescriptor: ends[0]) {
            var buffer = [UInt8](repeating: 0, count: 10)
            let count = read(ends[0], &buffer, 10)
            text += String(decoding: buffer[..<max(0, count)], as: UTF8.self)
            watch?.cancel()
            loop.stop()
        }
        loop.timer(afterMilliseconds: 1) { write(ends[1], "abc", 3) }
        loop.run()
        #expect(text == "abc")
        close(ends[0])
        close(ends[1])
    }

    @Test func `a call from another thread traps`() async {
        await #expect(processExitsWith: .failure) {
            let loop = try Loop()
            final class Box: @unchecked Sendable {
                let loop: Loop
                init(_ loop: Loop) { self.loop = loop }
            }
            let retained = Unmanaged.passRetained(Box(loop))
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { box in
                    Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().loop.preconditionOnLoop()
                    return nil
                }, retained.toOpaque())
            pthread_join(thread, nil)
        }
    }
}
