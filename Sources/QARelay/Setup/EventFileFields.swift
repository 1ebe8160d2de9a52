// The keys of an event file, one function a part.

import QAShared
import Yams

extension EventFileReader {
    static let limitKeys = [
        "text_minimum", "text_maximum", "words_minimum", "word_maximum", "ask_burst",
        "ask_every_seconds", "questions_maximum",
    ]

    /// The whole file; nil when something without which there is no event is missing or wrong.
    mutating func event(_ root: Node) -> EventSetup? {
        let whole = Field(place: EventFilePlace(root.mark), path: "", node: root)
        guard
            let fields = fields(
                whole, required: ["id", "title", "languages", "venues", "talks"],
                optional: [
                    "date", "moderation", "order", "floor", "limits", "retention_days", "labels", "words", "contact",
                    "certificates", "sign_in", "votes",
                ])
        else { return nil }
        let id: Slug<EventSetup>? = slug(fields, "id")
        let title = text(fields, "title")
        let languages = languages(fields)
        let date = date(fields)
        let venues = venues(fields)
        let talks = talks(fields)
        let moderated = choice(
            fields, "moderation", ["on": true, "true": true, "off": false, "false": false],
            naming: "“on” or “off”")
        let order = choice(
            fields, "order",
            ["by_turns": QueueOrder.byTurns, "by_votes": .byVotes, "by_time": .byTime, "by_hand": .byHand],
            naming: "“by_turns”, “by_votes”, “by_time” or “by_hand”")
        let floor = choice(
            fields, "floor", ["true": true, "on": true, "false": false, "off": false], naming: "“true” or “false”")
        let votes = choice(
            fields, "votes", ["open": VoteRule.open, "codes": .codes], naming: "“open” or “codes”")
        let limits = limits(fields)
        let retention = integer(fields, "retention_days", Limits.retentionDaysRange, default: 30)
        let labels = labels(fields)
        let words = words(fields)
        let contact = fields.values["contact"] == nil ? nil : text(fields, "contact")
        let certificates = certificates(fields, venues ?? [])
        let signIn = signIn(fields, venues ?? [])
        guard let id, let title, let languages, let venues, let talks else { return nil }
        return EventSetup(
            id: id.text, title: title, languages: languages, date: date, venues: venues,
            talks: talks, moderated: moderated ?? true, order: order ?? .byTurns, limits: limits,
            retentionDays: retention, floor: floor ?? true, labels: labels, words: words, contact: contact,
            certificates: certificates, signIn: signIn, votes: votes ?? .open)
    }

    // MARK: At the top

    private mutating func languages(_ fields: Fields) -> [String]? {
        let known = EventFile.languages.joined(separator: ", ")
        let instead = "Write the languages in brackets, the default first: [\(known)]."
        guard let items = items(fields, "languages", maximum: 20, instead) else { return nil }
        var languages: [String] = []
        for item in items {
            guard let language = scalar(item, instead) else { continue }
            if !EventFile.languages.contains(language) {
                note(
                    item, "\(EventFileProblem.quoted(language)) is not a language that exists here.",
                    "Choose from \(known).")
            } else if languages.contains(language) {
                note(item, "“\(language)” is in the list already.", "Remove one of the two.")
            } else {
                languages.append(language)
            }
        }
        return languages
    }

    private mutating func date(_ fields: Fields) -> String? {
        let instead = "Write year, month and day, for example 2009-11-24."
        guard let field = fields.values["date"], let text = scalar(field, instead) else {
            return nil
        }
        guard Self.isDate(text) else {
            note(field, "\(EventFileProblem.quoted(text)) is not a day of the calendar.", instead)
            return nil
        }
        return text
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private mutating func limits(_ fields: Fields) -> EventLimits {
        var limits = EventLimits()
        guard let field = fields.values["limits"],
            let own = self.fields(field, required: [], optional: Self.limitKeys)
        else { return limits }
        limits.textMinimum = integer(
            own, "text_minimum", Limits.textMinimumRange, default: limits.textMinimum)
        limits.textMaximum = integer(
            own, "text_maximum", Limits.textMaximumRange, default: limits.textMaximum)
        limits.wordsMinimum = integer(
            own, "words_minimum", Limits.wordsMinimumRange, default: limits.wordsMinimum)
        limits.wordMaximum = integer(
            own, "word_maximum", Limits.wordMaximumRange, default: limits.wordMaximum)
        limits.askBurst = integer(own, "ask_burst", Limits.askBurstRange, default: limits.askBurst)
        limits.askEverySeconds = integer(
            own, "ask_every_seconds", Limits.askEverySecondsRange, default: limits.askEverySeconds)
        limits.questionsMaximum = integer(
            own, "questions_maximum", Limits.questionsRange, default: limits.questionsMaximum)
        if limits.textMinimum > limits.textMaximum,
            let blamed = own.values["text_minimum"] ?? own.values["text_maximum"]
        {
            note(
                blamed,
                "text_minimum (\(limits.textMinimum)) is above text_maximum (\(limits.textMaximum)).",
                "Write a text_minimum of at most \(limits.textMaximum).")
        }
        return limits
    }

    private mutating func labels(_ fields: Fields) -> [String] {
        let instead = "Write short words in small letters, digits and hyphens, in brackets: [technical, to-answer]."
        guard let items = items(fields, "labels", maximum: Limits.labelsProposed, instead) else { return [] }
        var labels: [String] = []
        for item in items {
            guard let label = scalar(item, instead) else { continue }
            if !Labels.isLabel(label) {
                note(
                    item, "\(EventFileProblem.quoted(label)) is not a label.",
                    "Write 1–\(Limits.labelLetters) small letters, digits and hyphens.")
            } else if labels.contains(label) {
                note(item, "“\(label)” is in the list already.", "Remove one of the two.")
            } else {
                labels.append(label)
            }
        }
        return labels
    }

    // MARK: Venues and talks

    private mutating func venues(_ fields: Fields) -> [Venue]? {
        let instead = "Write at least one venue: “- id: …” with name and place below."
        guard let items = items(fields, "venues", maximum: Limits.venuesMaximum, instead) else {
            return nil
        }
        var ids = Taken<Venue>()
        return items.compactMap { item in venue(item, &ids) }
    }

    private mutating func venue(_ item: Field, _ ids: inout Taken<Venue>) -> Venue? {
        guard
            let fields = fields(
                item, required: ["id", "name", "place"], optional: ["coordinates", "expected"])
        else { return nil }
        let id = unique(fields, &ids)
        let name = text(fields, "name")
        let place = text(fields, "place")
        let coordinates = coordinates(fields)
        let expected = integer(fields, "expected", Limits.expectedRange, default: 0)
        guard let id, let name, let place else { return nil }
        return Venue(
            id: id, name: name, place: place, latitude: coordinates?.latitude,
            longitude: coordinates?.longitude, expected: expected)
    }

    private mutating func coordinates(_ fields: Fields) -> (latitude: Double, longitude: Double)? {
        let instead = "Write latitude and longitude in degrees, for example [48.8378, -1.5974]."
        guard let field = fields.values["coordinates"] else { return nil }
        guard case .sequence(let sequence) = field.node, sequence.count == 2 else {
            note(field, "Coordinates are a list of two numbers, with decimal points.", instead)
            return nil
        }
        var degrees: [Double] = []
        for (node, limit, name) in [(sequence[0], 90.0, "latitude"), (sequence[1], 180, "longitude")] {
            let part = Field(place: EventFilePlace(node.mark), path: field.path, node: node)
            guard let text = scalar(part, instead) else { continue }
            if let number = Double(text), number.isFinite {
                if abs(number) <= limit {
                    degrees.append(number)
                } else {
                    note(
                        part, "The \(name) \(text) is not between -\(Int(limit)) and \(Int(limit)).", instead)
                }
            } else {
                note(part, "\(EventFileProblem.quoted(text)) is not a number.", instead)
            }
        }
        return degrees.count == 2 ? (degrees[0], degrees[1]) : nil
    }

    private mutating func talks(_ fields: Fields) -> [Talk]? {
        let instead = "Write at least one talk: “- id: …” with title and speaker below."
        guard let items = items(fields, "talks", maximum: Limits.talksMaximum, instead) else {
            return nil
        }
        var ids = Taken<Talk>()
        return items.compactMap { item in talk(item, &ids) }
    }

    private mutating func talk(_ item: Field, _ ids: inout Taken<Talk>) -> Talk? {
        guard let fields = fields(item, required: ["id", "title", "speaker"]) else { return nil }
        let id = unique(fields, &ids)
        let title = text(fields, "title")
        let speaker = text(fields, "speaker")
        guard let id, let title, let speaker else { return nil }
        return Talk(id: id, title: title, speaker: speaker)
    }

    /// A short name that no earlier item of the list has.
    private mutating func unique<Kind>(
        _ fields: Fields, _ taken: inout Taken<Kind>
    ) -> Slug<Kind>? {
        guard let id: Slug<Kind> = slug(fields, "id"), let field = fields.values["id"] else {
            return nil
        }
        if let line = taken.lines[id] {
            note(
                field, "“\(id.text)” is already the id on line \(line).",
                "Write another short name, for example “\(id.text.prefix(38))-2”.")
            return nil
        }
        taken.lines[id] = field.place.line
        return id
    }
}

/// The short names of a list, with their lines.
private struct Taken<Kind> {
    var lines: [Slug<Kind>: Int] = [:]
}
