/// Where a question stands among all that were found for one text.
///
/// Alone, "to renew the certificate" is as near "to get the certificate" as a true rewording. Beside a better one that
/// means something else it loses, and beside a better one that means the same it gains.
struct Company {
    static let names = [
        "likeness", "rank", "lead", "support", "rival", "lead_on_rival", "company",
    ]

    struct Member {
        var number: Int
        var match: Features.Match
    }

    /// Those that the others are held against, the likest first.
    private let best: [Member]
    /// All likenesses, descending.
    private let likenesses: [Float]

    /// The likest that one is compared with; more cost time and told nothing more.
    private static let compared = 5
    /// From here on two are rather of one kin than not, and below the other they are of two.
    private static let kin: Float = -1.5
    private static let stranger: Float = -3
    /// Less than any likeness.
    private static let nobody: Float = -9

    init(_ members: [Member]) {
        let sorted = members.sorted { ($0.match.likeness, $1.number) > ($1.match.likeness, $0.number) }
        // One more, since nobody is held against itself.
        best = Array(sorted.prefix(Self.compared + 1))
        likenesses = sorted.map(\.match.likeness)
    }

    /// All features of a question, found or not, with those of its place among the found.
    func values(of member: Member) -> [Float] {
        let likeness = member.match.likeness
        let others = best.filter { $0.number != member.number }.prefix(Self.compared)
        var support = Self.nobody
        var rival = Self.nobody
        var company: Float = 0
        for other in others {
            let theirs = other.match.likeness
            let bond = Self.bond(member.match.side, other.match.side)
            support = max(support, min(theirs, bond))
            if bond < Self.stranger { rival = max(rival, theirs) }
            company += Self.share(theirs) * Self.share(bond)
        }
        let rank = likenesses.firstIndex { $0 <= likeness } ?? likenesses.count
        return member.match.values + [
            likeness, Float(rank), likeness - (others.first?.match.likeness ?? Self.nobody), support, rival,
            likeness - rival, company,
        ]
    }

    /// From 0 to 1, a half where kin begins; no exponential, since this part has no C library.
    private static func share(_ likeness: Float) -> Float {
        let x = likeness - kin
        return 0.5 + 0.5 * x / (1 + abs(x))
    }

    /// How like two of the found are, on the scale of likeness: by stems and concepts alone, for it is asked hundreds of
    /// times a search.
    private static func bond(_ a: Contrast.Side, _ b: Contrast.Side) -> Float {
        let one = cover(a, by: b)
        let other = cover(b, by: a)
        let dice = 2 * one * other / max(0.01, one + other)
        return -7.3 + 6.5 * dice + 2.05 * Contrast.likeAnswers(a.sketch, b.sketch)
    }

    private static func cover(_ a: Contrast.Side, by b: Contrast.Side) -> Float {
        var all: Float = 0
        var matched: Float = 0
        for i in a.infos.indices {
            all += a.weights[i]
            if b.infos.indices.contains(where: { areKin(a, i, b, $0) }) { matched += a.weights[i] }
        }
        return matched / max(0.01, all)
    }

    private static func areKin(_ a: Contrast.Side, _ i: Int, _ b: Contrast.Side, _ j: Int) -> Bool {
        if a.sketch.words[i] == b.sketch.words[j] || a.infos[i].stem == b.infos[j].stem { return true }
        for concept in a.infos[i].concepts where b.infos[j].concepts.contains(concept) { return true }
        return false
    }
}
