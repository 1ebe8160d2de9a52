// The terminal's settings: taken over at the start, given back on every way out.

import Glibc

/// Raw mode and the alternate screen of the controlling terminal.
///
/// What is needed to give them back lies in memory that a signal handler may read: nothing is
/// allocated there.
enum TerminalMode {
    /// Alternate screen, no line wrap, bracketed paste.
    private static let enterText: StaticString = "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?2004h\u{1B}[2J"
    private static let leaveText: StaticString =
        "\u{1B}[0m\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    // Written by `enter` and `leave` on the one thread there is, read by the handlers of deadly
    // signals.
    nonisolated(unsafe) private static var saved = termios()
    nonisolated(unsafe) private static var isTaken = false
    nonisolated(unsafe) private static var isPrepared = false

    /// Whether both ends of the program are a terminal.
    static var isAvailable: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Takes the terminal over; false when it does not let itself.
    static func enter() -> Bool {
        guard unsafe !isTaken else { return true }
        guard unsafe tcgetattr(STDIN_FILENO, &saved) == 0 else { return false }
        prepare()
        var raw = unsafe saved
        unsafe cfmakeraw(&raw)
        unsafe isTaken = true
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) == 0 else {
            unsafe isTaken = false
            return false
        }
        write(enterText)
        return true
    }

    /// Gives the terminal back as it was; harmless when it was not taken. Safe in a signal handler.
    static func leave() {
        guard unsafe isTaken else { return }
        unsafe isTaken = false
        write(leaveText)
        // Not flushing: what was typed ahead belongs to whoever reads next.
        unsafe _ = tcsetattr(STDIN_FILENO, TCSADRAIN, &saved)
    }

    /// Columns and rows of the terminal.
    static var size: Size {
        var window = winsize()
        let request = UInt(TIOCGWINSZ)
        guard unsafe ioctl(STDOUT_FILENO, request, &window) == 0, window.ws_col > 0,
            window.ws_row > 0
        else { return Size(columns: 80, rows: 24) }
        return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    /// Whatever ends the program gives the terminal back first: exit, or a trap of the runtime.
    private static func prepare() {
        guard unsafe !isPrepared else { return }
        unsafe isPrepared = true
        // Statics are made at first use, which must not be in a signal handler.
        _ = leaveText
        atexit { TerminalMode.leave() }
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] {
            _ = signal(number) { number in
                TerminalMode.leave()
                _ = signal(number, SIG_DFL)
                _ = raise(number)
            }
        }
    }

    private static func write(_ text: StaticString) {
        unsafe _ = Glibc.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
}
