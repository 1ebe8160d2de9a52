import QAShared
import QATestKit
import Testing

@Suite struct BackoffTests {
    @Test(arguments: Seeds.first(3))
    func `a wait is between nothing and twice as much after each failure, half a minute at most`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var backoff = Backoff()
        for failure in 1...40 {
            let ceiling = failure > 6 ? 30_000 : min(30_000, 500 << failure)
            let wait = backoff.next(using: &generator)
            #expect((0...ceiling).contains(wait), "\(Seeds.hint(seed))")
            #expect(backoff.failures == failure)
        }
    }

    @Test func `the first wait spreads over the whole second`() {
        var generator = SeededGenerator(seed: 1)
        let waits = (0..<2_000).map { _ in
            var backoff = Backoff()
            return backoff.next(using: &generator)
        }
        #expect(waits.allSatisfy { (0...1_000).contains($0) })
        #expect(waits.contains { $0 < 100 } && waits.contains { $0 > 900 })
    }

    @Test func `a welcome begins anew`() {
        var generator = SeededGenerator(seed: 2)
        var backoff = Backoff()
        for _ in 0..<10 { _ = backoff.next(using: &generator) }
        backoff.reset()
        #expect(backoff == Backoff())
        #expect(backoff.next(using: &generator) <= 1_000)
    }
}
