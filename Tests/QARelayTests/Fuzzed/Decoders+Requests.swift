// What stands in request lines and headers, and what people copy from paper.

import QAShared

@testable import QARelay

extension Decoder {
    static func site(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let site = Site(publicURL: text, machineName: "hub") else { return }
        // It stands in headers, where no sign may end it.
        precondition(site.publicURL.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3B && $0 != 0x2C })
        let authority = String(site.publicURL.drop { $0 != "/" }.dropFirst(2))
        precondition(site.isOwn(host: authority), "a site that is not reached by its own name")
        precondition(site.isOwn(origin: site.publicURL, host: authority), "a page of its own from elsewhere")
        precondition(!site.isOwn(origin: "http://evil.example", host: authority) || authority == "evil.example")
    }

    static func voteCode(_ bytes: [UInt8]) {
        guard let code = VoteCode(typed: String(decoding: bytes, as: UTF8.self)) else { return }
        precondition(VoteCode(typed: code.text) == code, "a code that cannot be typed as it is written")
    }

    /// The address of a plain page, shown as a hub would show it.
    static func plainQuery(_ bytes: [UInt8]) {
        guard let setup = Field.state.setup else { return }
        let query = PlainQuery(String(decoding: bytes, as: UTF8.self))
        let words = PlainWords(asked: query.language, accepted: nil, event: setup.languages)
        let link = PlainPage.link(
            venue: query.venue ?? Field.venue, language: words.language, page: query.page, done: query.done,
            question: query.question, fragment: "said")
        precondition(link.hasPrefix("/plain?") && !link.contains { $0.isNewline || $0 == "\"" || $0 == " " })
    }
}
