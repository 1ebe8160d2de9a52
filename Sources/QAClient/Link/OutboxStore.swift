// The outbox on disk: what a moderator decided outlives the terminal it was decided in.

import Glibc

/// One file for a hub and a token, so one for an event, readable by its owner alone.
final class OutboxStore {
    private let path: String
    /// Held locked as long as this terminal lives, so that two terminals with one token do not share a file.
    private let lock: Int32

    /// How many terminals may run with one token at once.
    private static let placesMaximum: Int32 = 16

    private init(path: String, lock: Int32) {
        self.path = path
        self.lock = lock
    }

    deinit { _ = Glibc.close(lock) }

    /// The file for this hub and token in a directory, which is made; with what earlier runs left in it.
    ///
    /// Nil when the directory cannot be written to.
    static func open(
        directory: String, hub: String, token: String
    ) -> (store: OutboxStore, saved: SavedOutbox)? {
        guard makeDirectories(directory) else { return nil }
        let name = "\(directory)/outbox-\(tag(hub, token))"
        var own: OutboxStore?
        var saved = SavedOutbox()
        for place in 0..<placesMaximum {
            let path = place == 0 ? name : "\(name)-\(place + 1)"
            if own != nil, unsafe access(path, F_OK) != 0 { continue }
            let lock = unsafe Glibc.open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard lock >= 0 else { continue }
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                _ = Glibc.close(lock)
                continue
            }
            // Free: nobody else will send what lies here.
            if let bytes = read(path) { saved.append(SavedOutbox(bytes)) }
            if let own {
                if own.save(saved) { unsafe _ = unlink(path) }
                _ = Glibc.close(lock)
            } else {
                own = OutboxStore(path: path, lock: lock)
            }
        }
        return own.map { ($0, saved) }
    }

    /// Replaces what lies on disk, whole or not at all; an empty outbox leaves no file.
    func save(_ outbox: SavedOutbox) -> Bool {
        if outbox.isEmpty { return unsafe unlink(path) == 0 || errno == ENOENT }
        let draft = path + ".new"
        let file = unsafe Glibc.open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        let bytes = outbox.bytes
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(file, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
            }
            guard count > 0 || errno == EINTR else { break }
            written += max(0, count)
        }
        let isWhole = written == bytes.count && fdatasync(file) == 0
        _ = Glibc.close(file)
        return unsafe isWhole && rename(draft, path) == 0
    }

    /// `$XDG_STATE_HOME/qarelay`, else `~/.local/state/qarelay`; nil without a home.
    static func directory(_ environment: (String) -> String?) -> String? {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/qarelay" }
        guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
        return home + "/.local/state/qarelay"
    }

    /// 64 bits of hub and token (FNV-1a): they tell files apart, and a token of 128 bits or more cannot be had from them.
    static func tag(_ hub: String, _ token: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array((hub + "\n" + token).utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func makeDirectories(_ path: String) -> Bool {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            if unsafe mkdir(made, 0o700) != 0, errno != EEXIST { return false }
        }
        return unsafe access(path, W_OK | X_OK) == 0
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { _ = Glibc.close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
        }
    }
}
