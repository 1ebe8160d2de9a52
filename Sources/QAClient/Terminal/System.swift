// Environment, clock and standard error: the few other things asked of the system.

import Glibc
import QAShared

/// What the program reads from and says to the system around it.
enum System {
    /// A variable of the environment.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Says a line to the person, outside the screen.
    static func say(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        unsafe _ = bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Asks the person at the keys for a line that is not shown; nil when nobody sits there.
    static func askSecretly(_ prompt: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        let bytes = Array(prompt.utf8)
        unsafe _ = bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
        var before = termios()
        unsafe tcgetattr(STDIN_FILENO, &before)
        var quiet = before
        quiet.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            say("")
        }
        return readLine()
    }

    /// The time here and now.
    static func clock(monotonic: Int) -> Clock {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        var seconds = now.tv_sec
        var local = unsafe tm()
        unsafe localtime_r(&seconds, &local)
        return Clock(
            time: Timestamp(milliseconds: now.tv_sec * 1000 + now.tv_nsec / 1_000_000),
            offset: unsafe local.tm_gmtoff, monotonic: monotonic)
    }
}
