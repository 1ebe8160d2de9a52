import Glibc

/// What this process uses of the machine, as Linux says.
struct ProcessUsage {
    /// Open descriptors and their limit.
    let openFiles: Int
    let maximumFiles: Int
    let residentBytes: Int
    /// User and system time of all threads.
    let processorSeconds: Double

    init() {
        // The listing opens one itself.
        openFiles = max(0, FileSystem.listAll("/proc/self/fd").count - 1)
        var limit = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        maximumFiles = Int(clamping: limit.rlim_cur)
        let pages = FileSystem.readText("/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        residentBytes = (pages ?? 0) * sysconf(Int32(_SC_PAGESIZE))
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        processorSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000
        }
    }
}
