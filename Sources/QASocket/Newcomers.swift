/// Sockets of a server that are no WebSockets, or not yet, in the order in which they came.
///
/// They are known by the address of libwebsockets' connection, which is another's once it has been destroyed: `left` comes
/// before that.
struct Newcomers {
    private struct Arrival {
        var socket: UInt
        var number: UInt64
    }

    private var here: [UInt: UInt64] = [:]
    /// With those that have left since, until they are in front or too many.
    private var arrivals: [Arrival] = []
    private var first = 0
    private var lastNumber: UInt64 = 0
    private var dismissed: Set<UInt> = []

    /// How many have been told to go and are still there.
    var leaving: Int { dismissed.count }
    var count: Int { here.count }
    /// How many places in memory that takes.
    var kept: Int { arrivals.count }

    mutating func came(_ socket: UInt) {
        lastNumber += 1
        here[socket] = lastNumber
        arrivals.append(Arrival(socket: socket, number: lastNumber))
        if arrivals.count > 64 + 2 * here.count { tidy() }
    }

    /// It is gone, or has become a WebSocket.
    mutating func left(_ socket: UInt) {
        here[socket] = nil
        dismissed.remove(socket)
    }

    /// Takes out the one that has been here longest, for the caller to end; nil when there is none.
    mutating func dismissOldest() -> UInt? {
        while first < arrivals.count {
            let arrival = arrivals[first]
            first += 1
            guard here[arrival.socket] == arrival.number else { continue }
            here[arrival.socket] = nil
            dismissed.insert(arrival.socket)
            return arrival.socket
        }
        return nil
    }

    private mutating func tidy() {
        arrivals = arrivals[first...].filter { here[$0.socket] == $0.number }
        first = 0
    }
}
