import QAShared
import QASocket

/// Phones that only read, and count what they read.
final class Crowd: PhoneOwner {
    private let stage: Stage
    private let isBare: Bool
    private var console: Console?
    private var frames = 0
    private var bytes = 0
    private var deltas = 0
    private var deltaBytes = 0
    /// From the sending of a question to its arrival at each phone.
    private var ages = Histogram()
    private var marksByDelta: [DeltaKey: [Int]] = [:]
    private var markedSince = 0

    init(_ stage: Stage, _ options: Options) {
        self.stage = stage
        isBare = options.has("bare")
        console = Console(stage.loop) { [unowned self] words in
            switch words.first {
            case "mark": mark()
            case "more": admit(words.count > 1 ? Int(words[1]) ?? 0 : 0)
            default: Console.tell("error")
            }
        }
        admit(options.int("phones") ?? 100)
    }

    private func admit(_ count: Int) {
        let first = stage.phones.count
        let newcomers = (first..<first + count).map { Phone($0, hello: isBare ? nil : stage.phone($0), owner: self) }
        stage.admit(newcomers) { [stage] in stage.tellAttached() }
    }

    func received(_ phone: Phone, _ kind: FrameKind, _ message: UnsafeRawBufferPointer) {
        frames += 1
        bytes += message.count
        guard case .delta = kind else { return }
        deltas += 1
        deltaBytes += message.count
        guard let key = DeltaKey(message), key.from > 0 else { return }
        let marks: [Int]
        if let known = marksByDelta[key] {
            marks = known
        } else {
            marks = Scan.marks(message)
            if marksByDelta.count > 500 { marksByDelta = [:] }
            marksByDelta[key] = marks
        }
        guard !marks.isEmpty else { return }
        let now = Clock.microseconds
        for mark in marks where mark >= markedSince { ages.add(now - mark) }
    }

    private func mark() {
        Console.tell("mark") { writer in
            writer.member("phones", stage.attached)
            writer.member("lost", stage.losses)
            writer.member("frames", frames)
            writer.member("bytes", bytes)
            writer.member("deltas", deltas)
            writer.member("delta_bytes", deltaBytes)
            writer.member("age", ages)
        }
        (frames, bytes, deltas, deltaBytes) = (0, 0, 0, 0)
        ages = Histogram()
        markedSince = Clock.microseconds
    }
}
