/// The signs beside the words, for good fonts and for poor ones.
struct Glyphs: Sendable {
    let online, offline, new, waiting, votes, cursor, ellipsis, line, column, blocked, edited,
        more: String
    let left, right, bar: String
    /// Between two notes.
    let dot: String
    /// Before the number of a question that may ask the same; twice when it is likely.
    let alike: String
    /// Before the number of those who asked.
    let times: String
    /// Chosen to be dealt with together with others.
    let marked: String

    static let unicode = Glyphs(
        online: "●", offline: "○", new: "•", waiting: "…", votes: "▲", cursor: "▸", ellipsis: "…",
        line: "─", column: "│", blocked: "⊘", edited: "✎", more: "↓", left: "‹", right: "›",
        bar: "▌", dot: "·", alike: "≈", times: "×", marked: "✓")
    static let ascii = Glyphs(
        online: "*", offline: "o", new: "+", waiting: "~", votes: "^", cursor: ">", ellipsis: "~",
        line: "-", column: "|", blocked: "X", edited: "m", more: "v", left: "<", right: ">",
        bar: "|", dot: "-", alike: "~", times: "x", marked: "#")
}
