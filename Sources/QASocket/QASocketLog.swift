import CLibwebsockets
import Synchronization

/// Where the C library's error lines go; silent until someone listens.
///
/// They are for debugging: peers can cause them at will, so a listener should limit how many it keeps.
public enum QASocketLog {
    private static let listener = Mutex<(@Sendable (String) -> Void)?>(nil)

    /// Called with one line, on the thread of the loop it happened on.
    public static var sink: (@Sendable (String) -> Void)? {
        get { listener.withLock { $0 } }
        set { listener.withLock { $0 = newValue } }
    }

    static func emit(_ line: @autoclosure () -> String) {
        sink?(line())
    }

    /// libwebsockets logs notices to stderr until told otherwise.
    static func takeOver() {
        unsafe lws_set_log_level(Int32(LLL_ERR)) { _, line in
            guard let line = unsafe line else { return }
            QASocketLog.emit(unsafe String(cString: line).trimmedLineEnd)
        }
    }
}

extension String {
    fileprivate var trimmedLineEnd: String {
        hasSuffix("\n") ? String(dropLast()) : self
    }
}
