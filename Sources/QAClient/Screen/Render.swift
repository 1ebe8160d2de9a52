// render(model, size) → frame: what the screen looks like, as a value.

import QAShared

/// Draws the whole screen.
func render(_ model: Model, _ size: Size) -> Frame {
    var painter = Painter(model, size)
    painter.paint()
    return painter.frame
}

/// Draws one model into one frame; each part of the screen has a file of its own.
struct Painter {
    var frame: Frame
    let model: Model
    let layout: Layout

    var words: any Words { model.words }
    var glyphs: Glyphs { model.glyphs }

    init(_ model: Model, _ size: Size) {
        frame = Frame(size)
        self.model = model
        layout = Layout(model, size)
    }

    mutating func paint() {
        guard !layout.isTooSmall else { return paintTooSmall() }
        if case .secret(let minted) = model.mode {
            paintSecret(minted)
            return paintFoot()
        }
        paintHead()
        if layout.columns.isEmpty {
            paintList()
        } else {
            paintColumns()
        }
        paintLiveRule()
        paintSide()
        paintDetail()
        paintMode()
        paintFoot()
    }

    /// Writes text at a place inside an area; false when the row is outside.
    @discardableResult
    mutating func line(
        _ row: Int, of area: Area, _ spans: [Span], indent: Int = 0
    ) -> Bool {
        guard row >= 0, row < area.rows else { return false }
        frame.put(
            spans, area.column + indent, area.row + row, limit: area.columns - indent,
            ellipsis: glyphs.ellipsis)
        return true
    }

    /// A line across an area, with a title in it.
    mutating func rule(_ row: Int, _ area: Area, _ title: String = "") {
        let text = String(repeating: glyphs.line, count: area.columns)
        frame.put(text, area.column, row, limit: area.columns, .faint, ellipsis: nil)
        if !title.isEmpty {
            frame.put(
                " \(title) ", area.column + 1, row, limit: area.columns - 2, .bold,
                ellipsis: glyphs.ellipsis)
        }
    }

    /// What stands between two notes of one line.
    var between: String { " \(glyphs.dot) " }

    func time(_ time: Timestamp) -> String {
        let seconds = time.milliseconds / 1000 + model.clock.offset
        let minutes = ((seconds / 60) % 1440 + 1440) % 1440
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private mutating func paintTooSmall() {
        let lines = TextLines.wrap(
            words.tooSmall(Layout.minimum, frame.size), width: frame.size.columns)
        for (row, line) in lines.enumerated() {
            frame.put(line, 0, row, limit: frame.size.columns)
        }
    }
}

extension String {
    /// The text with blanks before or after it up to a width; longer texts are cut.
    func padded(_ width: Int, right: Bool = false) -> String {
        let used = TextWidth.of(self)
        if used > width {
            return String(Sanitizer.clusters(self).prefix(width).map(\.text).joined())
        }
        let blanks = String(repeating: " ", count: width - used)
        return right ? blanks + self : self + blanks
    }

    /// As many clusters from the start as fit into `width` columns, filled up to it.
    private func cut(to width: Int) -> String {
        var text = ""
        var used = 0
        for cluster in Sanitizer.clusters(self) {
            if used + cluster.width > width { break }
            text += cluster.text
            used += cluster.width
        }
        return text + String(repeating: " ", count: width - used)
    }
}
