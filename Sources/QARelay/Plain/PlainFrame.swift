import QAShared

/// What every plain page has: head, body, and little pages that are no event's.
struct PlainFrame {
    let words: PlainWords
    let title: String

    func write(_ html: inout HTML, _ content: (inout HTML) -> Void) {
        html.doctype()
        html.element("html", [("lang", words.language)]) { html in
            html.element("head") { html in
                html.open("meta", [("charset", "utf-8")])
                html.open("meta", [("name", "viewport"), ("content", "width=device-width")])
                // The answers' own policy would make browsers name the origin of a form `null`.
                html.open("meta", [("name", "referrer"), ("content", "same-origin")])
                html.element("title", title)
                html.open("link", [("rel", "icon"), ("href", "/icon.svg")])
                for sheet in ["base", "ask", "plain"] {
                    html.open("link", [("rel", "stylesheet"), ("href", "/css/\(sheet).css")])
                }
            }
            html.element("body", [("class", "plain")], content)
        }
    }

    static func languages(
        _ html: inout HTML, _ offered: [String], _ words: PlainWords, _ link: (String) -> String
    ) {
        html.element("div", [("id", "languages")]) { html in
            for code in offered where code != words.language && PlainWords.known.contains(code) {
                let attributes: [(StaticString, String?)] = [
                    ("class", "act"), ("lang", code), ("hreflang", code), ("href", link(code)),
                ]
                html.element("a", attributes, PlainWords(language: code)("language"))
            }
        }
    }

    /// The rooms to choose from, for whoever came without one or to one that is not there.
    static func rooms(_ setup: EventSetup, _ rooms: [Venue], isLost: Bool, _ words: PlainWords) -> String {
        var html = HTML()
        PlainFrame(words: words, title: setup.title).write(&html) { html in
            html.element("header") { html in
                html.element("h1") { $0.words(setup.title) }
                languages(&html, setup.languages, words) { "/plain?lang=\($0)" }
            }
            html.element("main") { html in
                if isLost { html.element("p", [("class", "notice")], words("venueUnknown")) }
                html.element("h2", words("joinTitle"))
                html.element("ul", [("id", "rooms")]) { html in
                    for room in rooms {
                        html.element("li") { html in
                            let place = PlainPage.link(venue: room.id, language: words.language)
                            html.element("a", [("class", "card"), ("href", place)]) { html in
                                html.element("strong") { $0.words(room.name) }
                                html.space()
                                html.words(room.place, class: "muted")
                            }
                        }
                    }
                }
            }
        }
        return html.source
    }

    /// A refusal without a page around it.
    static func refusal(_ answer: PlainAnswer, _ words: PlainWords) -> String {
        var html = HTML()
        PlainFrame(words: words, title: answer.sentence(words)).write(&html) { html in
            html.element("main") { html in
                html.element("h1", answer.sentence(words))
                html.element("p", [("class", "muted")], answer.code)
                html.element("p") { $0.element("a", [("class", "act"), ("href", "/plain")], words("plain_back")) }
            }
        }
        return html.source
    }
}
