/// One direction of a simulated connection: what is sent arrives in order, late, or not at all.
///
/// It has no clock: whoever uses it asks for arrivals at the times it names, once for each message.
public struct OneWay<Message> {
    public enum Arrival {
        case message(Message)
        /// Held up; to be asked again at that time.
        case later(Int)
        case nothing
    }

    private var underWay: [Message] = []
    private var lastArrival = 0
    /// The receiver takes nothing before this time.
    public var heldUntil = 0
    /// Swallows everything, and nobody is told.
    public var isBlackHole = false
    private var isCut = false

    public init() {}

    /// Messages that were sent and have not arrived: what fills the sender's buffer.
    public var count: Int { underWay.count }

    /// Takes a message; when to ask for its arrival.
    public mutating func send(_ message: Message, _ now: Int, latency: Int) -> Int? {
        guard !isCut else { return nil }
        underWay.append(message)
        lastArrival = max(lastArrival, now + latency)
        return lastArrival
    }

    public mutating func arrive(_ now: Int) -> Arrival {
        guard !isCut, !isBlackHole, !underWay.isEmpty else { return .nothing }
        if now < heldUntil { return .later(heldUntil) }
        return .message(underWay.removeFirst())
    }

    /// Whatever is under way is lost, and nothing more gets through.
    public mutating func cut() {
        underWay = []
        isCut = true
    }
}
