import Glibc
import QAShared
import QASocket

/// A talk in full swing: questions and votes at random moments, and how soon they are where they belong.
final class Mixed: PhoneOwner {
    /// The queue is kept at about this length, so that every new question comes into the speaker's view.
    private static let queueKept = 30

    private let stage: Stage
    private let asksPerSecond: Double
    private let votesPerSecond: Double
    private let warmup: Double
    private let seconds: Double
    private let speaker: String
    private let moderator: String
    private let texts: [String]
    private let supports: Bool
    private var console: Console?
    private var timer: LoopTimer?
    private var generator = SystemRandomNumberGenerator()

    private var nextAsk = 0
    private var lastMark = 0
    private var nextVote = 0
    private var begin = 0
    private var end = 0
    private var isMeasuring = false

    private struct Open {
        var id: QuestionID
        var asker: Int
    }
    private var open: [Open] = []
    private var asks: [RequestID: (at: Int, asker: Int)] = [:]
    private var votes: [Int: Int] = [:]
    /// Supporting votes under way by counter: the phone that gave it.
    private var supporting: [Int: Phone] = [:]
    private var refused: Set<QuestionID> = []
    private var counter = 0
    private var answers = 0
    private var expected = 0
    private var seen: Set<Int> = []

    private var toSpeaker = Histogram()
    private var askAcks = Histogram()
    private var voteAcks = Histogram()
    private var rejections: [String: Int] = [:]

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        asksPerSecond = options.double("asks") ?? 20
        votesPerSecond = options.double("votes") ?? 200
        warmup = options.double("warmup") ?? 3
        seconds = options.double("seconds") ?? 30
        speaker = options.token("speaker")
        moderator = options.token("moderator")
        texts = options.has("texts") ? options.lines("texts") : []
        supports = options.has("support")
        console = Console(stage.loop) { [unowned self] words in
            if words.first == "go" { go() } else { Console.tell("error") }
        }
        var newcomers = (0..<(options.int("phones") ?? 500)).map { Phone($0, hello: stage.phone($0), owner: self) }
        let elsewhere = options.int("screens-port")
        for hello in [Stage.screen(.speaker, speaker), Stage.screen(.moderator, moderator)] {
            newcomers.append(Phone(newcomers.count, hello: hello, port: elsewhere, owner: self))
        }
        stage.admit(newcomers) { [stage] in stage.tellAttached() }
    }

    private var phoneCount: Int { stage.phones.count - 2 }
    private var speakerPhone: Phone { stage.phones[phoneCount] }
    private var moderatorPhone: Phone { stage.phones[phoneCount + 1] }

    private func go() {
        (expected, isMeasuring, rejections) = (0, false, [:])
        (toSpeaker, askAcks, voteAcks) = (Histogram(), Histogram(), Histogram())
        let now = Clock.microseconds
        (nextAsk, nextVote) = (now, now)
        begin = now + Int(warmup * 1_000_000)
        end = begin + Int(seconds * 1_000_000)
        timer = stage.loop.timer(afterMilliseconds: 1, repeatMilliseconds: 2) { [unowned self] in step() }
    }

    private func step() {
        let now = Clock.microseconds
        if now >= begin, !isMeasuring {
            isMeasuring = true
            Console.tell("measuring")
        }
        while nextAsk <= now, nextAsk < end {
            // No two questions have the same mark.
            lastMark = max(now, lastMark + 1)
            ask(lastMark)
            nextAsk += wait(asksPerSecond)
        }
        while nextVote <= now, nextVote < end {
            vote(now)
            nextVote += wait(votesPerSecond)
        }
        if now >= end {
            timer?.cancel()
            Console.tell("measured")
            // What is under way may still arrive.
            stage.loop.timer(afterMilliseconds: 2_000) { [unowned self] in tellResult() }
        }
    }

    /// Random moments with a steady rate: exponentially distributed pauses.
    private func wait(_ rate: Double) -> Int {
        guard rate > 0 else { return 3_600_000_000 }
        return Int(-log(Double.random(in: 1e-9..<1, using: &generator)) / rate * 1_000_000)
    }

    private func ask(_ now: Int) {
        let id = CommandID(using: &generator)
        // Each phone in its turn: the hub lets one ask every 20 s.
        let asker = asks.count % phoneCount
        asks[.command(id)] = (now, asker)
        if now >= begin { expected += 1 }
        let number = asks.count
        let text =
            texts.isEmpty ? MarkedText.make(number, now) : MarkedText.make(texts[number % texts.count], now)
        stage.phones[asker].send(.command(id, .ask(text: text, name: nil, talk: nil)))
        if supports { support(id.of(), stage.phones[(asker + phoneCount / 2) % phoneCount], now) }
    }

    /// Somebody else votes for a question as it is asked.
    private func support(_ question: QuestionID, _ friend: Phone, _ now: Int) {
        counter += 1
        votes[counter] = now
        supporting[counter] = friend
        friend.send(.vote(question, on: true, counter: counter))
    }

    private func vote(_ now: Int) {
        // The oldest are about to be answered.
        let candidates = open.dropFirst(open.count / 4)
        guard let question = candidates.randomElement(using: &generator) else { return }
        let voter = Int.random(in: 0..<phoneCount, using: &generator)
        guard voter != question.asker else { return }
        counter += 1
        votes[counter] = now
        stage.phones[voter].send(.vote(question.id, on: true, counter: counter))
    }

    /// Keeps the queue short, in turns by speaker and moderator: each may act 20 times a second.
    private func answerOldest() {
        guard open.count > Self.queueKept else { return }
        answers += 1
        let actor = answers % 2 == 0 ? speakerPhone : moderatorPhone
        actor.send(.command(CommandID(using: &generator), .answer(open.removeFirst().id)))
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        let now = Clock.microseconds
        switch kind {
        case .delta where phone === speakerPhone:
            for mark in Scan.marks(message) where mark >= begin && seen.insert(mark).inserted {
                toSpeaker.add(now - mark)
            }
        case .ack, .rejection: answered(phone, Array(message), now)
        default: break
        }
    }

    private func answered(_ phone: Phone, _ bytes: [UInt8], _ now: Int) {
        guard let frame = try? ServerFrame.decode(bytes) else { return }
        switch frame {
        case .ack(.vote(_, let counter), _):
            supporting[counter] = nil
            guard let at = votes.removeValue(forKey: counter) else { return }
            if at >= begin { voteAcks.add(now - at) }
        case .ack(.command(let id), _):
            guard let asked = asks[.command(id)] else { return }
            if asked.at >= begin { askAcks.add(now - asked.at) }
            open.append(Open(id: id.of(), asker: asked.asker))
            answerOldest()
        case .rejection(let rejection, let request):
            if case .vote(let question, let counter) = request, let at = votes.removeValue(forKey: counter) {
                // The vote was there before its question.
                if let friend = supporting.removeValue(forKey: counter), rejection.code == .unknownQuestion,
                    !refused.contains(question)
                {
                    return support(question, friend, at)
                }
            }
            if case .command(let id) = request { refused.insert(id.of()) }
            rejections[rejection.code.rawValue, default: 0] += 1
        default: break
        }
    }

    private func tellResult() {
        Console.tell("result") { writer in
            writer.member("phones", stage.attached)
            writer.member("lost", stage.losses)
            writer.member("seconds", seconds)
            writer.member("asked", expected)
            writer.member("seen_by_speaker", toSpeaker.count)
            writer.member("to_speaker", toSpeaker)
            writer.member("ask_ack", askAcks)
            writer.member("vote_ack", voteAcks)
            writer.member("votes_unanswered", votes.count)
            writer.member("rejections", rejections)
        }
    }
}
