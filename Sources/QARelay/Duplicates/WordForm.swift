// When two words are forms of one, by what dictionaries say of their classes.

extension WordForm {
    /// A noun or an adjective.
    var isNominal: Bool {
        switch kind {
        case .noun, .adjective: true
        case .verb, .other: false
        }
    }

    /// Whether every class that both words may be of has a lemma in common: "salé" and "sale" share a verb and nothing
    /// else. A finite tense of one verb is enough alone.
    static func agree(_ a: [WordForm], _ b: [WordForm]) -> Bool {
        if a.contains(where: { $0.isFinite && b.contains($0) }) { return true }
        var isCommon = false
        for kind in Class.allCases {
            let one = a.filter { $0.sort == kind }
            let other = b.filter { $0.sort == kind }
            if one.isEmpty || other.isEmpty { continue }
            let isShared = kind == .noun ? agree(nouns: one, other, among: (a, b)) : one.contains(where: other.contains)
            guard isShared else { return false }
            isCommon = true
        }
        return isCommon
    }

    /// "le cours" and "la cour", "un poste" and "une poste" are two; an adjective has both genders.
    private static func agree(nouns a: [WordForm], _ b: [WordForm], among all: ([WordForm], [WordForm])) -> Bool {
        guard a.contains(where: { one in b.contains { $0.lemma == one.lemma } }) else { return false }
        if all.0.contains(where: { $0.kind == .adjective }), all.1.contains(where: { $0.kind == .adjective }) {
            return true
        }
        return a.contains { one in
            b.contains { other in
                guard case .noun(let gender?) = one.kind, case .noun(let another?) = other.kind else { return true }
                return gender == another
            }
        }
    }

    /// Whether they are two nouns, or two adjectives, and not the same.
    static func areParted(_ a: [WordForm], _ b: [WordForm]) -> Bool {
        for kind in [Class.noun, .adjective] {
            let one = Set(a.filter { $0.sort == kind }.map(\.lemma))
            let other = Set(b.filter { $0.sort == kind }.map(\.lemma))
            if !one.isEmpty, !other.isEmpty, one.isDisjoint(with: other) { return true }
        }
        return false
    }

    private enum Class: CaseIterable { case noun, adjective, verb, other }

    private var sort: Class {
        switch kind {
        case .noun: .noun
        case .adjective: .adjective
        case .verb: .verb
        case .other: .other
        }
    }

    private var isFinite: Bool {
        if case .verb(let tense) = kind { tense.isFinite } else { false }
    }
}
