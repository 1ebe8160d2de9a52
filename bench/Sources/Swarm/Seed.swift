import QAShared
import QASocket

/// Asks all questions of a file as fast as they are acknowledged, then tells how many wait in the queue.
final class Seed: PhoneOwner {
    private let stage: Stage
    private let texts: [String]
    private let window: Int
    private let senders: Int
    private let speaker: String
    private var console: Console?
    private var generator = SystemRandomNumberGenerator()
    private var next = 0
    private var answered = 0
    private var start = 0
    private var seconds = 0.0
    private var rejections: [String: Int] = [:]

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        texts = options.lines("texts")
        window = options.int("window") ?? 4
        senders = options.int("senders") ?? 100
        speaker = options.token("speaker")
        console = Console(stage.loop) { [unowned self] words in
            if words.first == "go" { go() } else { Console.tell("error") }
        }
        stage.admit((0..<senders).map { Phone($0, hello: stage.phone($0), owner: self) }) { [stage] in
            stage.tellAttached()
        }
    }

    private func go() {
        start = Clock.microseconds
        for sender in 0..<senders {
            for _ in 0..<window { ask(stage.phones[sender]) }
        }
    }

    private func ask(_ phone: Phone) {
        guard next < texts.count else { return }
        phone.send(.command(CommandID(using: &generator), .ask(text: texts[next], name: nil, talk: nil)))
        next += 1
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        switch kind {
        case .ack: break
        case .rejection:
            guard case .rejection(let rejection, _)? = try? ServerFrame.decode(Array(message)) else { return }
            rejections[rejection.code.rawValue, default: 0] += 1
        case .delta where phone.index == senders: return look(message)
        default: return
        }
        answered += 1
        ask(phone)
        guard answered == texts.count else { return }
        seconds = Double(Clock.microseconds - start) / 1_000_000
        // Its first delta counts them all.
        stage.admit([Phone(senders, hello: Stage.screen(.speaker, speaker), owner: self)]) {}
    }

    private func look(_ message: UnsafeRawBufferPointer) {
        guard case .delta(let delta)? = try? ServerFrame.decode(Array(message)), let counts = delta.counts else {
            return
        }
        Console.tell("result") { writer in
            writer.member("asked", texts.count)
            writer.member("shown", counts.reduce(0) { $0 + $1.shown })
            writer.member("seconds", seconds)
            writer.member("rejections", rejections)
        }
    }
}
