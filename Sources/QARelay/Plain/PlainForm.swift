import QAShared

/// What the forms of a plain page do; each has a path of its own.
enum PlainAction: String, CaseIterable {
    case ask, vote, unvote, withdraw, code

    var path: String { "/plain/\(rawValue)" }

    init?(path: String) {
        guard path.hasPrefix("/plain/") else { return nil }
        self.init(rawValue: String(path.dropFirst(7)))
    }

    /// The fields of its form.
    var fields: Set<String> {
        let common: Set = ["venue", "lang", "page", "mark"]
        return switch self {
        case .ask: common.union(["id", "talk", "text", "name", "spoken"])
        case .vote, .unvote: common.union(["question", "counter"])
        case .withdraw: common.union(["question", "id"])
        case .code: common.union(["id", "code"])
        }
    }
}

/// One form of one page, made for one person: what it will do is fixed when it is written, whatever is typed into it.
struct PlainForm: Equatable {
    var action: PlainAction
    /// Tells this form from all others; what is sent twice with it counts once.
    var id: CommandID?
    var question: QuestionID?
    var counter: Int?

    /// Proves that this program made the form for the holder of the credential: whoever does not know that, such as a
    /// page from elsewhere, can make none.
    func mark(for credential: String) -> String {
        let parts = [action.rawValue, id?.text, question?.text, counter.map { String($0) }].map { $0 ?? "-" }
        return Base64URL.encode(
            Digest.hmac(Array(credential.utf8), Array(("form " + parts.joined(separator: " ")).utf8)))
    }

    /// Whether a mark is that of this form, in a time that tells nothing.
    func isMarked(_ mark: String, for credential: String) -> Bool {
        Digest.equal(Array(mark.utf8), Array(self.mark(for: credential).utf8))
    }

    /// The command's id: the same for the same words from the same form, another one when they were changed on a page
    /// that the browser kept, so that these are not taken for the ones before.
    func commandID(for credential: String, saying words: [String]) -> CommandID {
        let said = ([mark(for: credential)] + words).map { "\($0.utf8.count) \($0)" }.joined(separator: "\n")
        let hash = Digest.hmac(Array(credential.utf8), Array(("command " + said).utf8))
        guard let id = CommandID(bytes: hash) else { preconditionFailure("a hash has at least 16 bytes") }
        return id
    }
}

/// The cookie that makes a browser one person.
struct PlainCookie {
    let name: String
    /// Seconds after which a browser forgets it.
    let maximumAge: Int
    let isSecure: Bool

    /// One name an event: two on one machine, whose ports cookies do not tell apart, do not take each other's.
    init(event: EventSetup, isSecure: Bool) {
        name = "qa-" + Base64URL.encode(Digest.sha256(Array(event.id.utf8)).prefix(6))
        maximumAge = max(1, min(event.retentionDays, 400)) * 86_400
        self.isSecure = isSecure
    }

    /// What a `Cookie` header says first under this name.
    func read(_ header: String?) -> String? {
        for pair in (header ?? "").split(separator: ";") {
            let pair = pair.drop { $0 == " " || $0 == "\t" }
            if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
        }
        return nil
    }

    /// `Lax`: a link from elsewhere, in a mail say, must find the person that was here before; `Strict` would make it
    /// another one, and the questions of the first would be lost to them. What changes anything is a POST, which `Lax`
    /// keeps apart just as well.
    func header(_ credential: String) -> (String, String) {
        (
            "Set-Cookie",
            "\(name)=\(credential); Max-Age=\(maximumAge); Path=/plain; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "")
        )
    }
}
