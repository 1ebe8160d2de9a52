/// Every problem an event file can have: a change of the sound file, and the line, column and text it leads to.
enum EventFileCases {
    typealias Case = EventFileTests.Case

    static let all = keys + words + labels + values + lists + limits + yaml

    static let keys = [
        Case(
            "date: 2009-11-24", "dtae: 2009-11-24", 4, 1,
            "“dtae” is not a key that exists here. Write “date”, or remove it."),
        Case(
            "date: 2009-11-24", "colour: red", 4, 1,
            "“colour” is not a key that exists here. Remove it; the keys here are id, title, languages, venues, talks, date, moderation, order, floor, limits, retention_days, labels, words, contact, certificates, sign_in, votes."
        ),
        Case(
            "date: 2009-11-24", "text_minimum: 3", 4, 1,
            "“text_minimum” is not a key that exists here. Write it below “limits:”, indented."),
        Case(
            "    expected: 120", "    expectd: 120", 10, 5,
            "venues[0]: “expectd” is not a key that exists here. Write “expected”, or remove it."),
        Case(
            "date: 2009-11-24", "title: Again", 4, 1,
            "title: “title” is already on line 2. Remove one of the two."),
        Case(
            "    place: Town hall", "    \"name\": Again", 8, 5,
            "venues[0].name: “name” is already on line 7. Remove one of the two."
        ).and("    coordinates:", "    place: Town hall\n    coordinates:"),
        Case("title: Spring day\n", "", 1, 1, "title: “title” is missing. Write a line “title: …”."),
        Case(
            "    place: Town hall\n", "", 6, 5,
            "venues[0].place: “place” is missing. Write a line “place: …”."),
        Case(
            "    speaker: An expert\n", "", 15, 5,
            "talks[0].speaker: “speaker” is missing. Write a line “speaker: …”."),
    ]

    static let words = [
        Case(
            "retention_days: 10", "words: [ok, '...']", 23, 13,
            "words[1]: “...” has neither letters nor digits. Write a word of 1–40 characters."),
        Case(
            "retention_days: 10", "words: bad", 23, 1,
            "words: Here is a single value where a list is expected. Write them in brackets, [word, two words], or name a text file with one a line: “file: words.txt”."
        ),
        Case(
            "retention_days: 10", "words:\n  then: hold", 23, 1,
            "words: There are no words. Write them in brackets, [word, two words], or name a text file with one a line: “file: words.txt”."
        ),
        Case(
            "retention_days: 10", "words:\n  list: [bad]\n  then: shout", 25, 3,
            "words.then: “shout” is not one of the choices. Write “hold” or “refuse”."),
        Case(
            "retention_days: 10", "words:\n  file: no-such-words.txt", 24, 3,
            "words.file: “no-such-words.txt”: The file cannot be read: No such file or directory. Check its name and the folder you are in."
        ),
    ]

    static let labels = [
        Case(
            "retention_days: 10", "labels: [prix, Prix]", 23, 16,
            "labels[1]: “Prix” is not a label. Write 1–20 small letters, digits and hyphens."),
        Case(
            "retention_days: 10", "labels: [prix, prix]", 23, 16,
            "labels[1]: “prix” is in the list already. Remove one of the two."),
        Case(
            "retention_days: 10", "labels: prix", 23, 1,
            "labels: Here is a single value where a list is expected. Write short words in small letters, digits and hyphens, in brackets: [technical, to-answer]."
        ),
    ]

    static let values = [
        Case(
            "id: agneaux", "id: Saint Lô", 11, 5,
            "venues[1].id: “Saint Lô” is not a short name. Write 1–40 of a-z, 0-9 and -, for example “saint-lo”."
        ),
        Case(
            "id: spring-day", "id: 春の日", 1, 1,
            "id: “春の日” is not a short name. Write 1–40 of a-z, 0-9 and -, for example “granville”."),
        Case(
            "id: agneaux", "id: granville", 11, 5,
            "venues[1].id: “granville” is already the id on line 6. Write another short name, for example “granville-2”."
        ),
        Case(
            "    speaker: An expert",
            "    speaker: An expert\n  - id: certificate\n    title: Again\n    speaker: Another", 18, 5,
            "talks[1].id: “certificate” is already the id on line 15. Write another short name, for example “certificate-2”."
        ),
        Case(
            "title: Spring day", "title:", 2, 1,
            "title: The value is missing. Write a text of 1–200 characters."),
        Case(
            "title: Spring day", "title: \" \"", 2, 1,
            "title: The text is empty. Write a text of 1–200 characters."),
        Case(
            "title: Spring day", "title: [a, b]", 2, 1,
            "title: Here is a list where one value is expected. Write a text of 1–200 characters."),
        Case(
            "title: Spring day", "title: \(String(repeating: "é", count: 201))", 2, 1,
            "title: The text has 201 characters. Write at most 200."),
        Case(
            "title: Spring day", "title: \"Spring\\nday\"", 2, 1,
            "title: “Spring\\u{a}day” holds a character that cannot be shown. Write it on one line, without control characters."
        ),
        Case(
            "speaker: An expert", "speaker: \"An \\u202Eexpert\"", 17, 5,
            "talks[0].speaker: “An \\u{202e}expert” holds a character that cannot be shown. Write it on one line, without control characters."
        ),
        Case(
            "date: 2009-11-24", "date: 24/11/2009", 4, 1,
            "date: “24/11/2009” is not a day of the calendar. Write year, month and day, for example 2009-11-24."
        ),
        Case(
            "date: 2009-11-24", "date: 2009-02-29", 4, 1,
            "date: “2009-02-29” is not a day of the calendar. Write year, month and day, for example 2009-11-24."
        ),
        Case(
            "moderation: on", "moderation: perhaps", 18, 1,
            "moderation: “perhaps” is not one of the choices. Write “on” or “off”."),
        Case(
            "order: by_votes", "order: by_luck", 19, 1,
            "order: “by_luck” is not one of the choices. Write “by_turns”, “by_votes”, “by_time” or “by_hand”."),
        Case(
            "order: by_votes", "order: by_votes\nfloor: perhaps", 20, 1,
            "floor: “perhaps” is not one of the choices. Write “true” or “false”."),
        Case(
            "order: by_votes", "order: by_votes\nvotes: badges", 20, 1,
            "votes: “badges” is not one of the choices. Write “open” or “codes”."),
        Case(
            "[48.8378, -1.5974]", "[91, -1.5974]", 9, 19,
            "venues[0].coordinates: The latitude 91 is not between -90 and 90. Write latitude and longitude in degrees, for example [48.8378, -1.5974]."
        ),
        Case(
            "[48.8378, -1.5974]", "[48.8378, 180.5]", 9, 28,
            "venues[0].coordinates: The longitude 180.5 is not between -180 and 180. Write latitude and longitude in degrees, for example [48.8378, -1.5974]."
        ),
        Case(
            "[48.8378, -1.5974]", "[48.8378, west]", 9, 28,
            "venues[0].coordinates: “west” is not a number. Write latitude and longitude in degrees, for example [48.8378, -1.5974]."
        ),
        Case(
            "[48.8378, -1.5974]", "[48,8378, -1,5974]", 9, 5,
            "venues[0].coordinates: Coordinates are a list of two numbers, with decimal points. Write latitude and longitude in degrees, for example [48.8378, -1.5974]."
        ),
    ]

    static let lists = [
        Case(
            "languages: [fr, en]", "languages: [fr, de]", 3, 17,
            "languages[1]: “de” is not a language that exists here. Choose from fr, en."),
        Case(
            "languages: [fr, en]", "languages: [fr, fr]", 3, 17,
            "languages[1]: “fr” is in the list already. Remove one of the two."),
        Case(
            "languages: [fr, en]", "languages: []", 3, 1,
            "languages: The list is empty. Write the languages in brackets, the default first: [fr, en]."),
        Case(
            "languages: [fr, en]", "languages: fr", 3, 1,
            "languages: Here is a single value where a list is expected. Write the languages in brackets, the default first: [fr, en]."
        ),
        Case(
            "talks:\n  - id: certificate\n    title: The certificate\n    speaker: An expert\n",
            "talks: []\n", 14, 1,
            "talks: The list is empty. Write at least one talk: “- id: …” with title and speaker below."),
        Case(
            "talks:\n  - id: certificate\n    title: The certificate\n    speaker: An expert\n",
            "talks:\n", 14, 1,
            "talks: Here is an empty value where a list is expected. Write at least one talk: “- id: …” with title and speaker below."
        ),
        Case(
            "talks:\n  - id: certificate\n    title: The certificate\n    speaker: An expert\n",
            "talks: [\(Array(repeating: "{id: a, title: b, speaker: c}", count: 101).joined(separator: ", "))]\n",
            14, 1, "talks: The list has 101 items. Write at most 100."),
        Case(
            "  - id: agneaux\n    name: Agneaux\n    place: Lycée\n", "  - Agneaux\n", 11, 5,
            "venues[1]: Here is a single value where keys are expected. Write lines of “key: value” with the keys id, name, place, coordinates, expected."
        ),
    ]

    static let limits = [
        Case(
            "text_minimum: 5", "text_minimum: 0", 21, 3,
            "limits.text_minimum: 0 is too small. Write a whole number from 1 to 100."),
        Case(
            "text_maximum: 300", "text_maximum: 2001", 22, 3,
            "limits.text_maximum: 2001 is too large. Write a whole number from 40 to 2000."),
        Case(
            "text_minimum: 5", "words_minimum: 11", 21, 3,
            "limits.words_minimum: 11 is too large. Write a whole number from 1 to 10."),
        Case(
            "text_minimum: 5", "word_maximum: 14", 21, 3,
            "limits.word_maximum: 14 is too small. Write a whole number from 15 to 100."),
        Case(
            "text_minimum: 5", "ask_burst: 0", 21, 3,
            "limits.ask_burst: 0 is too small. Write a whole number from 1 to 100."),
        Case(
            "text_minimum: 5", "ask_every_seconds: 1.5", 21, 3,
            "limits.ask_every_seconds: “1.5” is not a whole number. Write a whole number from 1 to 3600."),
        Case(
            "text_minimum: 5", "questions_maximum: many", 21, 3,
            "limits.questions_maximum: “many” is not a whole number. Write a whole number from 1 to 100000."),
        Case(
            "text_minimum: 5\n  text_maximum: 300", "text_minimum: 90\n  text_maximum: 80", 21, 3,
            "limits.text_minimum: text_minimum (90) is above text_maximum (80). Write a text_minimum of at most 80."
        ),
        Case(
            "text_minimum: 5", "text_minimun: 5", 21, 3,
            "limits: “text_minimun” is not a key that exists here. Write “text_minimum”, or remove it."),
        Case(
            "retention_days: 10", "retention_days: -1", 23, 1,
            "retention_days: -1 is too small. Write a whole number from 0 to 3650."),
        Case(
            "expected: 120", "expected: about 120", 10, 5,
            "venues[0].expected: “about 120” is not a whole number. Write a whole number from 0 to 1000000."),
    ]

    static let yaml = [
        Case(
            "title: Spring day", "title: Spring: a day", 2, 14,
            "The file is not YAML: mapping values are not allowed in this context. Put a text that contains “: ” in quotation marks."
        ),
        Case(
            "title: Spring day", "title: @home", 2, 8,
            "The file is not YAML: found character that cannot start any token. Indent with spaces, not tabs; put a text that begins with @, ` or % in quotation marks."
        ),
        Case(
            "    name: Granville", "\tname: Granville", 7, 1,
            "The file is not YAML: found a tab character that violates indentation. Indent with spaces, not tabs."
        ),
        Case(
            "    name: Granville", "   name: Granville", 7, 4,
            "The file is not YAML: did not find expected '-' indicator. Give all keys of one part the same indentation, and look at the line before too."
        ),
        Case(
            "title: Spring day", "title: \"Spring day", 2, 8,
            "The file is not YAML: what begins here never ends. Close the quotation mark or bracket."
        ),
        Case(
            "languages: [fr, en]", "languages: [fr, en", 3, 12,
            "The file is not YAML: what begins here never ends. Close the quotation mark or bracket."
        ),
        Case(
            "title: Spring day", "title: *day", 2, 8,
            "The file is not YAML: found undefined alias. Put a text that begins with * in quotation marks."),
        Case(
            "title: Spring day", "title: Spring\u{7}day", 2, 14,
            "The file is not YAML: control characters are not allowed. Remove the character that cannot be seen here."
        ),
        Case(
            "date: 2009-11-24", "---", 4, 1,
            "The file is not YAML: but found another document. Put everything into one document, without a line “---” inside."
        ),
        Case(
            EventFileTests.sound, "# nothing\n", 1, 1,
            "The file is empty. Begin with “id: my-event”; events/example-minimal.yaml shows the rest."),
        Case(
            EventFileTests.sound, "just words\n", 1, 1,
            "Here is a single value where keys are expected. Write lines of “key: value” with the keys id, title, languages, venues, talks, date, moderation, order, floor, limits, retention_days, labels, words, contact, certificates, sign_in, votes."
        ),
    ]
}

extension EventFileTests.Case {
    /// The same with another change of the file.
    func and(_ from: String, _ to: String) -> Self {
        var both = self
        both.more.append((from, to))
        return both
    }
}
