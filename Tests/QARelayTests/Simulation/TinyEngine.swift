import QAShared

@testable import QARelay

/// An engine for tests: it calls alike what shares words, and answers at once.
struct TinyEngine {
    private var notes: [Int: QuestionNote] = [:]

    /// Takes a request; what it answers, if anything.
    mutating func take(_ request: AdviceRequest) -> Advice? {
        switch request {
        case .rebuild(let all):
            notes = [:]
            for note in all { notes[note.number] = note }
            return nil
        case .note(let note):
            notes[note.number] = note
            return nil
        case .flag(let id, let number, let text): return .flags(id, text: text, flags(number, text))
        case .suggest(let ticket, let text, let talk): return .suggestions(ticket: ticket, alike(text, talk))
        }
    }

    private func flags(_ number: Int, _ text: String) -> [DuplicateFlag] {
        let words = Self.words(text)
        let earlier = notes.values.filter { note in
            note.number < number && !note.isGone && note.talk == notes[number]?.talk
        }
        let close = earlier.map { (note: $0, shared: Self.shared(words, Self.words($0.text))) }
            .filter { $0.shared >= 4 }
            .sorted { ($1.shared, $0.note.number) < ($0.shared, $1.note.number) }
        return close.prefix(Limits.flagsMaximum).map { item in
            let others = Self.words(item.note.text)
            return DuplicateFlag(
                other: item.note.id, level: item.shared > 4 ? .strong : .probable, reasons: [.sameWords],
                mine: words.indices.filter { !others.contains(words[$0]) },
                theirs: others.indices.filter { !words.contains(others[$0]) })
        }
    }

    private func alike(_ text: String, _ talk: TalkID) -> [Int] {
        let words = Self.words(text)
        let open = notes.values.filter { $0.talk == talk && !$0.isGone && Self.shared(words, Self.words($0.text)) > 1 }
        return open.map(\.number).sorted().suffix(Limits.suggestionsAsked)
    }

    private static func words(_ text: String) -> [Substring] { text.split(separator: " ") }

    private static func shared(_ one: [Substring], _ other: [Substring]) -> Int {
        Set(one).intersection(other).count
    }
}
