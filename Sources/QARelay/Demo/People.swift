// Simulated people for demonstrations: real WebSockets, the questions of a file, a human pace.

import Glibc
import Logging
import QAShared
import QASocket

/// A crowd with phones on one loop, which asks and supports until it is told to stop. Confined to its loop.
final class People {
    struct Plan {
        var hub: HubAddress
        /// Whom to believe when the hub speaks TLS.
        var trust = TLSTrust.system
        var venues: [VenueID]
        var questions: DemoQuestions
        var phones = 60
        var seed: UInt64 = 1
        /// Milliseconds from one question to the next, over all phones.
        var pace = 2_000...6_000
        /// Lets a simulated moderator keep the event moving; nil leaves everything to real ones.
        var stewardToken: String?
        /// Leaves after so long; nil is never.
        var seconds: Int?
        /// Where everything that was acknowledged is written down.
        var acknowledged: AcknowledgedFile?
    }

    /// What the hub answered so far.
    struct Tally {
        var asked = 0
        var votes = 0
        /// Lines that stood and broke.
        var lost = 0
        var unreadable = 0
        var rejections: [String: Int] = [:]
    }

    var tally = Tally()
    private let plan: Plan
    private let loop: Loop
    private let dialer: Dialer
    private let log = Logger(label: "people")
    private var phones: [Phone] = []
    private var steward: Phone?
    private var liveSince = 0
    private var generator: DemoGenerator
    private var nextQuestion = 0
    private var isLeaving = false
    private var complaintAt: Int?

    /// One vote a phone in about so many milliseconds.
    private static let voteEvery = 20_000
    private static let statusEvery = 10_000
    /// How long the steward leaves a question on the screen.
    private static let liveFor = 45_000
    /// Questions that the steward leaves for real moderators.
    private static let pendingLeft = 5

    private init(_ plan: Plan, loop: Loop) throws(SocketError) {
        self.plan = plan
        self.loop = loop
        generator = DemoGenerator(seed: plan.seed)
        dialer = try Dialer(loop: loop)
    }

    /// Lets the people take part until a signal (INT, TERM) or the plan's end; returns what came of it.
    static func run(_ plan: Plan) throws(SocketError) -> Tally {
        let loop = try Loop()
        let people = try People(plan, loop: loop)
        let signals = [SIGINT, SIGTERM].map { number in
            loop.onSignal(number) { [unowned people] in people.leave() }
        }
        people.arrive()
        loop.run()
        withExtendedLifetime((people, signals)) {}
        return people.tally
    }

    // MARK: Coming and going

    private func arrive() {
        log.info(
            "people_started",
            metadata: ["hub": "\(plan.hub.text)", "phones": "\(plan.phones)", "seed": "\(plan.seed)"])
        for index in 0..<plan.phones {
            let phone = Phone(venue: plan.venues[index % plan.venues.count], people: self)
            phones.append(phone)
            // Nobody scans the code in the same moment.
            after(1 + index * 25) { [self] in
                if !isLeaving { phone.connect() }
            }
        }
        after(Int.random(in: plan.pace, using: &generator)) { [self] in askNext() }
        after(2_000) { [self] in voteNext() }
        if let token = plan.stewardToken {
            let steward = Phone(stewardToken: token, people: self)
            self.steward = steward
            steward.connect()
            after(1_000) { [self] in moderateNext() }
        }
        loop.timer(
            afterMilliseconds: Int64(Self.statusEvery), repeatMilliseconds: Int64(Self.statusEvery)
        ) { [self] in status("people_status") }
        if let seconds = plan.seconds { after(seconds * 1_000) { [self] in leave() } }
    }

    private func leave() {
        guard !isLeaving else { return }
        isLeaving = true
        status("people_left")
        dialer.close { [loop] in loop.stop() }
    }

    private func status(_ code: Logger.Message) {
        let rejections = tally.rejections.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
        log.info(
            code,
            metadata: [
                "connected": "\(phones.count { $0.isWelcome })", "asked": "\(tally.asked)",
                "votes": "\(tally.votes)", "lost": "\(tally.lost)",
                "unreadable": "\(tally.unreadable)",
                "rejections": "\(rejections.joined(separator: ","))",
            ])
    }

    // MARK: The crowd's behaviour

    private func askNext() {
        guard !isLeaving else { return }
        let item = plan.questions.items[nextQuestion]
        let venue = plan.venues[item.venue % plan.venues.count]
        let ready = phones.filter(\.mayAsk)
        let here = ready.filter { $0.venue == venue }
        // With few phones a venue may have none; its question is then asked from where somebody is.
        if let phone = (here.isEmpty ? ready : here).randomElement(using: &generator) {
            let name = generator.percent(40) ? Self.names.randomElement(using: &generator) : nil
            // Not seeded: a second demonstration on the same log is other people with other questions.
            var fresh = SystemRandomNumberGenerator()
            phone.ask(item.text, name: name, id: CommandID(using: &fresh))
            nextQuestion = (nextQuestion + 1) % plan.questions.items.count
        }
        after(Int.random(in: plan.pace, using: &generator)) { [self] in askNext() }
    }

    private func voteNext() {
        guard !isLeaving else { return }
        if let phone = phones.filter(\.isWelcome).randomElement(using: &generator) {
            _ = phone.vote(using: &generator)
        }
        let mean = max(20, Self.voteEvery / plan.phones)
        after(Int.random(in: mean / 2...mean * 3 / 2, using: &generator)) { [self] in voteNext() }
    }

    /// What a moderator for all venues does next, leaving enough for the real ones to do.
    private func moderateNext() {
        guard !isLeaving, let steward else { return }
        if steward.isWelcome, let command = nextAction(steward.replica.view) {
            var fresh = SystemRandomNumberGenerator()
            steward.send(command, id: CommandID(using: &fresh))
        }
        after(Int.random(in: 1_500...3_500, using: &generator)) { [self] in moderateNext() }
    }

    private func nextAction(_ view: RoleView) -> Command? {
        guard let event = view.event, event.phase == .open else { return nil }
        if !event.talks.contains(where: { $0.phase == .running }), let talk = event.talk {
            return .startTalk(talk)
        }
        if let next = view.queue.first, now - liveSince >= Self.liveFor || view.live == nil {
            liveSince = now
            return .takeLive(next, replacing: view.live)
        }
        let pending = view.cards.values.filter { $0.status == "pending" }
        guard pending.count > Self.pendingLeft,
            let oldest = pending.min(by: { $0.number < $1.number })
        else { return nil }
        return generator.percent(85) ? .approve(oldest.id) : .dismiss(oldest.id, .offTopic)
    }

    private static let names = [
        "Anne", "Benoît", "Chloé", "Denis", "Élise", "Fatima", "Guillaume", "Hélène", "Inès",
        "Julien", "Karim", "Louise", "Marc", "Nadia", "Olivier", "Pauline",
    ]

    // MARK: For the phones

    var now: Int { Int(loop.monotonicMilliseconds) }

    @discardableResult
    func after(_ milliseconds: Int, _ action: @escaping () -> Void) -> LoopTimer {
        loop.timer(afterMilliseconds: Int64(milliseconds), action)
    }

    func dial(_ phone: Phone) -> Connection {
        dialer.dial(
            host: plan.hub.host, port: plan.hub.port, path: plan.hub.path, subprotocol: "qarelay.v1",
            origin: plan.hub.origin, tls: plan.hub.isSecure ? plan.trust : nil, handler: phone)
    }

    func reconnect(_ phone: Phone, _ backoff: inout Backoff) {
        guard !isLeaving else { return }
        after(max(1, backoff.next(using: &generator))) { [self] in
            if !isLeaving { phone.connect() }
        }
    }

    /// A phone got no connection; said at most every few seconds, however many phones there are.
    func unreachable(_ reason: String) {
        guard !isLeaving, complaintAt.map({ now - $0 >= Self.statusEvery }) ?? true else { return }
        complaintAt = now
        log.warning("people_unreachable", metadata: ["hub": "\(plan.hub.text)", "reason": "\(reason)"])
    }

    /// The hub, or a relay, said that something is in.
    func noteAcknowledged(_ request: RequestID, tag: String) {
        guard let file = plan.acknowledged, !file.add(request, tag: tag) else { return }
        log.error("people_acknowledged_unwritten", metadata: ["reason": "\(FileSystem.reason)"])
        leave()
    }

    /// A line that stood is broken.
    func noteLost() {
        if !isLeaving { tally.lost += 1 }
    }

    /// The hub closed a phone's connection for good.
    func turnedAway(_ code: UInt16) {
        guard !isLeaving else { return }
        let name = CloseCode(rawValue: code)?.reason ?? "unknown"
        log.warning("people_turned_away", metadata: ["close": "\(code)", "reason": "\(name)"])
    }
}
