import Glibc

/// The file that holds a token in its first line.
enum TokenFile {
    enum Result: Equatable {
        case token(String)
        case openToOthers
        case empty
        case unreadable(String)
    }

    /// Reads a file that nobody but its owner can read. A password may have any letters, a token plain ones alone.
    static func read(_ path: String, isPassword: Bool = false) -> Result {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return .unreadable(unsafe String(cString: strerror(errno))) }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            return .unreadable(unsafe String(cString: strerror(errno)))
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        // A pipe, as of `<(pass show …)`, is nobody else's to read.
        if isRegular, status.st_mode & 0o077 != 0 { return .openToOthers }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe Glibc.read(file, $0.baseAddress, $0.count)
        }
        guard count >= 0 else { return .unreadable(unsafe String(cString: strerror(errno))) }
        let line = bytes.prefix(count).prefix {
            $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
        }
        let token = String(decoding: line, as: UTF8.self)
        if isPassword { return token.isEmpty ? .empty : .token(token) }
        let isToken = !token.isEmpty && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isToken ? .token(token) : .empty
    }
}
