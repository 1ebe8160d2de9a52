/// Lists of numbers by number, each in the order in which it was filled; one array for all of them.
struct NumberLists: Sendable {
    /// By list: the place of its last link + 1; 0 is an empty list.
    private var last: [Int32] = []
    private var links: [(value: Int32, before: Int32)] = []

    /// Puts a value at a list's end, unless it stands there already.
    mutating func append(_ value: Int32, to list: Int32) {
        while last.count <= list { last.append(0) }
        let before = last[Int(list)]
        if before > 0, links[Int(before) - 1].value == value { return }
        links.append((value, before))
        last[Int(list)] = Int32(links.count)
    }

    subscript(list: Int32) -> [Int32] {
        guard list < last.count else { return [] }
        var values: [Int32] = []
        var link = last[Int(list)]
        while link > 0 {
            values.append(links[Int(link) - 1].value)
            link = links[Int(link) - 1].before
        }
        return values.reversed()
    }
}
