// Nanoseconds of the pure core, one JSON object of all of them. usage: Micro [SECONDS-EACH]

import Glibc
import QAShared

/// Something to be timed.
struct Probe {
    var name: String
    var note: String
    /// Does it so many times.
    var run: (Int) -> Void
}

/// The result must go somewhere, or the compiler may leave the work out.
@inline(never)
func keep<Value>(_ value: Value) {}

func nanoseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec
}

/// The best of several rounds: whatever disturbs only ever adds.
func measure(_ probe: Probe, seconds: Double) -> Double {
    var count = 1
    var best = Double.infinity
    while true {
        let start = nanoseconds()
        probe.run(count)
        let passed = nanoseconds() - start
        best = Double(passed) / Double(count)
        if passed > 10_000_000 { break }
        count *= 4
    }
    let rounds = max(3, Int(seconds / (best * Double(count) / 1e9)))
    for _ in 0..<rounds {
        let start = nanoseconds()
        probe.run(count)
        best = min(best, Double(nanoseconds() - start) / Double(count))
    }
    return best
}

let day = Day()
let probes = day.probes
let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 0.5
var writer = JSONWriter()
writer.array { writer in
    for probe in probes {
        let result = measure(probe, seconds: seconds)
        writer.object { writer in
            writer.member("name", probe.name)
            writer.member("note", probe.note)
            writer.member("ns", (result * 10).rounded() / 10)
        }
    }
}
print(String(decoding: writer.bytes, as: UTF8.self))
