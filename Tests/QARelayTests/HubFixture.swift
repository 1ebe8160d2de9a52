import QAShared
import QATestKit
import Testing

@testable import QARelay

/// The strict rule before any question, without dictionaries: the same on every machine.
func emptyTwins() -> Twins { Twins(reader: LanguageResources().reader(.none)) }

/// A hub over a memory log with time cranked by hand; what it says goes to the screens of the test.
final class TestHub {
    let log: MemoryLog
    let hub: Hub
    private(set) var time = 100_000
    /// Whether batches are written and reported at once; else they wait in `batches`.
    var commitsAtOnce = true
    private(set) var batches: [(entries: [Entry], expected: Int)] = []
    private(set) var screens: [Screen] = []
    /// What the engine was told and asked, in order.
    private(set) var requests: [AdviceRequest] = []
    /// What a relay was to do beside serving its room.
    private(set) var uplink: [Effect] = []
    private var commands = 0

    /// The keys of the event's screens, by name.
    static let keys: [(name: String, role: Role, venue: VenueID?)] = [
        ("chief", .moderator, nil), ("granville", .moderator, Sample.granville),
        ("speaker", .speaker, Sample.agneaux), ("wall", .display, nil),
        ("organiser", .organiser, nil),
    ]

    init(
        _ setup: EventSetup = Sample.setup(), twins: Twins? = nil, prepare: (inout Day) throws -> Void = { _ in }
    ) {
        var day = Day(setup)
        for key in Self.keys {
            let access = Credentials.accessToken(key.name, role: key.role, venue: key.venue, label: key.name)
            _ = try? day.send(.addToken(access), by: Person.organiser)
        }
        do { try prepare(&day) } catch { Issue.record(error) }
        log = MemoryLog(epoch: numbered(7))
        do throws(LogError) {
            try log.append(day.entries, expecting: 0)
            let folded = try log.fold()
            hub = Hub(
                epoch: log.epoch, state: folded.state, ledgers: folded.ledgers,
                secrets: SimulatedSecrets.make(seed: 5), twins: twins)
        } catch {
            fatalError("a memory log failed: \(error)")
        }
    }

    /// A hub over the log of a day that nobody planned.
    init(_ day: RandomDay) {
        log = MemoryLog(epoch: numbered(7))
        do throws(LogError) {
            try log.append(day.entries, expecting: 0)
            let folded = try log.fold()
            hub = Hub(
                epoch: log.epoch, state: folded.state, ledgers: folded.ledgers,
                secrets: SimulatedSecrets.make(seed: 5))
        } catch {
            fatalError("a memory log failed: \(error)")
        }
    }

    /// A venue's relay whose copy of the hub's log is the day; what it stores is on its disk at once, unless it is to wait.
    init(relayOf venue: VenueID, contents: RelayContents = RelayContents(), _ day: Day) {
        log = MemoryLog(epoch: numbered(8))
        var relaying = Relaying(
            venue: venue, since: Sample.morning, outbox: contents.outbox, refusals: contents.refusals,
            commandIDs: contents.commandIDs, nextOrdinal: contents.nextOrdinal)
        relaying.hubURL = contents.hubURL
        hub = Hub(
            epoch: numbered(9), state: day.state, ledgers: Ledgers(), secrets: SimulatedSecrets.make(seed: 5),
            relaying: relaying)
    }

    /// What a relay was to do since the last time this was called.
    func asides() -> [Effect] {
        defer { uplink = [] }
        return uplink
    }

    var now: Now {
        Now(wall: Timestamp(milliseconds: Sample.morning.milliseconds + time), monotonic: time)
    }

    // MARK: Screens

    func connect(hasOrigin: Bool = true, hasKeptPlace: Bool = false) -> Screen {
        let screen = Screen(
            self,
            hub.connected(UInt64(screens.count + 1), hasOrigin: hasOrigin, hasKeptPlace: hasKeptPlace, now))
        screens.append(screen)
        return screen
    }

    /// A screen that has said hello and was told its view.
    func join(
        _ role: Role, _ key: String? = nil, venue: VenueID? = nil, position: Int? = nil,
        device: String? = nil, reads: Bool = true
    ) -> Screen {
        let screen = connect(hasOrigin: role != .moderator && role != .organiser)
        screen.reads = reads
        screen.say(
            .hello(
                Hello(
                    role: role, venue: role == .audience ? venue ?? Sample.granville : nil,
                    device: device, token: key,
                    position: position.map { Position(epoch: log.epoch, sequence: $0) })))
        turn()
        return screen
    }

    // MARK: Turns

    /// The end of a loop turn, and all that comes of it at this moment.
    func turn() {
        hub.turnEnded(now)
        if hub.wakeAt <= time { hub.timePassed(now) }
        if hub.isOffering { hub.offerSlice(now) }
        perform()
        if hub.isOffering { turn() }
    }

    /// Carries out the hub's effects, in rounds, as the transport does.
    func perform() {
        while !hub.effects.isEmpty {
            let effects = hub.effects
            hub.effects = []
            for effect in effects {
                switch effect {
                case .append(let entries, let expected):
                    batches.append((entries, expected))
                    if commitsAtOnce { commit() }
                case .advise(let asked): requests += asked
                case .store:
                    uplink.append(effect)
                    if commitsAtOnce { hub.stored(now) }
                case .forward, .settle, .forget, .reopen, .read, .keepLine, .keepRefused: uplink.append(effect)
                case .wants(let session): (session.transport as? Screen)?.writable()
                case .close(let session, let code): (session.transport as? Screen)?.closed(code)
                }
            }
        }
    }

    /// Lets time pass as the loop would: the hub is called whenever it wants to be.
    func pass(_ milliseconds: Int) {
        let end = time + milliseconds
        while true {
            let wake = max(time + 1, hub.wakeAt)
            guard wake <= end else { break }
            time = wake
            turn()
        }
        time = end
        turn()
    }

    /// Writes the oldest waiting batch and reports it.
    func commit() {
        precondition(!batches.isEmpty, "no batch waits")
        let batch = batches.removeFirst()
        do throws(LogError) {
            try log.append(batch.entries, expecting: batch.expected)
            hub.committed(batch.entries, now)
        } catch {
            hub.failed(error, rebuilt: try? log.fold(), now)
        }
        perform()
    }

    /// Lets the oldest waiting batch fail.
    func refuse(_ error: LogError, readable: Bool = true) {
        precondition(!batches.isEmpty, "no batch waits")
        batches.removeFirst()
        hub.failed(error, rebuilt: readable ? try? log.fold() : nil, now)
        perform()
    }

    // MARK: The engine

    /// What the hub asked of the engine since the last time this was called.
    func asked() -> [AdviceRequest] {
        defer { requests = [] }
        return requests
    }

    /// The engine answers, and the turn ends.
    func advise(_ advice: Advice...) {
        hub.advised(advice, now)
        turn()
    }

    // MARK: The event's own door

    @discardableResult
    func submit(_ command: Command) -> Result<Int, Rejection>? {
        commands += 1
        var answer: Result<Int, Rejection>?
        hub.submit(
            StampedCommand(
                id: numbered(900_000 + commands), actor: Person.organiser, time: now.wall,
                command: command)
        ) { answer = $0 }
        turn()
        return answer
    }

    func fresh() -> CommandID {
        commands += 1
        return numbered(500_000 + commands)
    }
}

/// One connection of a test: what was said to it, and a replica that follows.
final class Screen {
    unowned let world: TestHub
    let session: Session
    /// Whether the socket takes what is written.
    var reads = true
    private(set) var shared: [SharedFrame] = []
    private(set) var frames: [ServerFrame] = []
    private(set) var closeCode: CloseCode?
    private var isWanted = false

    init(_ world: TestHub, _ session: Session) {
        self.world = world
        self.session = session
        session.transport = self
    }

    func say(_ frame: ClientFrame) { say(bytes: frame.encode()) }

    func say(_ text: String) { say(bytes: Array(text.utf8)) }

    private func say(bytes: [UInt8]) {
        world.hub.received(session, bytes, world.now)
        world.perform()
    }

    /// Sends a command and ends the turn; its id.
    @discardableResult
    func order(_ command: Command, id: CommandID? = nil) -> CommandID {
        let id = id ?? world.fresh()
        if case .vote(let question, let on, let counter) = command {
            say(.vote(question, on: on, counter: counter))
        } else {
            say(.command(id, command))
        }
        world.turn()
        return id
    }

    func writable() {
        isWanted = true
        guard reads, closeCode == nil else { return }
        isWanted = false
        while closeCode == nil {
            switch world.hub.next(for: session, world.now) {
            case .nothing: return
            case .close(let code): return closed(code)
            case .frame(let frame):
                shared.append(frame)
                do {
                    frames.append(try ServerFrame.decode(frame.bytes))
                } catch {
                    Issue.record("nobody can read \(String(decoding: frame.bytes, as: UTF8.self))")
                }
                guard world.hub.hasMore(for: session) else { return }
            }
        }
    }

    /// The socket can be written to again.
    func readsAgain() {
        reads = true
        if isWanted { writable() }
    }

    func closed(_ code: CloseCode) {
        closeCode = code
        hangUp()
    }

    func hangUp() {
        world.hub.disconnected(session)
        session.transport = nil
    }

    func forget() {
        frames = []
        shared = []
    }

    // MARK: What was said

    var welcome: Welcome? {
        for case .welcome(let welcome) in frames { return welcome }
        return nil
    }

    var deltas: [Delta] {
        frames.compactMap { frame in if case .delta(let delta) = frame { delta } else { nil } }
    }

    var mines: [Mine] {
        frames.compactMap { frame in if case .mine(let mine) = frame { mine } else { nil } }
    }

    var presences: [Presence] {
        frames.compactMap { frame in if case .presence(let presence) = frame { presence } else { nil } }
    }

    /// The maps of the day, in order.
    var days: [DayFrame] {
        frames.compactMap { frame in if case .day(let day) = frame { day } else { nil } }
    }

    var rejections: [Rejection] {
        frames.compactMap { frame in if case .rejection(let rejection, _) = frame { rejection } else { nil } }
    }

    /// The answers to one command, in order: the sequence, or the refusal.
    func answers(to id: CommandID) -> [Result<Int, Rejection>] {
        frames.compactMap { frame in
            switch frame {
            case .ack(.command(id), let sequence): .success(sequence)
            case .rejection(let rejection, .command(id)): .failure(rejection)
            default: nil
            }
        }
    }

    /// Answers to what was being typed, in order.
    var suggestions: [(request: Int, cards: [Card])] {
        frames.compactMap { frame in
            if case .suggestions(let request, let cards) = frame { (request, cards) } else { nil }
        }
    }

    /// The view that all deltas so far come to.
    var view: RoleView {
        var view = RoleView()
        for delta in deltas { view.apply(delta) }
        return view
    }
}
