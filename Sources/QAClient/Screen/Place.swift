import QAShared

/// Which venue's questions are looked at.
enum Tab: Hashable, Sendable {
    case all
    case venue(VenueID)
}

/// What becomes of the questions that are looked at.
enum Section: Int, CaseIterable, Hashable, Sendable {
    case pending, approved, live, done
    /// Those that may ask the same as another one; they stand in their other list too.
    case doubtful

    /// Where a question with that status is found.
    init(status: String) {
        switch status {
        case "pending": self = .pending
        case "approved": self = .approved
        case "live": self = .live
        default: self = .done
        }
    }
}

/// One list of questions.
struct Place: Hashable, Sendable {
    var tab: Tab
    var section: Section
}

/// What a moderator stands on in one list, and in which row of the screen that is.
struct Cursor: Equatable, Sendable {
    var id: QuestionID
    /// Rows between the top of the list's area and the question: it stays there when others arrive.
    var row: Int
}

/// A question that left its list by other hands while the cursor was on it, and where it stood.
struct Held: Equatable, Sendable {
    var id: QuestionID
    var index: Int
}

/// The questions of a view sorted into the lists of the screen.
struct Shelf: Sendable {
    private(set) var lists: [Place: [QuestionID]] = [:]

    init() {}

    /// Sorts cards: waiting ones by number, approved ones as they would be taken, done ones newest
    /// first, doubtful ones as they are given.
    init(_ cards: [QuestionID: Card], queue: [QuestionID], doubtful: [Card] = []) {
        var rank: [QuestionID: Int] = [:]
        for (index, id) in queue.enumerated() where rank[id] == nil { rank[id] = index }
        let sorted = cards.values.sorted { $0.number < $1.number }
        for card in sorted {
            let section = Section(status: card.status)
            lists[Place(tab: .all, section: section), default: []].append(card.id)
            lists[Place(tab: .venue(card.venue), section: section), default: []].append(card.id)
            // Whoever it was handed to finds it among their own, too.
            guard let desk = card.desk, desk != card.venue else { continue }
            lists[Place(tab: .venue(desk), section: section), default: []].append(card.id)
        }
        for (place, list) in lists {
            switch place.section {
            case .pending, .live: break
            case .approved:
                // Sorting is stable: what is not in the queue follows in order of arrival.
                lists[place] = list.sorted { rank[$0] ?? .max < rank[$1] ?? .max }
            case .done: lists[place] = list.reversed()
            case .doubtful: break
            }
        }
        for card in doubtful {
            lists[Place(tab: .all, section: .doubtful), default: []].append(card.id)
            lists[Place(tab: .venue(card.venue), section: .doubtful), default: []].append(card.id)
        }
    }

    subscript(place: Place) -> [QuestionID] { lists[place] ?? [] }
}
