import QAShared
import QASocket

/// Senders that each keep so many commands under way: how many durable answers a second there are.
final class Commands: PhoneOwner {
    private static let questions = 20

    private let stage: Stage
    private let window: Int
    private let asksPercent: Int
    private let seconds: Double
    private let wanted: Int
    private var console: Console?
    private var generator = SystemRandomNumberGenerator()

    private var targets: [QuestionID] = []
    /// By sender: its last vote's counter, and when what is under way was sent, oldest first.
    private var counters: [Int]
    private var sentAt: [[Int]]
    private var start = 0
    private var end = 0
    private var sent = 0
    private var acked = 0
    private var underWay = 0
    private var isOver = false
    private var latency = Histogram()
    private var rejections: [String: Int] = [:]

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        let senders = options.int("senders") ?? 100
        window = options.int("window") ?? 1
        asksPercent = options.int("asks-percent") ?? 0
        wanted = options.int("count") ?? Int.max
        seconds = options.double("seconds") ?? (wanted < Int.max ? 3_600 : 10)
        counters = Array(repeating: 0, count: senders)
        sentAt = Array(repeating: [], count: senders)
        console = Console(stage.loop) { [unowned self] words in
            if words.first == "go" { go() } else { Console.tell("error") }
        }
        // The last one only asks what the others vote on.
        stage.admit((0...senders).map { Phone($0, hello: stage.phone($0), owner: self) }) { [unowned self] in
            for number in 1...Self.questions {
                stage.phones[senders].send(
                    .command(
                        CommandID(using: &generator),
                        .ask(text: MarkedText.make(number, Clock.microseconds), name: nil, talk: nil)))
            }
        }
    }

    private func go() {
        start = Clock.microseconds
        end = start + Int(seconds * 1_000_000)
        for sender in counters.indices {
            for _ in 0..<window { send(sender) }
        }
        stage.loop.timer(afterMilliseconds: Int64(seconds * 1_000)) { [unowned self] in finish() }
    }

    private func send(_ sender: Int) {
        guard !isOver, sent < wanted else { return }
        sent += 1
        underWay += 1
        sentAt[sender].append(Clock.microseconds)
        if asksPercent > 0, Int.random(in: 0..<100, using: &generator) < asksPercent {
            let text = MarkedText.make(sent, Clock.microseconds)
            stage.phones[sender].send(
                .command(CommandID(using: &generator), .ask(text: text, name: nil, talk: nil)))
        } else {
            counters[sender] += 1
            let target = targets[(sender + counters[sender] / 2) % targets.count]
            stage.phones[sender].send(.vote(target, on: counters[sender] % 2 == 1, counter: counters[sender]))
        }
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        switch kind {
        case .ack, .rejection: break
        default: return
        }
        guard phone.index < counters.count else { return prepared(kind, message) }
        guard !sentAt[phone.index].isEmpty else { return }
        let now = Clock.microseconds
        underWay -= 1
        latency.add(now - sentAt[phone.index].removeFirst())
        if case .ack = kind {
            if !isOver { acked += 1 }
        } else if case .rejection(let rejection, _)? = try? ServerFrame.decode(Array(message)) {
            rejections[rejection.code.rawValue, default: 0] += 1
        }
        send(phone.index)
        if sent >= wanted, underWay == 0 { finish() }
    }

    private func prepared(_ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        guard case .ack(.command(let id), _)? = try? ServerFrame.decode(Array(message)) else {
            Swarm.leave("Swarm: a question was refused; --no-rate-limits is needed")
        }
        targets.append(id.of())
        if targets.count == Self.questions { stage.tellAttached() }
    }

    private func finish() {
        guard !isOver else { return }
        isOver = true
        let passed = Double(Clock.microseconds - start) / 1_000_000
        Console.tell("result") { writer in
            writer.member("senders", counters.count)
            writer.member("window", window)
            writer.member("asks_percent", asksPercent)
            writer.member("acked", acked)
            writer.member("seconds", passed)
            writer.member("per_second", Double(acked) / passed)
            writer.member("latency", latency)
            writer.member("rejections", rejections)
            writer.member("lost", stage.losses)
        }
    }
}
