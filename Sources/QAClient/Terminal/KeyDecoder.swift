// Bytes of a keyboard in, keys out; sequences may arrive in pieces.

/// Reads what terminals send for keys. Bytes of an unfinished sequence wait for the rest.
struct KeyDecoder {
    private var waiting: [UInt8] = []
    /// The bytes of a paste so far; nil when there is none.
    private var pasted: [UInt8]?

    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// A paste longer than this is cut: no text here is so long.
    private static let pasteMaximum = 16_384

    /// An escape alone may be the key or the start of a sequence: after a short silence it was the
    /// key.
    var isUndecided: Bool { !waiting.isEmpty && pasted == nil }

    /// The keys that these bytes complete.
    mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
        waiting += bytes
        var keys: [Key] = []
        while !waiting.isEmpty {
            if pasted != nil {
                guard let key = takePaste() else { break }
                keys.append(key)
                continue
            }
            guard let (key, count) = first() else { break }
            waiting.removeFirst(count)
            if let key { keys.append(key) }
        }
        return keys
    }

    /// Nothing more came: what waits is a key of its own, or nothing.
    mutating func silence() -> [Key] {
        guard isUndecided else { return [] }
        let isEscape = waiting[0] == 0x1B
        let rest = Array(waiting.dropFirst())
        waiting = []
        guard isEscape else { return [] }
        // `ESC [` and no more: the escape key, and a bracket that nobody can have meant.
        return rest == [0x5B] || rest == [0x4F] || rest.isEmpty ? [.escape] : []
    }

    /// The first key and its bytes; a nil key is passed over; nil when bytes are missing.
    private mutating func first() -> (Key?, Int)? {
        switch waiting[0] {
        case 0x1B: return escape()
        case 0x0D, 0x0A: return (.enter, 1)
        case 0x09: return (.tab, 1)
        case 0x7F, 0x08: return (.backspace, 1)
        case 0x01...0x1A:
            return (.control(Character(Unicode.Scalar(waiting[0] + 0x60))), 1)
        case 0x00...0x1F: return (nil, 1)
        case 0x20..<0x80: return (.character(Character(Unicode.Scalar(waiting[0]))), 1)
        default: return character()
        }
    }

    /// One character of UTF-8.
    private func character() -> (Key?, Int)? {
        let length =
            switch waiting[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        if length == 1 { return (nil, 1) }
        let bytes = waiting.prefix(length)
        // A byte that does not go on ends what was begun.
        if let bad = bytes.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
            return (nil, bad)
        }
        guard bytes.count == length else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else {
            return (nil, length)
        }
        return (.character(character), length)
    }

    private mutating func escape() -> (Key?, Int)? {
        guard waiting.count > 1 else { return nil }
        switch waiting[1] {
        case 0x5B: return controlSequence()
        case 0x4F:
            guard waiting.count > 2 else { return nil }
            return (Self.letters[waiting[2]], 3)
        // Escape and another key pressed at once, as a slow line delivers them: two keys.
        default: return (.escape, 1)
        }
    }

    /// `ESC [`, parameters, a final byte.
    private mutating func controlSequence() -> (Key?, Int)? {
        var index = 2
        while index < waiting.count, (0x20...0x3F).contains(waiting[index]) { index += 1 }
        // No key has so many parameters.
        if index > 32 { return (nil, index) }
        guard index < waiting.count else { return nil }
        let final = waiting[index]
        let count = index + 1
        // Not the end of a sequence: it was broken off, and that byte begins something new.
        guard (0x40...0x7E).contains(final) else { return (nil, index) }
        guard final == 0x7E else { return (Self.letters[final], count) }
        let parameters = waiting[2..<index].split(separator: 0x3B)
        let number = parameters.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        if number == 200 { pasted = [] }
        return (number.flatMap { Self.numbers[$0] }, count)
    }

    private mutating func takePaste() -> Key? {
        guard var text = pasted else { return nil }
        if let end = Self.find(Self.pasteEnd, in: waiting) {
            text += waiting[..<end]
            waiting.removeFirst(end + Self.pasteEnd.count)
            pasted = nil
            return .paste(String(decoding: text.prefix(Self.pasteMaximum), as: UTF8.self))
        }
        // The end mark itself may be cut in two.
        let kept = min(waiting.count, Self.pasteEnd.count - 1)
        text += waiting.dropLast(kept)
        waiting = Array(waiting.suffix(kept))
        pasted = Array(text.prefix(Self.pasteMaximum))
        return nil
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count else { return nil }
        return (0...bytes.count - needle.count).first { start in
            bytes[start..<start + needle.count].elementsEqual(needle)
        }
    }

    private static let letters: [UInt8: Key] = [
        0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home, 0x5A: .backTab,
        0x4D: .enter,
    ]
    private static let numbers: [Int: Key] = [
        1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
}
