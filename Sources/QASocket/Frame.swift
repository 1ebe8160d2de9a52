internal import CLibwebsockets

/// The bytes of one outgoing text message, encoded once for any number of connections.
///
/// Immutable, so it may be made on any thread and written by several loops. It holds the WebSocket
/// header of an unmasked frame too: a server's header depends on the length alone.
public final class Frame: Sendable {
    private let storage: [UInt8]
    private let headerCount: Int

    /// The bytes must be valid UTF-8; peers close the connection otherwise.
    public init(_ bytes: [UInt8]) {
        let header = Frame.header(payloadCount: bytes.count)
        headerCount = header.count
        storage = header + bytes
    }

    /// Payload bytes.
    public var count: Int { storage.count - headerCount }

    /// Lends the payload for the length of the call.
    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        unsafe storage.withUnsafeBytes { unsafe body(.init(rebasing: $0[headerCount...])) }
    }

    /// Lends header and payload as they go over the wire from a server.
    func withWireBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        unsafe storage.withUnsafeBytes(body)
    }

    private static func header(payloadCount count: Int) -> [UInt8] {
        let finalText: UInt8 = 0x81
        if count < 126 { return [finalText, UInt8(count)] }
        if count < 65_536 { return [finalText, 126, UInt8(count >> 8), UInt8(count & 0xff)] }
        return [finalText, 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    }
}
