import Glibc
import QAShared

/// What a crowd was told is in, one line each: `command ID`, or `vote TAG QUESTION COUNTER`.
///
/// Whoever reads it afterwards beside the hub's log knows what was lost. Confined to the people's loop.
final class AcknowledgedFile {
    private let descriptor: Int32

    /// Begins the file anew; nil when it cannot be written.
    init?(path: String) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Writes an acknowledgement down; `tag` is that of the device in the log. False when the file does not take it.
    func add(_ request: RequestID, tag: String) -> Bool {
        let line = Array(Self.line(request, tag: tag).utf8)
        return unsafe write(descriptor, line, line.count) == line.count
    }

    static func line(_ request: RequestID, tag: String) -> String {
        switch request {
        case .command(let id): "command \(id.text)\n"
        case .vote(let question, let counter): "vote \(tag) \(question.text) \(counter)\n"
        }
    }
}
