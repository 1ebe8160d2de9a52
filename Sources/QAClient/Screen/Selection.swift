// The cursor follows the question, never the row: who presses a key acts on what they were reading.

import QAShared

extension Model {
    /// Rows of the list that fit on the screen.
    var listHeight: Int { max(1, Layout(self).itemsShown) }

    /// Which row of a list is drawn first, so that the cursor's question keeps its place on the
    /// screen.
    func firstShown(_ list: [QuestionID], _ cursor: Cursor?, height: Int) -> Int {
        guard let cursor, let index = list.firstIndex(of: cursor.id) else { return 0 }
        return max(0, min(index - cursor.row, list.count - height, index))
    }

    /// Puts every cursor back on its question after the lists changed; a question that left hands
    /// over to the next.
    mutating func settleCursors(before: [QuestionID]) {
        for (place, cursor) in cursors where place != self.place || query != nil {
            let list = shelf[place]
            if !list.contains(cursor.id) { cursors[place] = nil }
        }
        guard let old = cursor else { return selectFirst(seen: false) }
        if query == nil { holdIfTaken(old.id, before: before) }
        let list = rows
        if list.contains(old.id) {
            clampRow()
            return
        }
        guard let index = before.firstIndex(of: old.id) else { return selectFirst() }
        let remaining = Set(list)
        let next =
            before[index...].first(where: remaining.contains)
            ?? before[..<index].last(where: remaining.contains)
        if let next { select(next, row: old.row) } else { cursor = nil }
    }

    /// Keeps the cursor's question in the list when others moved it elsewhere, lest a key hit its
    /// neighbour.
    private mutating func holdIfTaken(_ id: QuestionID, before: [QuestionID]) {
        let isOwnDoing = outgoing.contains { $0.command.questions.contains(id) }
        guard !shelf[place].contains(id), expected.cards[id] != nil, !isOwnDoing,
            let index = before.firstIndex(of: id)
        else {
            held = nil
            return
        }
        if held?.id != id { held = Held(id: id, index: index) }
    }

    mutating func selectFirst(seen: Bool = true) {
        cursor = nil
        if let first = rows.first { select(first, row: 0, seen: seen) }
    }

    /// Puts the cursor on a question of the list that is shown; it counts as seen if a person
    /// brought it there.
    mutating func select(_ id: QuestionID, row: Int, seen: Bool = true) {
        if held?.id != id { held = nil }
        cursor = Cursor(id: id, row: row)
        if seen { unseen.remove(id) }
        clampRow()
    }

    /// The row a cursor asks for must be one that the list and the screen have.
    private mutating func clampRow() {
        guard var current = cursor else { return }
        let list = rows
        guard let index = list.firstIndex(of: current.id) else { return }
        let height = listHeight
        current.row = max(0, min(current.row, height - 1, index))
        let first = firstShown(list, current, height: height)
        current.row = index - first
        if cursor != current { cursor = current }
    }

    /// Moves the cursor by so many questions, and the row with it as far as the screen goes.
    mutating func move(by step: Int) {
        let list = rows
        guard let current = cursor, let index = list.firstIndex(of: current.id) else {
            return selectFirst()
        }
        let target = max(0, min(list.count - 1, index + step))
        let id = list[target]
        unseen.remove(current.id)
        select(id, row: current.row + target - index)
    }

    mutating func moveToEnd(last: Bool) {
        let list = rows
        guard let id = last ? list.last : list.first else { return }
        select(id, row: last ? listHeight - 1 : 0)
    }

    /// Goes to another list; what was on the screen counts as seen.
    mutating func go(to tab: Tab, _ section: Section) {
        guard query != nil || tab != self.tab || section != self.section else { return }
        lookedAtScreen()
        held = nil
        marked = []
        query = nil
        searchCursor = nil
        self.tab = tab
        self.section = section
        if let cursor { select(cursor.id, row: cursor.row) } else { selectFirst() }
    }

    /// What stood on the screen in the list that is left has been looked at.
    mutating func lookedAtScreen() {
        guard query == nil else { return }
        let list = rows
        let first = firstShown(list, cursor, height: listHeight)
        for id in list[first..<min(list.count, first + listHeight)] { unseen.remove(id) }
    }

    /// Shows a question in its own list, in this tab if it belongs there.
    mutating func reveal(_ card: Card) {
        let stays = tab == .all || tab == .venue(card.venue) || tab == card.desk.map(Tab.venue)
        go(to: stays ? tab : .venue(card.venue), card.section)
        query = nil
        select(card.id, row: listHeight / 2)
    }
}
