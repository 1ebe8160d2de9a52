import QAShared
import QATestKit
import Testing

@testable import QARelay

@Suite struct RatesTests {
    private var limits = EventLimits(askBurst: 3, askEverySeconds: 20)

    private func at(_ time: Int) -> Now { Now(wall: Sample.morning, monotonic: time) }

    @Test func `a burst passes, then one for each stretch of time`() {
        var rates = Rates()
        for _ in 0..<3 { #expect(rates.take(.ask, numbered(1), limits, at(50)) == nil) }
        #expect(rates.take(.ask, numbered(1), limits, at(50)) == 20_000)
        #expect(rates.take(.ask, numbered(1), limits, at(10_050)) == 10_000)
        #expect(rates.take(.ask, numbered(1), limits, at(20_050)) == nil)
        #expect(rates.take(.ask, numbered(1), limits, at(20_050)) != nil)
        // However long it is quiet, no more than the burst.
        for _ in 0..<3 { #expect(rates.take(.ask, numbered(1), limits, at(9_000_000)) == nil) }
        #expect(rates.take(.ask, numbered(1), limits, at(9_000_000)) != nil)
    }

    @Test(arguments: Seeds.first(5))
    func `who waits as long as it was told is let through`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var rates = Rates()
        var time = 0
        for _ in 0..<400 {
            let kind = generator.pick([Command.Kind.ask, .vote, .approve])
            time += generator.below(30)
            guard let wait = rates.take(kind, numbered(1), limits, at(time)) else { continue }
            #expect(wait > 0)
            time += wait
            #expect(rates.take(kind, numbered(1), limits, at(time)) == nil, "\(kind), \(Seeds.hint(seed))")
        }
    }

    @Test func `each participant and each kind of command has its own`() {
        var rates = Rates()
        while rates.take(.ask, numbered(1), limits, at(0)) == nil {}
        #expect(rates.take(.ask, numbered(2), limits, at(0)) == nil)
        #expect(rates.take(.vote, numbered(1), limits, at(0)) == nil)
        #expect(rates.take(.approve, numbered(1), limits, at(0)) == nil)
        var votes = 1
        while rates.take(.vote, numbered(1), limits, at(0)) == nil { votes += 1 }
        #expect(votes == Limits.voteBurst)
        var actions = 1
        while rates.take(.dismiss, numbered(1), limits, at(0)) == nil { actions += 1 }
        #expect(actions == Limits.actionBurst)
    }

    @Test func `a clock that goes back gives nothing and breaks nothing`() {
        var rates = Rates()
        while rates.take(.ask, numbered(1), limits, at(100_000)) == nil {}
        #expect(rates.take(.ask, numbered(1), limits, at(1_000)) == 20_000)
    }

    @Test func `sweeping forgets only those who have their burst again`() {
        var rates = Rates()
        while rates.take(.ask, numbered(1), limits, at(0)) == nil {}
        rates.sweep(at(1_000))
        #expect(rates.take(.ask, numbered(1), limits, at(1_000)) != nil)
        rates.sweep(at(700_000))
        #expect(rates.take(.ask, numbered(1), limits, at(700_000)) == nil)
    }

    @Test func `sweeping gives nobody more than waiting does`() {
        var slow = EventLimits(askBurst: 100, askEverySeconds: 3_600)
        slow.textMinimum = 1
        var rates = Rates()
        while rates.take(.ask, numbered(1), slow, at(0)) == nil {}
        rates.sweep(at(700_000))
        #expect(rates.take(.ask, numbered(1), slow, at(700_000)) != nil)
    }

    @Test func `switched off, all pass`() {
        var rates = Rates()
        rates.areOn = false
        for _ in 0..<1_000 { #expect(rates.take(.ask, numbered(1), limits, at(0)) == nil) }
    }
}
