/// A page of information: title, and parts with a heading and sentences, French and English.
struct NoticeText: Sendable {
    struct Part: Sendable {
        var heading: (String, String)
        var sentences: ([String], [String])
    }

    var title: (String, String)
    var parts: [Part]
}

extension NoticePages {
    static let privacy = NoticeText(
        title: ("Vos données", "Your data"),
        parts: [
            NoticeText.Part(
                heading: ("Ce qui est enregistré", "What is stored"),
                sentences: (
                    [
                        "Votre question, le nom que vous avez écrit si vous en avez écrit un, votre salle, l’heure, vos soutiens, et ce qu’en a fait la modération.",
                        "Un numéro au hasard, donné à votre téléphone, pour que vos questions et vos soutiens restent les vôtres et ne comptent qu’une fois. Il ne dit pas qui vous êtes.",
                        "Aucun compte, aucune adresse électronique, aucun numéro de téléphone, aucune mesure d’audience, aucun contenu d’ailleurs.",
                    ],
                    [
                        "Your question, the name you wrote if you wrote one, your room, the time, what you supported, and what the moderators did with it.",
                        "A random number given to your phone, so that your questions and votes stay yours and count once. It does not say who you are.",
                        "No account, no e-mail address, no telephone number, no audience measurement, nothing from elsewhere.",
                    ]
                )),
            NoticeText.Part(
                heading: ("Ce que garde votre navigateur", "What your browser keeps"),
                sentences: (
                    [
                        "Pour ce seul site, et sans le montrer à un autre : ce numéro ; le texte que vous êtes en train d’écrire et votre nom ; vos questions et vos soutiens pas encore envoyés, ou pas encore confirmés dans toutes les salles ; vos soutiens ; les questions refusées que vous avez mises de côté ; la langue et le tri choisis ; le titre, les langues et les salles de l’événement. Le navigateur d’un intervenant, d’un écran de salle ou de l’organisation garde de plus son jeton, et si les raccourcis clavier servent.",
                        "Le texte s’en va quand vous l’envoyez, un envoi quand il est confirmé. Le reste y demeure jusqu’à ce que vous effaciez les données de ce site dans votre navigateur ; il ne sert plus à rien une fois l’événement effacé.",
                        "La page sans script n’y garde que le numéro, dans un témoin (cookie) qui s’efface seul #days après votre dernière visite.",
                    ],
                    [
                        "For this site alone, shown to no other: that number; the text you are writing, and your name; your questions and votes not sent yet, or not yet confirmed in all rooms; what you support; refused questions that you have put aside; the language and the sorting you chose; the event’s title, languages and rooms. The browser of a speaker, a room screen or an organiser also keeps its token, and whether keyboard shortcuts are on.",
                        "The text goes when you send it, what was sent when it is confirmed. The rest stays until you erase this site’s data in your browser; it is of no use once the event is erased.",
                        "The page without script keeps the number alone there, in a cookie that goes by itself #days after your last visit.",
                    ]
                )),
            NoticeText.Part(
                heading: ("L’adresse de votre appareil", "Your device’s address"),
                sentences: (
                    [
                        "Elle n’est ni enregistrée ni écrite dans un journal. Pour qu’une machine n’empêche pas les autres d’entrer, une empreinte en est comptée en mémoire, sous une clé qui change à chaque démarrage, puis oubliée après une minute. Tant que vous êtes connecté, la connexion la connaît, en mémoire seule."
                    ],
                    [
                        "It is neither stored nor written to a log. So that one machine cannot keep the others out, a keyed hash of it is counted in memory, under a key made anew at each start, and forgotten after a minute. While you are connected the connection itself knows it, in memory alone."
                    ]
                )),
            NoticeText.Part(
                heading: ("Pourquoi, et qui le voit", "Why, and who sees it"),
                sentences: (
                    [
                        "Pour poser vos questions aux intervenants, rien d’autre. La modération voit tout ce qui est envoyé ; le public voit ce que la modération a retenu, avec votre nom si vous l’avez écrit, et la salle.",
                        "Ce que vous tapez est comparé aux questions déjà posées, sur le serveur de l’événement ; ce que vous n’envoyez pas n’est pas gardé.",
                    ],
                    [
                        "To put your questions to the speaker, and for nothing else. Moderators see all that is sent; the audience sees what the moderators let through, with your name if you wrote one, and the room.",
                        "What you type is compared with the questions already asked, on the event’s own server; what you do not send is not kept.",
                    ]
                )),
            NoticeText.Part(
                heading: ("Combien de temps", "For how long"),
                sentences: (
                    [
                        "Tout est effacé #days après l’événement, ou plus tôt si l’organisateur le décide.",
                        "Vous pouvez retirer une question depuis votre téléphone. Pour que ses mots soient effacés partout, demandez-le : une question peut être effacée seule, à tout moment.",
                    ],
                    [
                        "Everything is erased #days after the event, or earlier if the organiser decides so.",
                        "You can take a question back from your phone. To have its words erased everywhere, ask for it: one question can be erased by itself at any time.",
                    ]
                )),
        ])

    /// Where votes count by one-time codes.
    static let codes = NoticeText.Part(
        heading: ("Votre code de vote", "Your voting code"),
        sentences: (
            [
                "Une empreinte du code est enregistrée avec le numéro de votre téléphone, pour qu’il ne serve qu’une fois. Le code reste dans votre navigateur. Qui a reçu quel code n’est pas enregistré ici.",
                "Pour que personne ne devine de codes, les codes faux sont comptés par appareil et par adresse, en mémoire, quelques minutes au plus ; l’empreinte de l’adresse y reste tant que vous êtes connecté.",
            ],
            [
                "A keyed hash of the code is stored with the number of your phone, so that it serves once. The code stays in your browser. Who was given which code is not stored here.",
                "So that nobody guesses codes, wrong ones are counted by device and by address, in memory, for a few minutes at most; the keyed hash of the address stays there while you are connected.",
            ]
        ))

    static let accessibility = NoticeText(
        title: ("Accessibilité : partiellement conforme", "Accessibility: partially conformant"),
        parts: [
            NoticeText.Part(
                heading: ("État", "State"),
                sentences: (
                    [
                        "Ces pages sont partiellement conformes au référentiel général d’amélioration de l’accessibilité (RGAA 4.1, norme EN 301 549) : elles ont été conçues et vérifiées pour l’être, mais aucun audit complet n’a été mené par un tiers."
                    ],
                    [
                        "These pages partially conform to EN 301 549 (WCAG 2.1, levels A and AA): they are designed and checked for it, but no complete audit has been made by a third party."
                    ]
                )),
            NoticeText.Part(
                heading: ("Ce qui est vérifié", "What is checked"),
                sentences: (
                    [
                        "À chaque modification, automatiquement : les règles d’axe-core sur toutes les pages, en clair et en sombre ; l’usage au clavier seul ; la largeur de 320 pixels sans défilement de côté ; les annonces faites aux lecteurs d’écran ; une page sans script."
                    ],
                    [
                        "With each change, automatically: the rules of axe-core on all pages, light and dark; use by the keyboard alone; a width of 320 pixels without scrolling sideways; what is announced to screen readers; a page without script."
                    ]
                )),
            NoticeText.Part(
                heading: ("Ce qui ne l’est pas", "What is not"),
                sentences: (
                    [
                        "Les lecteurs d’écran n’ont pas été essayés par des personnes qui s’en servent tous les jours. D’autres navigateurs que Chromium ne sont pas testés. L’écran de la salle se met à jour seul, sans commande pour l’arrêter ; les mêmes questions sont sur votre téléphone, qui ne bouge pas pendant que vous lisez.",
                        "Les textes du public sont montrés tels qu’ils ont été écrits.",
                    ],
                    [
                        "Screen readers have not been tried by people who use them every day. Browsers other than Chromium are not tested. The screen in the room updates by itself and cannot be stopped; the same questions are on your phone, which does not move while you read.",
                        "Texts of the audience are shown as they were written.",
                    ]
                )),
            NoticeText.Part(
                heading: ("Un obstacle ?", "Something in the way?"),
                sentences: (
                    [
                        "Dites-le à une personne de la modération dans la salle : elle peut poser votre question pour vous. Une page plus simple, sans script, est à l’adresse /plain.",
                        "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.",
                    ],
                    [
                        "Tell a moderator in the room: they can ask your question for you. A simpler page without script is at /plain.",
                        "In France, without a satisfactory answer, you can turn to the Défenseur des droits.",
                    ]
                )),
        ])
}
