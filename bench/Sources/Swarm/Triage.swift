import QAShared
import QASocket

/// A moderator's commands that the audience never hears of, at a steady rate: edits of pending questions.
final class Triage: PhoneOwner {
    private static let questions = 50
    /// Commands under way at a time: who sends more without waiting is cut off when the disk stalls.
    private static let window = 100

    private let stage: Stage
    private let rate: Double
    private let seconds: Double
    private let moderator: String
    private var console: Console?
    private var timer: LoopTimer?
    private var generator = SystemRandomNumberGenerator()
    private var targets: [QuestionID] = []
    private var sentAt: [Int] = []
    private var sent = 0
    private var start = 0
    private var latency = Histogram()
    private var rejections: [String: Int] = [:]

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        rate = options.double("rate") ?? 500
        seconds = options.double("seconds") ?? 10
        moderator = options.token("moderator")
        console = Console(stage.loop) { [unowned self] words in
            if words.first == "go" { go() } else { Console.tell("error") }
        }
        let newcomers = [
            Phone(0, hello: stage.phone(0), owner: self),
            Phone(1, hello: Stage.screen(.moderator, moderator), owner: self),
        ]
        stage.admit(newcomers) { [unowned self] in
            for number in 1...Self.questions {
                newcomers[0].send(
                    .command(
                        CommandID(using: &generator), .ask(text: MarkedText.make(number, 0), name: nil, talk: nil)))
            }
        }
    }

    private func go() {
        start = Clock.microseconds
        timer = stage.loop.timer(afterMilliseconds: 1, repeatMilliseconds: 1) { [unowned self] in step() }
    }

    private func step() {
        let now = Clock.microseconds
        let passed = Double(now - start) / 1_000_000
        if passed >= seconds {
            timer?.cancel()
            stage.loop.timer(afterMilliseconds: 200) { [unowned self] in tellResult() }
            return
        }
        while Double(sent) < passed * rate, sentAt.count < Self.window {
            sent += 1
            sentAt.append(now)
            stage.phones[1].send(
                .command(
                    CommandID(using: &generator),
                    .edit(targets[sent % targets.count], text: MarkedText.make(sent, 0))))
        }
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        switch kind {
        case .ack, .rejection: break
        default: return
        }
        guard let frame = try? ServerFrame.decode(Array(message)) else { return }
        if phone.index == 0 {
            guard case .ack(.command(let id), _) = frame else {
                Swarm.leave("Swarm: a question was refused; --no-rate-limits is needed")
            }
            targets.append(id.of())
            if targets.count == Self.questions { stage.tellAttached() }
            return
        }
        if !sentAt.isEmpty { latency.add(Clock.microseconds - sentAt.removeFirst()) }
        if case .rejection(let rejection, _) = frame { rejections[rejection.code.rawValue, default: 0] += 1 }
    }

    private func tellResult() {
        Console.tell("result") { writer in
            writer.member("sent", sent)
            writer.member("answered", latency.count)
            writer.member("seconds", seconds)
            writer.member("latency", latency)
            writer.member("rejections", rejections)
            writer.member("lost", stage.losses)
        }
    }
}
