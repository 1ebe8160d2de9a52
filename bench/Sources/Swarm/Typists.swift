import QAShared
import QASocket

/// People who type questions, and are shown those that ask the same.
final class Typists: PhoneOwner {
    /// Words after which a phone begins to ask.
    private static let words = 3

    /// One who types a text, a few letters more each time, then another text.
    private struct Typist {
        var letters: [Character] = []
        var typed = 0
        var due = 0
        /// The request under way, and when it was sent.
        var request = 0
        var sentAt: Int?
    }

    private let stage: Stage
    private let texts: [[Character]]
    private let every: Int
    private var console: Console?
    private var timer: LoopTimer?
    private var generator = SystemRandomNumberGenerator()
    private var typists: [Typist]
    private var start = 0

    private var sent = 0
    private var overtaken = 0
    private var withCards = Histogram()
    private var withoutCards = Histogram()
    private var rejections: [String: Int] = [:]

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        texts = options.lines("texts").map(Array.init)
        every = (options.int("every") ?? 400) * 1_000
        let count = options.int("phones") ?? 200
        typists = Array(repeating: Typist(), count: count)
        guard !texts.isEmpty else { Swarm.leave("Swarm: --texts has none") }
        console = Console(stage.loop) { [unowned self] words in
            switch words.first {
            case "go": go()
            case "stop": stop()
            default: Console.tell("error")
            }
        }
        stage.admit((0..<count).map { Phone($0, hello: stage.phone($0), owner: self) }) { [stage] in
            stage.tellAttached()
        }
    }

    private func go() {
        (sent, overtaken, withCards, withoutCards, rejections) = (0, 0, Histogram(), Histogram(), [:])
        start = Clock.microseconds
        for index in typists.indices {
            typists[index].sentAt = nil
            typists[index].due = start + Int.random(in: 0..<every, using: &generator)
            begin(index)
            // Some are in the middle of their text already.
            let rest = typists[index].letters.count - typists[index].typed
            typists[index].typed += Int.random(in: 0...rest, using: &generator)
        }
        timer = stage.loop.timer(afterMilliseconds: 1, repeatMilliseconds: 2) { [unowned self] in step() }
    }

    private func step() {
        let now = Clock.microseconds
        for index in typists.indices where typists[index].due <= now {
            typists[index].due += every
            type(index, now)
        }
    }

    private func begin(_ index: Int) {
        let letters = texts.randomElement(using: &generator) ?? []
        typists[index].letters = letters
        let blanks = letters.indices.filter { letters[$0] == " " }
        typists[index].typed = blanks.count < Self.words ? letters.count : blanks[Self.words - 1]
    }

    private func type(_ index: Int, _ now: Int) {
        if typists[index].typed > typists[index].letters.count { begin(index) }
        let text = String(typists[index].letters.prefix(typists[index].typed))
        typists[index].typed += Int.random(in: 2...3, using: &generator)
        if typists[index].sentAt != nil { overtaken += 1 }
        typists[index].request += 1
        typists[index].sentAt = now
        sent += 1
        stage.phones[index].send(.suggest(request: typists[index].request, text: text, talk: nil))
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        switch kind {
        case .suggestions:
            // An answer to an older request is as late as none.
            guard let answer = Scan.suggestions(message), let at = typists[phone.index].sentAt,
                answer.request == typists[phone.index].request
            else { return }
            typists[phone.index].sentAt = nil
            let time = Clock.microseconds - at
            if answer.isEmpty { withoutCards.add(time) } else { withCards.add(time) }
        case .rejection:
            guard case .rejection(let rejection, _)? = try? ServerFrame.decode(Array(message)) else { return }
            rejections[rejection.code.rawValue, default: 0] += 1
        default: break
        }
    }

    private func stop() {
        timer?.cancel()
        let seconds = Double(Clock.microseconds - start) / 1_000_000
        // What is under way may still arrive.
        stage.loop.timer(afterMilliseconds: 2_500) { [unowned self] in tellResult(seconds) }
    }

    private func tellResult(_ seconds: Double) {
        Console.tell("result") { writer in
            writer.member("phones", stage.attached)
            writer.member("lost", stage.losses)
            writer.member("seconds", seconds)
            writer.member("sent", sent)
            writer.member("overtaken", overtaken)
            writer.member("unanswered", typists.count { $0.sentAt != nil })
            writer.member("with_cards", withCards)
            writer.member("empty", withoutCards)
            writer.member("rejections", rejections)
        }
    }
}
