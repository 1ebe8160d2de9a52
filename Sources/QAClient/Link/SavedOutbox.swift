import QAShared

/// An outbox as it lies on disk: one frame a line, and which of them are to be undone.
struct SavedOutbox: Sendable {
    var commands: [(CommandID, Command)] = []
    var undoWishes: [CommandID] = []

    var isEmpty: Bool { commands.isEmpty }

    init() {}

    /// Reads the lines of a file; a line that cannot be read is passed over, the others count.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            if case .command(let id, let command)? = try? ClientFrame.decode(Array(line)) {
                commands.append((id, command))
            } else if let json = try? JSON.parse(Array(line)),
                case .string(let text)? = json["undo"],
                let id = CommandID(text: text)
            {
                undoWishes.append(id)
            }
        }
    }

    /// The lines of the file.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (id, command) in commands {
            bytes += ClientFrame.command(id, command).encode()
            bytes.append(UInt8(ascii: "\n"))
        }
        for id in undoWishes {
            var writer = JSONWriter()
            writer.object { $0.member("undo", id.text) }
            bytes += writer.bytes
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    mutating func append(_ other: SavedOutbox) {
        commands += other.commands
        undoWishes += other.undoWishes
    }
}
