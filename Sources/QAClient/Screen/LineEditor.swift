/// A line of text being typed: characters as people count them, and a cursor between them.
struct LineEditor: Equatable, Sendable {
    private(set) var characters: [Character]
    /// How many characters are left of the cursor.
    private(set) var cursor: Int

    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    var text: String { String(characters) }

    /// Puts a text in at the cursor; what could not be shown is left out.
    mutating func insert(_ text: String) {
        let head = String(characters[..<cursor]) + Sanitizer.clean(text)
        let tail = String(characters[cursor...])
        // A mark joins the character before it, so the cursor is counted anew.
        cursor = head.count
        characters = Array(head + tail)
        cursor = min(cursor, characters.count)
    }

    /// Does what an editing key says; false when it is none.
    mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .paste(let text): insert(text)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .backspace:
            if cursor > 0 {
                cursor -= 1
                characters.remove(at: cursor)
            }
        case .delete, .control("d"):
            if cursor < characters.count { characters.remove(at: cursor) }
        case .control("u"):
            characters.removeFirst(cursor)
            cursor = 0
        case .control("k"): characters.removeLast(characters.count - cursor)
        case .control("w"): deleteWord()
        default: return false
        }
        return true
    }

    /// The characters in rows of at most `width` columns, broken after spaces where there are any.
    ///
    /// Every place of the cursor is in exactly one row, the last one if in two; there is at least
    /// one row.
    func rows(width: Int) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var used = 0
        var lastSpace: Int?
        for (index, character) in characters.enumerated() {
            let size = TextWidth.of(String(character))
            // A space at the edge stays there, unseen.
            if used + size > width, character != " " {
                let end = lastSpace.map { $0 + 1 } ?? index
                rows.append(start..<end)
                start = end
                used = characters[start..<index].reduce(0) { $0 + TextWidth.of(String($1)) }
                lastSpace = nil
            }
            if character == " " { lastSpace = index }
            used += size
        }
        rows.append(start..<characters.count)
        return rows
    }

    private mutating func deleteWord() {
        let end = cursor
        while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
        while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
        characters.removeSubrange(cursor..<end)
    }
}
