// Looks into frames without parsing them: the swarm must cost little beside the hub it measures.

import QAShared

/// What a frame of the hub is, by its first letters.
enum FrameKind {
    case welcome, delta, mine, ack, rejection, suggestions, other

    init(_ message: UnsafeRawBufferPointer) {
        // {"type":"
        guard message.count > 12 else {
            self = .other
            return
        }
        switch message[9] {
        case UInt8(ascii: "w"): self = .welcome
        case UInt8(ascii: "d"): self = .delta
        case UInt8(ascii: "m"): self = .mine
        case UInt8(ascii: "a"): self = .ack
        case UInt8(ascii: "r"): self = .rejection
        case UInt8(ascii: "s"): self = .suggestions
        default: self = .other
        }
    }
}

/// Which delta a frame belongs to.
struct DeltaKey: Hashable {
    var from: Int
    var to: Int
    var part: Int

    /// Nil for a delta that is not written as the hub writes it.
    init?(_ message: UnsafeRawBufferPointer) {
        var place = #"{"type":"delta","from":"#.utf8.count
        guard let from = Scan.number(message, &place) else { return nil }
        place += #","to":"#.utf8.count
        guard let to = Scan.number(message, &place) else { return nil }
        place += #","part":"#.utf8.count
        guard let part = Scan.number(message, &place) else { return nil }
        (self.from, self.to, self.part) = (from, to, part)
    }
}

enum Scan {
    static func number(_ message: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        var value: Int?
        while place < message.count, case let digit = message[place] &- 48, digit < 10 {
            value = (value ?? 0) * 10 + Int(digit)
            place += 1
        }
        return value
    }

    /// Which request a frame of suggestions answers, and whether with none; nil when it is not written as the hub writes it.
    static func suggestions(_ message: UnsafeRawBufferPointer) -> (request: Int, isEmpty: Bool)? {
        var place = #"{"type":"suggestions","r":"#.utf8.count
        guard let request = number(message, &place) else { return nil }
        place += #","cards":["#.utf8.count
        guard place < message.count else { return nil }
        return (request, message[place] == UInt8(ascii: "]"))
    }

    /// When the questions that this delta shows for the first time were sent: their texts say it.
    static func marks(_ message: UnsafeRawBufferPointer) -> [Int] {
        var marks: [Int] = []
        var start = 0
        for place in message.indices where message[place] == UInt8(ascii: "@") {
            var next = place + 1
            if let mark = number(message, &next), isNew(message, from: start, to: place) { marks.append(mark) }
            start = next
        }
        return marks
    }

    /// Whether the card in front of the mark is that of a question in the queue; others have been there before.
    private static func isNew(_ message: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Bool {
        var place = max(start, end - 200)
        while place + approved.count <= end {
            if message[place] == approved[0],
                approved.indices.allSatisfy({ message[place + $0] == approved[$0] })
            {
                return true
            }
            place += 1
        }
        return false
    }

    private static let approved = Array(#""approved","text""#.utf8)
}

/// A question's text, which carries the moment at which it was sent.
enum MarkedText {
    static func make(_ number: Int, _ microseconds: Int) -> String {
        "Combien de temps met la question \(number), envoyée à @\(microseconds), jusqu’à l’écran de l’orateur ?"
    }

    /// A text with the moment where it has an “@”.
    static func make(_ text: String, _ microseconds: Int) -> String {
        guard let place = text.firstIndex(of: "@") else { return text }
        return text[...place] + "\(microseconds)" + text[text.index(after: place)...]
    }
}
