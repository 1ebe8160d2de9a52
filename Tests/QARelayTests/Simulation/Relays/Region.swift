// The simulation of a region: a hub, a relay in each of three venues, and everybody's screens, from one seed.

import QAShared
import QATestKit

@testable import QARelay

/// A promise that a part breaks, to see that the simulation notices.
enum RegionBreach: CaseIterable {
    /// A relay's disk reports what it did not write.
    case storeLies
    /// A relay's line loses a frame and goes on.
    case uplinkLoses
    /// A relay forgets what it was to send.
    case relayForgets
}

/// A whole event with its venues, in simulated time.
final class Region {
    let seed: UInt64
    let breach: RegionBreach?
    var generator: SeededGenerator
    /// Simulated milliseconds: the monotonic clock of everybody.
    private(set) var now = 0
    private var agenda = Agenda<(Region) -> Void>()

    let secrets: Secrets
    /// Fewer than there are phones: some are given twice, and one is made up.
    let codes: [VoteCode]
    /// On a third of the days votes count by codes.
    var asksForCodes: Bool { seed % 3 == 1 }
    let character: Character
    /// The hub, then the relays in the venues' order.
    private(set) var stations: [Station] = []
    var visitors: [Visitor] = []
    var wires: [Wire] = []
    let marks = Marks()
    /// Whether no more faults happen and nobody starts anything new.
    private(set) var isHealed = false

    // The hub's log
    var log: MemoryLog
    var history = History()
    var disk = DiskHabits()
    /// Counts the logs that were put in place of a lost one.
    var incarnation = 0
    var backups: [Int] = []
    /// Commands and votes that a hub's log lost with a restore.
    var lost = Lost()
    /// Commands that rooms had given, and the hub had not heard of, well before a rehearsal ended.
    var rehearsed: Set<CommandID> = []
    /// In all logs, those that were lost too.
    var rehearsalsEnded = 0
    var engine = TinyEngine()

    var trace = TraceHash()
    private(set) var failures: [String] = []
    private(set) var counts: [String: Int] = [:]

    /// What kind of day it is.
    struct Character {
        /// Simulated milliseconds until everything heals.
        var length: Int
        /// Milliseconds between what one person does and the next.
        var pause: Int
        /// Milliseconds between two misfortunes.
        var peace: Int
        /// The longest a venue is cut off.
        var partition: Int

        init(using generator: inout SeededGenerator) {
            let isLong = generator.percent(15)
            length = isLong ? 120_000 + generator.below(120_000) : 12_000 + generator.below(28_000)
            pause = isLong ? 9_000 : 2_200 + generator.below(1_500)
            peace = isLong ? 2_000 : 300 + generator.below(900)
            partition = isLong ? 150_000 : 16_000
        }
    }

    init(seed: UInt64, breach: RegionBreach? = nil) {
        self.seed = seed
        self.breach = breach
        generator = SeededGenerator(seed: seed ^ 0x0E1A)
        log = MemoryLog(epoch: Epoch(using: &generator))
        secrets = SimulatedSecrets.make(seed: generator.next())
        var printer = SeededGenerator(seed: seed)
        codes = (0..<6).map { _ in VoteCode(using: &printer) }
        character = Character(using: &generator)
        stations = [Station(nil, self)] + Sample.venues.map { Station($0, self) }
        prepareEvent()
        for station in stations { station.start() }
        addPeople()
        nature()
    }

    var hubStation: Station { stations[0] }
    var relays: ArraySlice<Station> { stations.dropFirst() }

    func moment(_ station: Station) -> Now {
        Now(
            wall: Timestamp(milliseconds: Sample.morning.milliseconds + now + station.wallOffset), monotonic: now)
    }

    func after(_ delay: Int, _ what: @escaping (Region) -> Void) { agenda.add(what, at: now + delay) }

    func at(_ time: Int, _ what: @escaping (Region) -> Void) { agenda.add(what, at: max(time, now)) }

    func fail(_ what: String) { failures.append("at \(now) ms: \(what)") }

    func count(_ what: String) { counts[what, default: 0] += 1 }

    // MARK: Time

    /// Lets everything happen up to a time.
    func advance(to end: Int) {
        while let time = agenda.nextTime, time <= end, failures.count < 3 {
            now = time
            agenda.take()?(self)
            if agenda.nextTime != now { for station in stations where station.isTouched { endTurn(station) } }
        }
        now = max(now, end)
    }

    /// Something was done to a station's hub: what it may show now is noted, and its turn ends with this moment.
    func touched(_ station: Station) {
        station.isTouched = true
        note(station)
    }

    /// A station's loop has dealt with all that came in this millisecond.
    private func endTurn(_ station: Station) {
        station.isTouched = false
        guard let hub = station.hub else { return }
        let moment = moment(station)
        hub.turnEnded(moment)
        if hub.wakeAt <= now { hub.timePassed(moment) }
        if hub.isOffering { hub.offerSlice(moment) }
        note(station)
        perform(station)
        let wake = hub.isOffering ? now + 1 : max(hub.wakeAt, now + 1)
        guard wake != station.armedAt else { return }
        if wake == now + 1, !hub.isOffering { station.hurry(now) }
        station.armedAt = wake
        let run = station.run
        at(wake) { _ in
            guard station.run == run else { return }
            station.armedAt = Int.max
            station.isTouched = true
        }
    }

    /// Carries out what a station's hub wants done.
    func perform(_ station: Station) {
        guard let hub = station.hub else { return }
        while !hub.effects.isEmpty {
            let effects = hub.effects
            hub.effects = []
            for effect in effects {
                switch effect {
                case .append(let entries, let expected): submit(entries, expecting: expected)
                case .store(let items):
                    for item in items { station.given[item.ordinal] = now }
                    station.hand(.store(items))
                case .settle(let results): station.hand(.settle(results))
                case .keepRefused(let part, let rejection): station.hand(.keepRefused(part, rejection))
                case .keepLine(let memory): station.hand(.keepLine(memory))
                case .reopen(let ordinals):
                    count("refused, and taken up again")
                    station.hand(.reopen(ordinals))
                case .forget(let ordinal):
                    station.lettingGo.insert(ordinal)
                    station.hand(.forget(ordinal))
                case .forward: station.uplink?.pump()
                case .read(let after): read(after, station)
                case .advise(let requests): ask(requests, station)
                case .wants(let session): wantWritable(session)
                case .close(let session, let code):
                    if let wire = session.transport as? Wire { close(wire, code) }
                }
            }
        }
    }

    // MARK: The course of a day

    /// Lives through a random while, heals, and comes to rest; then everything must be as it should.
    func live() {
        advance(to: character.length)
        heal()
        let deadline = now + 180_000
        // Ticks, lines and presence still come, and what they bring about; then nothing moves any more.
        for _ in 0..<2 {
            while !unrest.isEmpty, now < deadline, failures.isEmpty { advance(to: now + 250) }
            advance(to: now + 3_500)
        }
        if failures.isEmpty, !unrest.isEmpty { fail("no rest within bounds: \(unrest)") }
        if failures.isEmpty { checkAtRest() }
    }

    private func heal() {
        isHealed = true
        trace.add("heal")
        for station in stations { station.apartUntil = now }
        for wire in wires { healed(wire) }
        for station in stations {
            station.hub?.spaceIsBack()
            if station.hub?.health == .failed { station.crash(station.run) }
        }
    }

    private var unrest: String {
        for station in stations {
            guard let hub = station.hub else { return "\(station) is down" }
            if !hub.isIdle { return "\(station) is not idle" }
            guard let relay = hub.relaying else { continue }
            if station.uplink?.course.isGreeted != true { return "\(station) has no line" }
            if !relay.outbox.isEmpty { return "\(station) waits with \(relay.outbox.count) commands" }
            if relay.restartsAt != nil || !relay.arrived.isEmpty { return "\(station) waits for the log" }
            if station.disk.copy.head != log.head {
                return "\(station) stands at \(station.disk.copy.head) of \(log.head)"
            }
            if station.isBusy { return "\(station)'s disk is busy" }
        }
        for visitor in visitors {
            if !visitor.client.isOnline { return "\(visitor) is offline" }
            if !visitor.client.outbox.isEmpty {
                return "\(visitor) waits for \(visitor.client.outbox.items.count) answers"
            }
        }
        if let wire = wires.first(where: { $0.isOpenAtStation && $0.down.count + $0.up.count > 0 }) {
            return "\(wire.caller) has frames under way"
        }
        return ""
    }
}
