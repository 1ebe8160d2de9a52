import QAShared

/// Where a plain page is and what it is to say, as its address has it: whatever cannot be read is left out.
struct PlainQuery {
    var venue: VenueID?
    var language: String?
    var page = 1
    /// What was just done, and to which question.
    var done: PlainAction?
    var question: QuestionID?

    init(venue: VenueID?, language: String?, page: Int) {
        self.venue = venue
        self.language = language
        self.page = page
    }

    /// Reads what follows the question mark, of which each name counts once, at its first place.
    init(_ query: String) {
        var values: [Substring: String] = [:]
        for pair in query.split(separator: "&").prefix(FormBody.fieldsMaximum) {
            let halves = pair.split(separator: "=", maxSplits: 1)
            if halves.count == 2, values[halves[0]] == nil { values[halves[0]] = String(halves[1]) }
        }
        venue = values["venue"].flatMap(VenueID.init)
        language = values["lang"]
        page = values["page"].flatMap { Int($0) } ?? 1
        done = values["done"].flatMap(PlainAction.init(rawValue:))
        question = values["question"].flatMap { QuestionID(text: $0) }
    }
}

/// A posted form, read strictly.
struct PlainPost {
    var form: PlainForm
    var mark: String
    /// Where it was posted from.
    var query: PlainQuery
    var draft = PlainPage.Draft()
    /// A one-time code as it was typed.
    var code = ""
    /// The talk that was shown when the question was written.
    var talk: TalkID?

    init(_ action: PlainAction, _ bytes: [UInt8]) throws(Rejection) {
        let body = try FormBody(bytes)
        try body.checkNames(action.fields)
        form = PlainForm(action: action)
        mark = try body.text("mark")
        query = PlainQuery(
            venue: try body.value("venue") { VenueID($0) }, language: try body.text("lang"),
            page: try body.value("page", Self.count))
        switch action {
        case .ask:
            form.id = try body.value("id") { CommandID(text: $0) }
            draft.text = try body.text("text")
            draft.name = try body.text("name")
            if body.fields["spoken"] != nil { draft.spoken = try body.value("spoken") { $0 == "1" ? true : nil } }
            if body.fields["talk"] != nil { talk = try body.value("talk") { TalkID($0) } }
        case .withdraw:
            form.id = try body.value("id") { CommandID(text: $0) }
            form.question = try body.value("question") { QuestionID(text: $0) }
        case .code:
            form.id = try body.value("id") { CommandID(text: $0) }
            code = try body.text("code")
        case .vote, .unvote:
            form.question = try body.value("question") { QuestionID(text: $0) }
            form.counter = try body.value("counter", Self.count)
        }
    }

    /// A whole number from 1 on, written in the one way that these pages write it.
    private static func count(_ text: String) -> Int? {
        guard let number = Int(text), number >= 1, number < 1 << 53, String(number) == text else { return nil }
        return number
    }
}
