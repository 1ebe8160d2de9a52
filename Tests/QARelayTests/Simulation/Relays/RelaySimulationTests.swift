// The main test of relays: whatever happens to lines, disks and servers, what a room was promised is in the hub's log
// or among what the hub refused, and at rest every room sees what the hub decided. A failure names its seed.

import QATestKit
import Testing

@Suite struct RelaySimulationTests {
    @Test(arguments: SimulationSeeds.relayDays)
    func `row 46 a day of three venues with relays ends with everybody agreed`(seed: UInt64) {
        let region = Region(seed: seed)
        region.live()
        for failure in region.failures {
            Issue.record(
                "\(failure)\n  replay: SEED=\(seed) swift test --filter RelaySimulation\n  \(region.summary)")
        }
        if SimulationSeeds.isOne { print("seed \(seed) trace \(region.trace.value) \(region.summary)") }
    }

    @Test(.enabled(if: !SimulationSeeds.isOne), arguments: RegionBreach.allCases)
    func `a part of a relay that breaks its promise does not go unnoticed`(breach: RegionBreach) {
        let isNoticed = Seeds.first(12).contains { seed in
            let region = Region(seed: seed, breach: breach)
            region.live()
            return !region.failures.isEmpty
        }
        #expect(isNoticed, "\(breach)")
    }

    @Test(arguments: SimulationSeeds.relayDays.prefix(2))
    func `row 46 the same seed is the same day in the region, frame by frame`(seed: UInt64) {
        let first = Region(seed: seed)
        let second = Region(seed: seed)
        first.live()
        second.live()
        #expect(first.trace == second.trace)
        #expect(first.history.head == second.history.head)
    }
}

extension Region {
    /// What the day was like.
    var summary: String {
        let facts = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let requests = visitors.reduce(0) { $0 + $1.client.requests.count }
        return "\(history.head) entries, \(requests) requests, \(now) ms; \(facts.joined(separator: ", "))"
    }
}
