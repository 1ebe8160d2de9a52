import Glibc

/// Whether a stopped program would ever go on.
enum JobControl {
    /// Whether somebody above, outside this program's group and in its session, may be a shell that says `fg`.
    ///
    /// Over `ssh -t HOST qaclient`, or as the first program of a window, there is none.
    static var hasShellAbove: Bool {
        let group = getpgrp()
        var parent = getppid()
        // A script that started this program stops with it.
        while parent > 0, getpgid(parent) == group { parent = parentOf(parent) }
        return parent > 0 && getsid(parent) == getsid(0)
    }

    /// 0 when it cannot be told.
    private static func parentOf(_ process: pid_t) -> pid_t {
        let file = unsafe open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { _ = close(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
        guard count > 0 else { return 0 }
        // The name, in parentheses, may hold anything; behind it are a letter and the parent.
        let behind = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: ")").last ?? ""
        let fields = behind.split(separator: " ")
        return fields.count > 1 ? pid_t(fields[1]) ?? 0 : 0
    }
}
