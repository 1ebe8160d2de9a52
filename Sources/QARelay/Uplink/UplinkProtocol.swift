import QAShared

/// A relay's half of the protocol with the hub, without socket, clock or thread: what goes out next, and what is to be
/// done with what came in.
struct UplinkProtocol {
    enum Arrival: Equatable {
        /// Work for the relay's disk.
        case keep([UInt8])
        case begin(Welcome)
        case answered([ForwardResult])
        /// Who is elsewhere.
        case presence(Presence)
        /// The hub will not have this relay, or not like this.
        case refused(Rejection)
        case nothing
    }

    /// Counts the connections.
    private(set) var line = 0
    private var isOpen = false
    /// Whether the hub's welcome on the present connection is on the relay's disk.
    private(set) var isGreeted = false
    private var queue: [[UInt8]] = []
    private var roomSaid: RoomReport?

    /// A connection is being made.
    mutating func dialled() {
        line += 1
        isGreeted = false
    }

    /// It stands: hello is the first that is said.
    mutating func opened(_ hello: Hello) {
        isOpen = true
        queue = [ClientFrame.hello(hello).encode()]
        roomSaid = nil
    }

    mutating func closed() {
        isOpen = false
        isGreeted = false
        queue = []
    }

    /// What is to be written when the socket takes more; nil when there is nothing.
    mutating func next(_ hub: Hub) -> [UInt8]? {
        if !queue.isEmpty { return queue.removeFirst() }
        return isGreeted ? hub.nextForward() : nil
    }

    func received(_ bytes: [UInt8]) -> Arrival {
        if bytes.starts(with: RecordsCoding.start) { return .keep(bytes) }
        switch try? ServerFrame.decode(bytes) {
        case .welcome(let welcome): return .begin(welcome)
        case .results(let results): return .answered(results)
        case .presence(let elsewhere): return .presence(elsewhere)
        case .rejection(let rejection, nil): return .refused(rejection)
        default: return .nothing
        }
    }

    /// The relay's disk has taken the hub's greeting in; whether the line that brought it still stands.
    mutating func began(_ welcome: Welcome, line: Int, resending: [Forwarded]?, _ hub: Hub, _ now: Now) -> Bool {
        // Another log is what counts from now on, also when the line that said so is gone.
        if let resending { hub.beginAnew(resending, upTo: welcome.head, now) }
        guard line == self.line, isOpen else { return false }
        isGreeted = true
        hub.lineOpened(welcome, now)
        return true
    }

    /// Who is in the room, when that changed; whether there is something to write.
    mutating func sayRoom(_ hub: Hub) -> Bool {
        guard isGreeted, let room = hub.room, room != roomSaid else { return false }
        roomSaid = room
        queue.append(ClientFrame.room(room).encode())
        return true
    }
}
