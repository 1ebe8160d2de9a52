// Where everything is at a given size; update needs it too, to know how many rows a list shows.

import QAShared

/// The areas of the screen.
struct Layout: Equatable, Sendable {
    /// Below this there is only a sentence that asks for a larger window.
    static let minimum = Size(columns: 60, rows: 16)
    private static let headRows = 5
    private static let columnMinimum = 34

    /// One venue's list beside the others.
    struct Column: Equatable, Sendable {
        var venue: VenueID
        /// The key that goes there.
        var digit: Int
        var area: Area
    }

    let size: Size
    var isTooSmall = false
    /// The list, without headings; in columns, the area of all of them.
    var list = Area(column: 0, row: 0, columns: 0, rows: 0)
    /// The venues side by side; empty when one list is shown.
    var columns: [Column] = []
    var detail = Area(column: 0, row: 0, columns: 0, rows: 0)
    /// Live question and queue, on wide screens.
    var side: Area?
    var statusRow = 0
    let keyRows = 2
    /// Screen rows that one question takes in a list.
    var itemRows = 1
    /// Questions that fit into a list.
    var itemsShown = 1

    init(_ model: Model) { self.init(model, model.size) }

    init(_ model: Model, _ size: Size) {
        self.size = size
        guard size.columns >= Self.minimum.columns, size.rows >= Self.minimum.rows else {
            isTooSmall = true
            return
        }
        statusRow = size.rows - keyRows - 1
        if size.columns >= 150, size.rows >= 30 {
            makeWide(model)
        } else {
            // Who judges likenesses reads more than one text.
            makeNarrow(isJudging: model.section == .doubtful && model.query == nil)
        }
    }

    /// Everything between the head and the status line.
    var body: Area {
        Area(
            column: 0, row: Self.headRows, columns: side.map { $0.column - 1 } ?? size.columns,
            rows: statusRow - Self.headRows)
    }

    private mutating func makeNarrow(isJudging: Bool) {
        let rows = statusRow - Self.headRows - 1
        let detailRows = isJudging ? rows - max(3, rows / 3) : max(3, min(12, (rows - 1) * 2 / 5))
        list = Area(
            column: 0, row: Self.headRows, columns: size.columns, rows: rows - detailRows)
        detail = Area(
            column: 0, row: list.row + list.rows + 1, columns: size.columns, rows: detailRows)
        itemsShown = list.rows
    }

    private mutating func makeWide(_ model: Model) {
        let rows = statusRow - Self.headRows
        let sideColumns = max(56, size.columns * 3 / 10)
        let left = size.columns - sideColumns - 1
        let detailRows = max(10, rows * 2 / 5)
        side = Area(
            column: left + 1, row: Self.headRows, columns: sideColumns,
            rows: rows - detailRows - 1)
        detail = Area(
            column: left + 1, row: Self.headRows + rows - detailRows, columns: sideColumns,
            rows: detailRows)
        list = Area(column: 0, row: Self.headRows, columns: left, rows: rows)
        itemsShown = rows
        let venues = model.view.event?.venues ?? []
        guard model.query == nil, case .venue(let own) = model.tab,
            let focus = venues.firstIndex(where: { $0.id == own })
        else { return }
        // As many columns as there is room for, the focused one among them.
        let count = min(venues.count, left / Self.columnMinimum)
        let first = max(0, min(focus - count / 2, venues.count - count))
        let width = left / count
        for index in 0..<count {
            columns.append(
                Column(
                    venue: venues[first + index].id, digit: first + index + 1,
                    area: Area(
                        column: index * width, row: list.row + 2,
                        columns: index == count - 1 ? left - index * width : width - 1,
                        rows: rows - 2)))
        }
        itemRows = 3
        itemsShown = (rows - 2) / itemRows
    }
}
