// What the audience is told of its data, and of how far the pages can be used by everybody. Without script.

import QAShared

/// The two pages of information, in French and English.
struct NoticePages {
    enum Topic: String, CaseIterable { case privacy, accessibility }

    private let setup: EventSetup
    private let words: PlainWords

    init(_ setup: EventSetup, _ words: PlainWords) {
        self.setup = setup
        self.words = words
    }

    /// The topic of a path; nil for every other page.
    static func topic(_ path: String) -> Topic? { Topic(rawValue: String(path.dropFirst())) }

    func source(_ topic: Topic) -> String {
        let isEnglish = words.language == "en"
        let notice = topic == .privacy ? Self.privacy : Self.accessibility
        var html = HTML()
        PlainFrame(words: words, title: isEnglish ? notice.title.1 : notice.title.0).write(&html) { html in
            html.element("header") { html in
                html.element("h1", ShownText.typeset(isEnglish ? notice.title.1 : notice.title.0))
                html.element("p", [("class", "muted")]) { $0.words(setup.title) }
                PlainFrame.languages(&html, setup.languages, words) { "/\(topic.rawValue)?lang=\($0)" }
            }
            html.element("main", [("class", "notice-text")]) { html in
                let parts = topic == .privacy && setup.votes == .codes ? [Self.codes] : []
                for part in notice.parts + parts {
                    html.element("h2", ShownText.typeset(isEnglish ? part.heading.1 : part.heading.0))
                    for sentence in isEnglish ? part.sentences.1 : part.sentences.0 {
                        html.element("p", ShownText.typeset(filled(sentence, isEnglish)))
                    }
                }
                contact(&html, isEnglish)
                html.element("p") { html in
                    html.element(
                        "a", [("class", "act"), ("href", "/?lang=\(words.language)")],
                        isEnglish ? "To the questions" : "Vers les questions")
                }
            }
        }
        return html.source
    }

    private func filled(_ sentence: String, _ isEnglish: Bool) -> String {
        let days = setup.retentionDays
        let told =
            isEnglish
            ? (days == 1 ? "1 day" : "\(days) days") : (days <= 1 ? "\(days) jour" : "\(days) jours")
        return sentence.replacing("#days", with: told)
    }

    private func contact(_ html: inout HTML, _ isEnglish: Bool) {
        html.element("h2", isEnglish ? "Whom to ask" : "À qui s’adresser")
        if let contact = setup.contact {
            html.element("p") { html in
                html.text(
                    isEnglish ? "The organiser of this event: " : ShownText.typeset("L’organisateur de l’événement : "))
                html.words(contact)
            }
        } else {
            html.element(
                "p",
                isEnglish
                    ? "The organiser of this event, or any moderator in the room."
                    : "L’organisateur de l’événement, ou une personne de la modération dans la salle.")
        }
    }
}
