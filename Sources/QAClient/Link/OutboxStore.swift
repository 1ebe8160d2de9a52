// The outbox on disk: what a moderator decided outlives the terminal it was decided in.

/// One file for a hub and a token, so one for an event, readable by its owner alone.
final class OutboxStore {
    /// Locked as long as this terminal lives, so that two terminals with one token do not share it.
    private let file: PrivateFile

    /// How many terminals may run with one token at once.
    private static let placesMaximum = 16

    private init(_ file: PrivateFile) { self.file = file }

    /// The file for this hub and token in a directory, which is made; with what earlier runs left
    /// in it.
    ///
    /// Nil when the directory cannot be written to.
    static func open(
        directory: String, hub: String, token: String
    ) -> (store: OutboxStore, saved: SavedOutbox)? {
        guard PrivateFile.makeFolder(directory) else { return nil }
        let name = "\(directory)/outbox-\(tag(hub, token))"
        var own: OutboxStore?
        var saved = SavedOutbox()
        for place in 0..<placesMaximum {
            let path = place == 0 ? name : "\(name)-\(place + 1)"
            if own != nil, !PrivateFile.exists(path) { continue }
            guard let file = PrivateFile(locking: path) else { continue }
            // Free: nobody else will send what lies here.
            if let bytes = file.read() { saved.append(SavedOutbox(bytes)) }
            if let own {
                if own.save(saved) { _ = file.remove() }
            } else {
                own = OutboxStore(file)
            }
        }
        return own.map { ($0, saved) }
    }

    /// Replaces what lies on disk, whole or not at all; an empty outbox leaves no file.
    func save(_ outbox: SavedOutbox) -> Bool {
        outbox.isEmpty ? file.remove() : file.replace(outbox.bytes)
    }

    /// `$XDG_STATE_HOME/qarelay`, else `~/.local/state/qarelay`; nil without a home.
    static func directory(_ environment: (String) -> String?) -> String? {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/qarelay"
        }
        guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/.local/state/qarelay"
    }

    /// 64 bits of hub and token (FNV-1a): they tell files apart, and no token of 128 bits can be
    /// had from them.
    static func tag(_ hub: String, _ token: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array((hub + "\n" + token).utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
