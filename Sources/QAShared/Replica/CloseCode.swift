/// Why a connection was closed, and whether to come back.
public enum CloseCode: UInt16, CaseIterable, Sendable {
    case normal = 1000
    case goingAway = 1001
    /// What was sent is no WebSocket frame.
    case framing = 1002
    case binary = 1003
    case lineLost = 1006
    case invalidText = 1007
    case fragments = 1008
    case tooLong = 1009
    case tooSlow = 4000
    case helloLate = 4001
    case protocolBroken = 4500
    case tokenInvalid = 4501
    case tokenRevoked = 4502
    case roleRefused = 4503
    case venueUnknown = 4504
    case versionUnknown = 4505
    case deviceInvalid = 4506
    /// The same relay connected anew.
    case replaced = 4507
    /// The electronic certificate is nobody's of this event, or was taken back since.
    case certificateUnknown = 4508

    /// Whether a client that was closed with this code should connect again.
    ///
    /// Codes that the protocol does not name are of a later version from 4500 on, and come from something on the way below.
    public static func reconnects(_ code: UInt16) -> Bool {
        switch code {
        case normal.rawValue, framing.rawValue, binary.rawValue, invalidText.rawValue, fragments.rawValue,
            tooLong.rawValue:
            false
        case deviceInvalid.rawValue: true
        case 4500...: false
        default: true
        }
    }

    /// The reason text that goes with the code.
    public var reason: String {
        switch self {
        case .normal: "normal"
        case .goingAway: "going_away"
        case .framing: "framing"
        case .binary: "binary"
        case .lineLost: "line_lost"
        case .invalidText: "invalid_text"
        case .fragments: "fragments"
        case .tooLong: "too_long"
        case .tooSlow: "too_slow"
        case .helloLate: "hello_late"
        case .protocolBroken: "protocol"
        case .tokenInvalid: "token_invalid"
        case .tokenRevoked: "token_revoked"
        case .roleRefused: "role_refused"
        case .venueUnknown: "venue_unknown"
        case .versionUnknown: "version"
        case .deviceInvalid: "device_invalid"
        case .replaced: "replaced"
        case .certificateUnknown: "certificate_unknown"
        }
    }
}
