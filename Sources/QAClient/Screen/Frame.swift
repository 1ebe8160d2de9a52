// What the terminal is to show: a grid of cells, made without knowing any terminal.

/// Columns and rows of a terminal.
struct Size: Hashable, Sendable {
    var columns: Int
    var rows: Int
}

/// A place on the grid, counted from 0.
struct Point: Hashable, Sendable {
    var column: Int
    var row: Int
}

/// A rectangle of the grid.
struct Area: Hashable, Sendable {
    var column: Int
    var row: Int
    var columns: Int
    var rows: Int
}

/// How a cell looks; colour only ever repeats what a sign or a word says too.
struct Style: Hashable, Sendable {
    enum Colour: UInt8, Sendable {
        case plain, red, green, yellow, blue, magenta, cyan
    }
    var colour = Colour.plain
    var bold = false
    var faint = false
    var reverse = false
    var underline = false

    static let plain = Style()
    static let bold = Style(bold: true)
    static let faint = Style(faint: true)
    static let reverse = Style(reverse: true)

    static func colour(_ colour: Colour, bold: Bool = false) -> Style {
        Style(colour: colour, bold: bold)
    }
}

/// One column of one row.
struct Cell: Hashable, Sendable {
    /// One grapheme cluster; empty where a wide one on the left covers this column too.
    var text = " "
    /// 1 or 2; 0 where a wide one on the left covers this column too.
    var width: UInt8 = 1
    var style = Style.plain

    static let blank = Cell()
}

/// A run of text in one style.
struct Span: Sendable {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

/// The whole screen. Text enters it through `put` alone, which lets nothing but harmless clusters
/// in.
struct Frame: Equatable, Sendable {
    let size: Size
    private(set) var cells: [Cell]
    /// Where the terminal's own cursor is to be seen; nil hides it.
    var cursor: Point?

    init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: max(0, size.columns * size.rows))
    }

    subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

    /// Writes a text from left to right, at most `limit` columns of it, and says how many it took.
    ///
    /// What does not fit ends in `…` when `ellipsis` says so; cells outside the frame are left out.
    @discardableResult
    mutating func put(
        _ text: String, _ column: Int, _ row: Int, limit: Int, _ style: Style = .plain,
        ellipsis: String? = "…"
    ) -> Int {
        guard row >= 0, row < size.rows, column >= 0 else { return 0 }
        let room = min(limit, size.columns - column)
        guard room > 0 else { return 0 }
        let clusters = Sanitizer.clusters(text)
        let fits = clusters.reduce(0) { $0 + $1.width } <= room
        let reserve = fits || ellipsis == nil ? 0 : 1
        var used = 0
        for cluster in clusters {
            if used + cluster.width > room - reserve { break }
            place(cluster, column + used, row, style)
            used += cluster.width
        }
        if !fits, let ellipsis, let mark = Sanitizer.clusters(ellipsis).first {
            place(mark, column + used, row, style)
            used += 1
        }
        return used
    }

    /// Writes several runs one after the other.
    @discardableResult
    mutating func put(
        _ spans: [Span], _ column: Int, _ row: Int, limit: Int, ellipsis: String? = "…"
    ) -> Int {
        var used = 0
        for span in spans where used < limit {
            used += put(
                span.text, column + used, row, limit: limit - used, span.style, ellipsis: ellipsis)
        }
        return used
    }

    /// Gives a stretch of one row a style, whatever stands there.
    mutating func restyle(_ column: Int, _ row: Int, count: Int, _ change: (inout Style) -> Void) {
        guard row >= 0, row < size.rows else { return }
        for column in max(0, column)..<max(0, min(column + count, size.columns)) {
            change(&cells[row * size.columns + column].style)
        }
    }

    /// Blanks a rectangle.
    mutating func clear(_ area: Area) {
        for row in max(0, area.row)..<max(0, min(area.row + area.rows, size.rows)) {
            for column in max(
                0, area.column)..<max(0, min(area.column + area.columns, size.columns))
            {
                cells[row * size.columns + column] = .blank
            }
        }
    }

    /// The rows as text, without the blanks at their ends.
    var text: String {
        var lines: [String] = []
        for row in 0..<size.rows {
            var line = ""
            for column in 0..<size.columns { line += self[column, row].text }
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func place(_ cluster: Cluster, _ column: Int, _ row: Int, _ style: Style) {
        let index = row * size.columns + column
        // Half of a wide cluster is no cluster: what is cut in two becomes blank.
        if cells[index].width == 0 { cells[index - 1] = Cell(style: cells[index - 1].style) }
        let end = index + cluster.width
        if end < (row + 1) * size.columns, cells[end].width == 0 {
            cells[end] = Cell(style: cells[end].style)
        }
        cells[index] = Cell(text: cluster.text, width: UInt8(cluster.width), style: style)
        if cluster.width == 2 { cells[index + 1] = Cell(text: "", width: 0, style: style) }
    }
}
