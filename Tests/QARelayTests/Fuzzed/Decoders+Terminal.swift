// What reaches the moderators' terminal beside frames: the bytes of a keyboard, and an outbox that lay on the disk.

import QAShared

@testable import QAClient

extension Decoder {
    static func keyboard(_ bytes: [UInt8]) {
        var decoder = KeyDecoder()
        // In two pieces, as a line may deliver them.
        let half = bytes.count / 2
        var keys = decoder.decode(bytes.prefix(half))
        keys += decoder.decode(bytes.dropFirst(half))
        keys += decoder.silence()
        precondition(!decoder.isUndecided, "after a silence nothing waits but a paste")
        precondition(keys.count <= bytes.count, "more keys than bytes")
        for key in keys {
            guard case .character(let character) = key else { continue }
            let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            precondition(!isControl, "a control passes for a letter")
        }
    }

    static func savedOutbox(_ bytes: [UInt8]) {
        let saved = SavedOutbox(bytes)
        let again = SavedOutbox(saved.bytes)
        precondition(again.bytes == saved.bytes, "an outbox is not what was saved")
        precondition(again.commands.count == saved.commands.count, "a command was lost")
        precondition(again.undoWishes == saved.undoWishes, "a wish to undo was lost")
    }
}
