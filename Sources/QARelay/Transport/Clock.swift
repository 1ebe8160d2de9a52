import Glibc
import QAShared

/// The two clocks of the machine, read at the door and handed on as values.
enum Clock {
    static var now: Now { Now(wall: wall, monotonic: milliseconds(CLOCK_MONOTONIC)) }

    static var wall: Timestamp { Timestamp(milliseconds: milliseconds(CLOCK_REALTIME)) }

    private static func milliseconds(_ clock: clockid_t) -> Int {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
