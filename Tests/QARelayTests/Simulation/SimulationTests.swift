// The main test: whatever happens to lines, disk and hub, nothing acknowledged is lost, nothing is shown twice or too
// early, and at rest every screen shows its role's view. A failure names its seed.

import Glibc
import QATestKit
import Testing

@Suite struct SimulationTests {
    @Test(arguments: SimulationSeeds.all)
    func `row 46 a day of broken lines, disks and hubs ends with everybody agreed`(seed: UInt64) {
        let world = World(seed: seed)
        world.live()
        for failure in world.failures {
            Issue.record(
                "\(failure)\n  replay: SEED=\(seed) swift test --filter Simulation\n  \(world.summary)")
        }
        if SimulationSeeds.isOne { print("seed \(seed) trace \(world.trace.value) \(world.summary)") }
    }

    @Test(arguments: Breach.allCases)
    func `a part that breaks its promise does not go unnoticed`(breach: Breach) {
        for seed in Seeds.first(2) {
            let world = World(seed: seed, breach: breach)
            world.live()
            #expect(!world.failures.isEmpty, "\(breach), \(Seeds.hint(seed))")
        }
    }

    @Test(arguments: SimulationSeeds.all.prefix(2))
    func `row 46 the same seed is the same day, frame by frame`(seed: UInt64) {
        let first = World(seed: seed)
        let second = World(seed: seed)
        first.live()
        second.live()
        #expect(first.trace == second.trace)
        #expect(first.history.head == second.history.head)
    }
}

/// Which days are lived through: `SEED=n` one, `SIMULATION_SEEDS=n` so many, else a few.
enum SimulationSeeds {
    static let isOne = getenv("SEED") != nil

    static var all: [UInt64] { isOne ? Seeds.first(1) : Seeds.first(count ?? 25) + found }
    /// Days on which something was found that no sentence of its own tells.
    private static let found: [UInt64] = [142_000_443]
    /// Days with relays.
    static var relayDays: [UInt64] { Seeds.first(count ?? 40) }

    private static var count: Int? {
        guard let text = getenv("SIMULATION_SEEDS") else { return nil }
        return Int(String(cString: text))
    }
}

extension World {
    /// What the day was like.
    var summary: String {
        let facts = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let requests = clients.reduce(0) { $0 + $1.requests.count }
        return "\(history.head) entries, \(requests) requests, \(now) ms; \(facts.joined(separator: ", "))"
    }
}
