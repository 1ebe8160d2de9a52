import QAShared

/// The pages of signing in, without script.
struct SignInPages {
    private let event: EventSetup
    private let words: PlainWords

    init(_ event: EventSetup, _ words: PlainWords) {
        self.event = event
        self.words = words
    }

    private var isEnglish: Bool { words.language == "en" }

    private func page(_ title: (String, String), _ content: (inout HTML) -> Void) -> String {
        var html = HTML()
        PlainFrame(words: words, title: isEnglish ? title.1 : title.0).write(&html) { html in
            html.element("header") { html in
                html.element("h1", ShownText.typeset(isEnglish ? title.1 : title.0))
                html.element("p", [("class", "muted")]) { $0.words(event.title) }
            }
            html.element("main", [("class", "notice-text")], content)
        }
        return html.source
    }

    private func say(_ html: inout HTML, _ french: String, _ english: String) {
        html.element("p", ShownText.typeset(isEnglish ? english : french))
    }

    private func again(_ html: inout HTML) {
        html.element("p") { html in
            html.element(
                "a", [("class", "act"), ("href", "/sign-in/start")], isEnglish ? "Sign in" : "Se connecter")
        }
    }

    /// The first page.
    var begin: String {
        page(("Connexion", "Sign in")) { html in
            say(
                &html,
                "Pour la modération, les intervenants et l’organisation. Le public n’a pas besoin de compte.",
                "For moderators, speakers and organisers. The audience needs no account.")
            again(&html)
        }
    }

    /// A moderator's token, shown once.
    func token(_ secret: String, hub: String) -> String {
        page(("Vous êtes connecté", "You are signed in")) { html in
            say(
                &html,
                "Votre jeton pour le terminal. Il ne sera pas montré une seconde fois ; une nouvelle connexion le remplace.",
                "Your token for the terminal. It is not shown again; signing in anew replaces it.")
            html.element("pre", [("id", "token"), ("tabindex", "0")], secret)
            say(
                &html, "Dans un fichier que vous seul lisez, puis :",
                "Put it into a file that you alone can read, then:")
            html.element("pre", [("tabindex", "0")], "chmod 600 jeton\nqaclient --hub \(hub) --token-file jeton")
        }
    }

    /// The provider knows this person, the event does not.
    func unknown(_ value: String) -> String {
        page(("Vous n’êtes pas sur la liste", "You are not on the list")) { html in
            say(
                &html,
                "Vous êtes bien connecté, mais l’organisation ne vous a donné aucun rôle. Elle ajoute cette valeur au fichier de l’événement :",
                "You are signed in, but the organisers have given you no role. They add this value to the event file:")
            html.element("pre", [("tabindex", "0")], value)
            again(&html)
        }
    }

    func refusal(_ fault: SignInFault) -> String {
        page(("La connexion n’a pas abouti", "Signing in did not work")) { html in
            let said: (String, String) =
                switch fault {
                case .provider:
                    (
                        "Le fournisseur d’identité ne répond pas. Réessayez dans un instant.",
                        "The provider of identities does not answer. Try again in a moment."
                    )
                case .state:
                    (
                        "Cette connexion a été commencée ailleurs, ou il y a trop longtemps. Recommencez.",
                        "This sign-in was begun elsewhere, or too long ago. Begin again."
                    )
                case .refused:
                    (
                        "Le fournisseur d’identité a refusé, ou vous avez annulé.",
                        "The provider refused, or you cancelled."
                    )
                case .unverified:
                    ("Le fournisseur n’a pas vérifié votre adresse.", "The provider has not verified your address.")
                case .full:
                    (
                        "Trop de jetons sont en usage. L’organisation en révoque (« qarelay token list »), puis recommencez.",
                        "Too many tokens are in use. The organisers revoke some (“qarelay token list”), then begin again."
                    )
                case .storage:
                    (
                        "Le serveur ne peut rien enregistrer pour le moment. Réessayez dans un instant.",
                        "The hub can store nothing at the moment. Try again in a moment."
                    )
                default:
                    ("La réponse du fournisseur d’identité n’est pas valable.", "The provider’s answer is not valid.")
                }
            say(&html, said.0, said.1)
            html.element("p", [("class", "muted")], fault.rawValue)
            again(&html)
        }
    }
}
