import Glibc

/// Reads small files whole: what an organiser writes, before anything runs on a loop.
enum TextFile {
    /// Why a file is not a text, in words that follow its name.
    struct Unreadable: Error, Equatable {
        /// 0 when no line is to blame.
        var line = 0
        var what: String
        var instead: String
    }

    /// The text of a file of at most so many bytes, without a byte order mark.
    static func read(_ path: String, maximumBytes: Int) throws(Unreadable) -> String {
        let bytes = try bytes(of: path, maximumBytes: maximumBytes)
        if let text = String(validating: bytes, as: UTF8.self) {
            return text.unicodeScalars.first == "\u{FEFF}"
                ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let wrong = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw Unreadable(
            line: wrong + 1, what: "The text is not UTF-8.",
            instead: "Save the file with the encoding UTF-8.")
    }

    private static func bytes(of path: String, maximumBytes: Int) throws(Unreadable) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { _ = close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(errno)
            }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= maximumBytes else {
                throw Unreadable(
                    what: "The file has more than \(maximumBytes) bytes.",
                    instead: "Check that it is the right one.")
            }
        }
    }

    private static func failure(_ error: Int32) -> Unreadable {
        let instead =
            switch error {
            case ENOENT, ENOTDIR: "Check its name and the folder you are in."
            case EACCES, EPERM: "Let the user who starts the program read it."
            case EISDIR: "Name a file in that folder."
            default: "Check the disk."
            }
        // The text is copied at once; only then may another call overwrite it.
        let reason = unsafe String(cString: strerror(error))
        return Unreadable(what: "The file cannot be read: \(reason).", instead: instead)
    }
}
