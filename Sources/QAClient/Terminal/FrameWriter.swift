// Frames into the bytes that a terminal understands; the only place where control sequences are
// made.

/// Turns the difference between two frames into one piece of output.
struct FrameWriter {
    /// False when the person asked for no colour (NO_COLOR).
    var hasColour = true
    private var shown: Frame?

    init(hasColour: Bool = true) { self.hasColour = hasColour }

    /// Forgets what the terminal shows: the next frame is written whole.
    mutating func forget() { shown = nil }

    /// The bytes that make the terminal show `frame`; empty when it does already.
    mutating func bytes(for frame: Frame) -> [UInt8] {
        var output = Output(hasColour: hasColour)
        let before = shown?.size == frame.size ? shown : nil
        if before == frame { return [] }
        output.add("\u{1B}[?25l")
        if before == nil { output.add("\u{1B}[0m\u{1B}[2J") }
        let old = before ?? Frame(frame.size)
        for row in 0..<frame.size.rows { write(row, of: frame, over: old, &output) }
        output.add("\u{1B}[0m")
        if let cursor = frame.cursor {
            output.move(to: cursor)
            output.add("\u{1B}[?25h")
        }
        shown = frame
        return output.bytes
    }

    private func write(_ row: Int, of frame: Frame, over old: Frame, _ output: inout Output) {
        let columns = 0..<frame.size.columns
        guard let first = columns.first(where: { old[$0, row] != frame[$0, row] }) else { return }
        if columns.contains(where: { !old[$0, row].isPlain || !frame[$0, row].isPlain }) {
            rewrite(row, of: frame, from: first, &output)
        } else {
            writeDifferences(row, of: frame, over: old, from: first, &output)
        }
    }

    /// Writes a row to its end, whatever stood there.
    ///
    /// What is not plain may be drawn wider or narrower than it counts, in the old row as in the
    /// new: cells that should be blank, or be what they were, need not be.
    private func rewrite(_ row: Int, of frame: Frame, from first: Int, _ output: inout Output) {
        var start = first
        while start > 0, frame[start, row].width == 0 { start -= 1 }
        output.clearToEnd(from: Point(column: start, row: row))
        let columns = frame.size.columns
        var end = columns
        while end > start, frame[end - 1, row] == .blank { end -= 1 }
        for column in start..<end where frame[column, row].width > 0 {
            output.move(to: Point(column: column, row: row))
            output.set(frame[column, row].style)
            output.put(frame[column, row])
        }
        // The last one may have been drawn over cells that are to be blank.
        if end > start, end < columns {
            output.clearToEnd(from: Point(column: end, row: row))
        }
    }

    private func writeDifferences(
        _ row: Int, of frame: Frame, over old: Frame, from first: Int, _ output: inout Output
    ) {
        var column = first
        while column < frame.size.columns {
            let cell = frame[column, row]
            if cell != old[column, row] {
                output.move(to: Point(column: column, row: row))
                output.set(cell.style)
                output.put(cell)
            }
            column += 1
        }
    }
}

extension Cell {
    /// Whether every terminal draws it one column wide: a single scalar of ASCII, Latin-1 or Latin
    /// Extended.
    fileprivate var isPlain: Bool {
        let scalars = text.unicodeScalars
        return width == 1 && scalars.count == 1 && (scalars.first?.value ?? 0) < 0x250
    }
}

/// Bytes for a terminal, and where its cursor and style then are.
private struct Output {
    let hasColour: Bool
    var bytes: [UInt8] = []
    private var cursor: Point?
    private var style = Style.plain

    init(hasColour: Bool) { self.hasColour = hasColour }

    mutating func add(_ text: String) { bytes += Array(text.utf8) }

    mutating func move(to point: Point) {
        if cursor == point { return }
        add("\u{1B}[\(point.row + 1);\(point.column + 1)H")
        cursor = point
    }

    mutating func set(_ new: Style) {
        guard new != style else { return }
        var codes = ["0"]
        if new.bold { codes.append("1") }
        if new.faint { codes.append("2") }
        if new.underline { codes.append("4") }
        if new.reverse { codes.append("7") }
        if hasColour, new.colour != .plain { codes.append(Self.codes[new.colour] ?? "39") }
        add("\u{1B}[\(codes.joined(separator: ";"))m")
        style = new
    }

    /// Blanks the rest of a row. Terminals clear with the background they write with, so none may
    /// be set.
    mutating func clearToEnd(from point: Point) {
        move(to: point)
        set(.plain)
        add("\u{1B}[K")
    }

    mutating func put(_ cell: Cell) {
        add(cell.text)
        // Terminals disagree about the width of what is not plain, so the next cell gets its place
        // said.
        cursor = cursor.flatMap { cell.isPlain ? Point(column: $0.column + 1, row: $0.row) : nil }
    }

    private static let codes: [Style.Colour: String] = [
        .red: "31", .green: "32", .yellow: "33", .blue: "34", .magenta: "35", .cyan: "36",
    ]
}
