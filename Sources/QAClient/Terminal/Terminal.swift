// Keys in, frames out, on the loop's thread.

import Glibc
import QASocket

/// The terminal of this process, taken over until `close`. Confined to its loop.
final class Terminal {
    private let loop: Loop
    private var decoder = KeyDecoder()
    private var writer: FrameWriter
    private var escapeTimer: LoopTimer?
    private var inputWatch: FileWatch?

    /// Called with every key.
    var pressed: ((Key) -> Void)?
    /// Called when the window has another size.
    var resized: ((Size) -> Void)?
    /// Called when nobody is at the other end any more.
    var hungUp: (() -> Void)?

    /// How long an escape alone may be the start of a sequence; a line over SSH needs some time.
    private static let escapeMilliseconds: Int64 = 60

    init(loop: Loop, hasColour: Bool) {
        self.loop = loop
        writer = FrameWriter(hasColour: hasColour)
    }

    /// Takes the terminal over; false when there is none.
    func open() -> Bool {
        guard TerminalMode.isAvailable, TerminalMode.enter() else { return false }
        inputWatch = loop.watchReadable(fileDescriptor: STDIN_FILENO) { [weak self] in
            self?.read()
        }
        loop.onSignal(SIGWINCH) { [weak self] in self?.resized?(TerminalMode.size) }
        loop.onSignal(SIGTSTP) { [weak self] in self?.suspend() }
        loop.onSignal(SIGCONT) { [weak self] in self?.resume() }
        return true
    }

    /// Gives the terminal back.
    func close() {
        inputWatch?.cancel()
        inputWatch = nil
        TerminalMode.leave()
    }

    /// Shows a frame: the difference to the one before, in one write.
    func show(_ frame: Frame) {
        let bytes = writer.bytes(for: frame)
        guard !bytes.isEmpty else { return }
        if !write(bytes) { hungUp?() }
    }

    /// The terminal's bell.
    func ring() {
        if !write([0x07]) { hungUp?() }
    }

    /// The next frame is drawn whole.
    func forget() { writer.forget() }

    /// Puts the program aside as any other: the shell gets its terminal back until `fg`.
    ///
    /// False, and nothing is done, when no shell is above that could bring it back.
    @discardableResult
    func suspend() -> Bool {
        guard JobControl.hasShellAbove else { return false }
        TerminalMode.leave()
        // SIGTSTP is ours, and SIGSTOP nobody's; its stop reaches the shell all the same.
        _ = kill(0, SIGSTOP)
        resume()
        return true
    }

    private func resume() {
        guard TerminalMode.enter() else { return }
        writer.forget()
        resized?(TerminalMode.size)
    }

    private func read() {
        // What made the descriptor readable may be flushed by now, and reading would wait.
        var state = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&state, 1, 0) > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count)
        }
        if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN {
            // Readable and empty: the line is gone.
            hungUp?()
            return
        }
        guard count > 0 else { return }
        escapeTimer?.cancel()
        for key in decoder.decode(buffer.prefix(count)) { pressed?(key) }
        guard decoder.isUndecided else { return }
        escapeTimer = loop.timer(afterMilliseconds: Self.escapeMilliseconds) { [weak self] in
            guard let self else { return }
            for key in self.decoder.silence() { self.pressed?(key) }
        }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(
                    STDOUT_FILENO, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
            }
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                unsafe _ = poll(&ready, 1, 1000)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
