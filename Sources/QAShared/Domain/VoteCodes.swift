// One-time codes, for events where votes decide something: whose votes count is then what was handed out.

/// Whose votes count.
public enum VoteRule: String, CaseIterable, Sendable {
    /// Everybody's: one vote a device and question.
    case open
    /// Those of people who have redeemed a one-time code.
    case codes
}

/// A one-time code as it is printed and typed: twelve signs in groups of four, such as `7KQW-39XF-MTCA`.
public struct VoteCode: Hashable, Sendable {
    /// Digits and consonants of which none looks like another, and which make no words: 21 of them, so 12 have 52 bits.
    static let alphabet = Array("34679CDFHJKMNPQRTVWXY".utf8)
    static let count = 12
    static let groups = 4

    private let signs: [UInt8]

    /// Draws a code; the generator must be of the operating system's strength where the code is to keep a secret.
    public init(using generator: inout some RandomNumberGenerator) {
        signs = (0..<Self.count).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)] }
    }

    /// Reads what somebody typed: small letters, spaces and hyphens are as good; nil for what cannot be a code.
    public init?(typed: String) {
        var signs: [UInt8] = []
        for scalar in typed.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.properties.isDash { continue }
            guard scalar.isASCII else { return nil }
            let byte = UInt8(scalar.value)
            let sign = (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
            guard Self.alphabet.contains(sign), signs.count < Self.count else { return nil }
            signs.append(sign)
        }
        guard signs.count == Self.count else { return nil }
        self.signs = signs
    }

    /// The code as it is printed.
    public var text: String {
        stride(from: 0, to: Self.count, by: Self.groups).map {
            String(decoding: signs[$0..<$0 + Self.groups], as: UTF8.self)
        }.joined(separator: "-")
    }
}

/// A code as the log knows it: a keyed hash, never the code itself.
public typealias CodeID = Identifier<VoteCode>
/// Codes that were made together.
public typealias CodeBatchID = Identifier<CodeBatch>

/// Codes that were made together, for one venue or for all.
public struct CodeBatch: Equatable, Sendable {
    public let id: CodeBatchID
    /// Where they are handed out; they count wherever they are redeemed.
    public let venue: VenueID?
    public internal(set) var issued = 0
    public internal(set) var used = 0
    /// How many were taken back before somebody used them.
    public internal(set) var revoked = 0
}

/// All codes of an event, and who holds one.
public struct VoteCodes: Equatable, Sendable {
    /// One code that somebody may still redeem, or has.
    struct Issued: Equatable, Sendable {
        var batch: Int
        var holder: ParticipantID?
    }

    /// In the order in which they were made.
    public private(set) var batches: [CodeBatch] = []
    private(set) var issued: [CodeID: Issued] = [:]
    private(set) var holders: Set<ParticipantID> = []

    public init() {}

    /// How many were handed out and not taken back: at most so many people's votes count.
    public var issuedCount: Int { issued.count }
    public var usedCount: Int { holders.count }

    /// Whether this person has redeemed a code.
    public func isHolder(_ participant: ParticipantID) -> Bool { holders.contains(participant) }

    /// Whether somebody could redeem this code now.
    public func isFree(_ code: CodeID) -> Bool { issued[code].map { $0.holder == nil } ?? false }

    /// Whether the log has this code, free or used.
    public func knows(_ code: CodeID) -> Bool { issued[code] != nil }

    mutating func issue(_ codes: [CodeID], _ id: CodeBatchID, _ venue: VenueID?) {
        if batches.last?.id != id, !batches.contains(where: { $0.id == id }) {
            batches.append(CodeBatch(id: id, venue: venue))
        }
        guard let batch = batches.lastIndex(where: { $0.id == id }) else { return }
        for code in codes where issued[code] == nil {
            issued[code] = Issued(batch: batch)
            batches[batch].issued += 1
        }
    }

    /// Binds a code to a person, for good; false when it is not free, or the person has one.
    mutating func use(_ code: CodeID, by participant: ParticipantID) -> Bool {
        guard isFree(code), let batch = issued[code]?.batch, holders.insert(participant).inserted else { return false }
        issued[code]?.holder = participant
        batches[batch].used += 1
        return true
    }

    /// Takes back what nobody used of a batch.
    mutating func revoke(_ id: CodeBatchID) {
        guard let batch = batches.firstIndex(where: { $0.id == id }) else { return }
        let before = issued.count
        issued = issued.filter { $0.value.batch != batch || $0.value.holder != nil }
        batches[batch].revoked += before - issued.count
    }

    /// What was redeemed was so in a rehearsal: each code may be redeemed once more.
    mutating func forgetUses() {
        holders = []
        for code in issued.keys { issued[code]?.holder = nil }
        for index in batches.indices { batches[index].used = 0 }
    }
}
