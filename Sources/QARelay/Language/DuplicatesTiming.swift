import Glibc
import QAShared

/// Times the engine on one thread over many near copies of the questions given: the worst case, since all are alike.
struct DuplicatesTiming {
    private let texts: [String]
    private var generator = DemoGenerator(seed: 1)
    private static let searches = 1_000
    private static let talk = TalkID("talk")
    private static let venue = VenueID("venue")

    init(_ questions: [DuplicatesTrial.Item]) { texts = questions.map(\.text) }

    /// One line of JSON with what `count` questions cost; times in microseconds of the thread's
    /// processor time, memory in bytes.
    mutating func run(_ count: Int, _ resources: LanguageResources, _ book: WordBook) -> String {
        guard let talk = Self.talk, let venue = Self.venue, !texts.isEmpty else { return "{}" }
        let advisor = Advisor(resources, book)
        var twins = Twins(reader: resources.reader(book))
        let memory = Self.residentBytes
        var kept: [String] = []
        let start = Self.microseconds
        for number in 1...count {
            let text = mistyped(texts[(number - 1) % texts.count], times: number <= texts.count ? 0 : 2)
            kept.append(text)
            _ = advisor.advise(.note(note(number, text, talk, venue)))
        }
        let inserted = Double(Self.microseconds - start) / Double(count)
        let engineBytes = Self.residentBytes - memory
        for (index, text) in kept.enumerated() where index < 100_000 {
            twins.insert(number: index + 1, text: text, talk: talk, venue: venue)
        }
        var typing: [Int] = []
        var flagging: [Int] = []
        var proving: [Int] = []
        for _ in 0..<Self.searches {
            let source = Int.random(in: 0..<count, using: &generator)
            var text = mistyped(kept[source], times: 2)
            if generator.percent(50) { text = withoutWord(text) }
            proving.append(timed { _ = twins.same(as: text, talk: talk, venue: venue) })
            typing.append(timed { _ = advisor.advise(.suggest(ticket: 1, text: text, talk: talk)) })
            _ = advisor.advise(.note(note(count + 1, text, talk, venue)))
            flagging.append(
                timed { _ = advisor.advise(.flag(QuestionID(high: 1, low: 1), number: count + 1, text: text)) })
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("questions", count)
            writer.member("insert", Int(inserted.rounded()))
            for (name, times) in [("suggest", typing), ("flag", flagging), ("prove", proving)] {
                let sorted = times.sorted()
                writer.member("\(name)_median", sorted[sorted.count / 2])
                writer.member("\(name)_p95", sorted[sorted.count * 95 / 100])
                writer.member("\(name)_worst", sorted[sorted.count - 1])
            }
            writer.member("engine_bytes", engineBytes)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func note(_ number: Int, _ text: String, _ talk: TalkID, _ venue: VenueID) -> QuestionNote {
        QuestionNote(
            number: number, id: QuestionID(high: 1, low: UInt64(number)), talk: talk, venue: venue, text: text,
            founder: nil,
            isPublic: true, isGone: false, status: .approved)
    }

    /// The text with letters swapped, left out or doubled.
    private mutating func mistyped(_ text: String, times: Int) -> String {
        var letters = Array(text)
        for _ in 0..<times where letters.count > 4 {
            let place = Int.random(in: 1..<letters.count - 1, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: letters.swapAt(place, place + 1)
            case 1: letters.remove(at: place)
            default: letters.insert(letters[place], at: place)
            }
        }
        return String(letters)
    }

    private mutating func withoutWord(_ text: String) -> String {
        var words = text.split(separator: " ")
        if words.count > 3 { words.remove(at: Int.random(in: 0..<words.count, using: &generator)) }
        return words.joined(separator: " ")
    }

    private func timed(_ work: () -> Void) -> Int {
        let start = Self.microseconds
        work()
        return Self.microseconds - start
    }

    private static var microseconds: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }

    private static var residentBytes: Int {
        // The second number of statm: pages in memory.
        let pages = FileSystem.readText("/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * 4_096
    }
}
