// The simulation: a hub, its log, and everybody's screens in one thread, from one seed.

import QAShared
import QATestKit

@testable import QARelay

/// A promise that a part breaks, to see that the simulation notices.
enum Breach: CaseIterable {
    /// The disk reports what it did not write.
    case diskLies
    /// A connection loses one frame and goes on.
    case lineLoses
    /// A client does not send again what has no answer.
    case clientForgets
}

/// A whole event with its network, disk and people, in simulated time.
final class World {
    let seed: UInt64
    let breach: Breach?
    var generator: SeededGenerator
    /// Simulated milliseconds: the monotonic clock of everybody.
    private(set) var now = 0
    var wallOffset = 0
    private var agenda = Agenda<(World) -> Void>()

    let log: MemoryLog
    let secrets: Secrets
    var disk = DiskHabits()
    var hub: Hub?
    /// Counts the hub's lives, so that what belongs to an earlier one is known as such.
    var run = 0
    /// Whether the hub was called in this moment, so that its turn has to end.
    var isTouched = false
    var armedAt = Int.max
    /// What judges questions, on a thread of its own, and until when it is busy.
    var engine = TinyEngine()
    var engineAt = 0

    var history = History()
    var clients: [Client] = []
    var lines: [Line] = []
    let marks = Marks()
    /// No more faults, nobody starts anything new.
    private(set) var isHealed = false

    var trace = TraceHash()
    private(set) var failures: [String] = []
    private(set) var counts: [String: Int] = [:]

    init(seed: UInt64, breach: Breach? = nil) {
        self.seed = seed
        self.breach = breach
        generator = SeededGenerator(seed: seed)
        log = MemoryLog(epoch: Epoch(using: &generator))
        secrets = SimulatedSecrets.make(seed: generator.next())
        prepareEvent()
        start()
        addPeople()
        nature()
    }

    var moment: Now {
        Now(
            wall: Timestamp(milliseconds: Sample.morning.milliseconds + now + wallOffset),
            monotonic: now)
    }

    func after(_ delay: Int, _ what: @escaping (World) -> Void) { agenda.add(what, at: now + delay) }

    func at(_ time: Int, _ what: @escaping (World) -> Void) { agenda.add(what, at: max(time, now)) }

    func fail(_ what: String) { failures.append("at \(now) ms: \(what)") }

    func count(_ what: String) { counts[what, default: 0] += 1 }

    // MARK: Time

    /// Lets everything happen up to a time.
    func advance(to end: Int) {
        while let time = agenda.nextTime, time <= end, failures.count < 3 {
            now = time
            agenda.take()?(self)
            if agenda.nextTime != now { endTurn() }
        }
        now = max(now, end)
    }

    /// The hub's loop has dealt with all that came in this millisecond.
    private func endTurn() {
        guard isTouched, let hub else { return }
        isTouched = false
        hub.turnEnded(moment)
        if hub.wakeAt <= now { hub.timePassed(moment) }
        if hub.isOffering { hub.offerSlice(moment) }
        perform()
        let wake = hub.isOffering ? now + 1 : max(hub.wakeAt, now + 1)
        guard wake != armedAt else { return }
        armedAt = wake
        let run = run
        at(wake) { world in
            guard world.run == run else { return }
            world.armedAt = Int.max
            world.isTouched = true
        }
    }

    /// Carries out what the hub wants done.
    func perform() {
        guard let hub else { return }
        while !hub.effects.isEmpty {
            let effects = hub.effects
            hub.effects = []
            for effect in effects {
                switch effect {
                case .append(let entries, let expected): submit(entries, expecting: expected)
                case .advise(let requests): askEngine(requests)
                case .store, .forward, .settle, .forget, .reopen, .keepLine, .keepRefused, .read:
                    fail("a hub without relays has no line")
                case .wants(let session): wantWritable(session)
                case .close(let session, let code): closeFromHub(session, code)
                }
            }
        }
    }

    /// The engine takes its requests in order, in its own time; now and then an answer of its is lost.
    private func askEngine(_ requests: [AdviceRequest]) {
        let run = run
        for request in requests {
            engineAt = max(engineAt, now) + generator.below(isHealed ? 3 : 25)
            at(engineAt) { world in
                guard world.run == run, let hub = world.hub, let advice = world.engine.take(request) else { return }
                let isLost = !world.isHealed && world.generator.percent(3)
                if isLost { return world.count("advice lost") }
                hub.advised([advice], world.moment)
                world.isTouched = true
            }
        }
    }

    // MARK: The course of a day

    /// Lives through a random while, heals, and comes to rest; then everything must be as it should.
    func live() {
        advance(to: 15_000 + generator.below(25_000))
        heal()
        let deadline = now + 180_000
        while !isAtRest, now < deadline, failures.isEmpty { advance(to: now + 250) }
        if failures.isEmpty, !isAtRest { fail("no rest within bounds: \(unrest)") }
        // Ticks and presence still come.
        advance(to: now + 2_500)
        if failures.isEmpty { checkAtRest() }
    }

    private func heal() {
        isHealed = true
        trace.add("heal")
        for line in lines { healed(line) }
        if hub?.health == .failed { crash(run) }
    }

    private var isAtRest: Bool { unrest.isEmpty }

    private var unrest: String {
        guard let hub else { return "no hub" }
        if !hub.isIdle { return "the hub is not idle" }
        for client in clients {
            if !client.isOnline { return "\(client) is offline" }
            if !client.outbox.isEmpty { return "\(client) waits for \(client.outbox.items.count) answers" }
        }
        if let line = lines.first(where: { $0.isOpenAtHub && $0.down.count + $0.up.count > 0 }) {
            return "\(line.client) has frames under way"
        }
        return ""
    }

    /// What goes wrong by itself, now and again.
    private func nature() {
        after(40 + generator.below(500)) { world in
            guard !world.isHealed else { return }
            world.misfortune()
            world.nature()
        }
    }

    private func misfortune() {
        if generator.percent(8) { turnLine() }
        let open = lines.filter { $0.isOpenAtClient && $0.isOpenAtHub && $0.isSound }
        let draw = generator.below(100)
        if draw < 3 {
            crash(run)
        } else if draw < 6 {
            wallOffset += generator.below(6_000) - 3_000
        } else if let line = open.isEmpty ? nil : generator.pick(open) {
            switch draw {
            case 6..<30: cut(line)
            case 30..<45: swallow(line)
            case 45..<70: line.down.heldUntil = now + 200 + generator.below(26_000)
            case 70..<90: leaveAndReturn(line.client)
            default: line.up.heldUntil = now + 100 + generator.below(3_000)
            }
        }
    }

    /// A venue's line is cut, or is back, as the hub's own door tells.
    private func turnLine() {
        let since = generator.percent(50) ? moment.wall : nil
        let stamped = StampedCommand(
            id: CommandID(using: &generator), actor: Person.organiser, time: moment.wall,
            command: .setLine(generator.pick(Sample.venues), cutSince: since))
        hub?.submit(stamped) { _ in }
        isTouched = true
        count("a venue's line")
    }
}

/// Keys and hashes that repeat themselves.
enum SimulatedSecrets {
    static func make(seed: UInt64) -> Secrets {
        var generator = SeededGenerator(seed: seed)
        func participant(_ id: CommandID) -> ParticipantID {
            ParticipantID(high: id.high ^ 0x5555_5555, low: id.low &* 0x9E37_79B9_7F4A_7C15)
        }
        return Secrets(
            issueDevice: {
                let id = CommandID(using: &generator)
                return ("device.\(id.text)", participant(id))
            },
            participant: { credential in
                guard credential.hasPrefix("device.") else { return nil }
                return CommandID(text: String(credential.dropFirst(7))).map(participant)
            },
            newToken: { "token.\(CommandID(using: &generator).text)" }, hashToken: Credentials.hash,
            codeID: { CodeID(bytes: Digest.sha256(Array($0.text.utf8)))! })
    }
}
