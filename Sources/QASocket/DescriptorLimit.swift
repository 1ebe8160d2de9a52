import Glibc

/// How many file descriptors this process may have.
enum DescriptorLimit {
    /// Descriptors kept back from connections: logs, the database, the program's own.
    static let reserve = 64
    /// libwebsockets falls back to 2,560 when the limit is above ten million, as containers like to set it.
    private static let sensible: rlim_t = 1_048_576

    static var current: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1024
        }
        return Int(min(limit.rlim_cur, sensible))
    }

    /// Raises what a login shell gives, mostly 1,024, to what this user may have.
    static func makeUsable() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, sensible)
        guard limit.rlim_cur != wanted else { return }
        limit.rlim_cur = wanted
        unsafe _ = setrlimit(resource, &limit)
    }

    /// True when fewer than `count` more can be had now. Another thread's may come and go meanwhile.
    static func isWithin(_ count: Int) -> Bool {
        var probes: [Int32] = []
        defer { for probe in probes { close(probe) } }
        while probes.count < count {
            let probe = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard probe >= 0 else { return errno == EMFILE || errno == ENFILE }
            probes.append(probe)
        }
        return false
    }
}
