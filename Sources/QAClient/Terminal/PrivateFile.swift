// Files that nobody but their owner can read, replaced whole or not at all.

import Glibc

/// One private file with a lock beside it, held as long as this object lives.
final class PrivateFile {
    let path: String
    private let lock: Int32

    /// Nil when another process holds the file, or the folder does not let us.
    init?(locking path: String) {
        let lock = unsafe open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { return nil }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            _ = close(lock)
            return nil
        }
        self.path = path
        self.lock = lock
    }

    deinit { _ = close(lock) }

    /// All that is in the file; nil when there is none.
    func read() -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
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

    /// Puts other bytes into the file, on the disk before this returns; false when that fails.
    func replace(_ bytes: [UInt8]) -> Bool {
        let draft = path + ".new"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(file, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
            }
            guard count > 0 || errno == EINTR else { break }
            written += max(0, count)
        }
        let isWhole = written == bytes.count && fdatasync(file) == 0
        _ = close(file)
        return unsafe isWhole && rename(draft, path) == 0
    }

    /// Takes the file away; true when there is none afterwards.
    func remove() -> Bool { unsafe unlink(path) == 0 || errno == ENOENT }

    /// Whether there is such a file.
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Makes a folder and those above it, for their owner alone; false when it cannot be written
    /// to.
    static func makeFolder(_ path: String) -> Bool {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            if unsafe mkdir(made, 0o700) != 0, errno != EEXIST { return false }
        }
        return unsafe access(path, W_OK | X_OK) == 0
    }
}
