/// Learned weights: a forest of small trees and a line, as written by the training script; see language/README.md.
struct Ranker: Sendable {
    /// Trees of one forest in one array; a leaf has feature −1 and its value as threshold.
    private struct Node {
        var feature: Int32
        var threshold: Float
        var left: Int32
        var right: Int32
    }

    private struct Model {
        var nodes: [Node] = []
        var roots: [Int32] = []
        var base: Float = 0
        var line: [Float] = []
    }

    private var whole = Model()
    private var typing = Model()
    /// Scores from which a moderator is shown a pair as likely, and as very likely.
    private(set) var probable: Float = .infinity
    private(set) var strong: Float = .infinity
    /// The score from which somebody who types is shown a question.
    private(set) var suggested: Float = .infinity

    /// Share of the forest in a score; the rest is the line's.
    private static let forestShare: Float = 0.8

    /// Nil when the text is not one that these features go with.
    init?(_ text: String) {
        var model = Model()
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            guard let word = parts.first else { continue }
            let values = parts.dropFirst()
            switch word {
            case "features": guard values.map(String.init) == Features.names else { return nil }
            case "model": model = Model()
            case "base": model.base = values.first.flatMap { Float($0) } ?? 0
            case "line": model.line = values.compactMap { Float($0) }
            case "tree":
                model.roots.append(Int32(model.nodes.count))
                guard Self.read(values, into: &model) else { return nil }
            case "whole": whole = model
            case "typing": typing = model
            case "levels":
                let levels = values.compactMap { Float($0) }
                guard levels.count == 3 else { return nil }
                (suggested, probable, strong) = (levels[0], levels[1], levels[2])
            default: return nil
            }
        }
        guard !whole.roots.isEmpty, !typing.roots.isEmpty, whole.line.count == Features.names.count + 1,
            typing.line.count == Features.names.count + 1
        else { return nil }
    }

    /// Nodes "feature:threshold:left:right" and "value", children by their place in the tree.
    private static func read(_ values: ArraySlice<Substring>, into model: inout Model) -> Bool {
        let start = Int32(model.nodes.count)
        for value in values {
            let parts = value.split(separator: ":")
            if parts.count == 1, let leaf = Float(parts[0]) {
                model.nodes.append(Node(feature: -1, threshold: leaf, left: 0, right: 0))
            } else if parts.count == 4, let feature = Int32(parts[0]), let threshold = Float(parts[1]),
                let left = Int32(parts[2]), let right = Int32(parts[3]), Int(feature) < Features.names.count,
                left < values.count, right < values.count
            {
                model.nodes.append(
                    Node(feature: feature, threshold: threshold, left: start + left, right: start + right))
            } else {
                return false
            }
        }
        return !values.isEmpty
    }

    /// The log-odds that two questions ask the same.
    func score(_ features: [Float], isTyping: Bool) -> Float {
        let model = isTyping ? typing : whole
        var forest = model.base
        for root in model.roots {
            var node = model.nodes[Int(root)]
            while node.feature >= 0 {
                node = model.nodes[Int(features[Int(node.feature)] <= node.threshold ? node.left : node.right)]
            }
            forest += node.threshold
        }
        var line = model.line[0]
        for index in features.indices { line += model.line[index + 1] * features[index] }
        return Self.forestShare * forest + (1 - Self.forestShare) * line
    }
}
