extension French {
    var keys: [[KeyWord]] {
        [
            [
                KeyWord("a", "retenir"), KeyWord("d", "écarter"), KeyWord("e", "modifier"),
                KeyWord("l", "à l’écran"), KeyWord("v", "répondue"), KeyWord("r", "rétablir"),
                KeyWord("p", "file"), KeyWord("V", "écran répondu"), KeyWord("b", "bloquer"),
                KeyWord("M", uniteWithOther),
            ],
            [
                KeyWord("?", "aide"), KeyWord("u", "annuler"), KeyWord("U", "actions"),
                KeyWord("/", "trouver"), KeyWord("n", "neuve"), KeyWord("t", "exposés"),
                KeyWord("i", "pause"), KeyWord("g", "aller au n°"), KeyWord("o", "ordre"),
                KeyWord("D", "doublons"),
                KeyWord("q", "quitter"),
            ],
        ]
    }

    var help: [KeyWord] {
        [
            KeyWord("", "Trier la question choisie"),
            KeyWord("a", "retenir : le public peut la lire et la soutenir"),
            KeyWord("d", "écarter, puis le chiffre de la raison"),
            KeyWord("e", "modifier le texte ; celui d’origine est gardé"),
            KeyWord("r", "rétablir une question écartée ou répondue"),
            KeyWord("b B", "bloquer, débloquer l’appareil qui l’a posée"),
            KeyWord("", "Sur scène"),
            KeyWord("l", "à l’écran ; celle qui y était devient répondue"),
            KeyWord("v", "réponse donnée"),
            KeyWord("V", "réponse donnée à la question qui est à l’écran"),
            KeyWord("p", "remettre dans la file"),
        ] + helpOnOrder + helpOnMarks + helpOnDuplicates + helpTogether + [
            KeyWord("", "Se tromper"),
            KeyWord("u", "annuler ma dernière action"),
            KeyWord("U", "les dernières actions de tous, et annuler l’une d’elles"),
            KeyWord("", "Regarder"),
            KeyWord("j k ↓ ↑", "suivante, précédente ; aussi Page et Début, Fin"),
            KeyWord("← →", "à lire, retenues, à l’écran, traitées"),
            KeyWord("Tab 0-9", "salle suivante, toutes (0), une salle (1-9)"),
            KeyWord("n", "prochaine question nouvelle"),
            KeyWord("/", "chercher un mot, un nom, un numéro ; Échap finit"),
            KeyWord("g", "aller à un numéro"),
            KeyWord("Entrée", "lire la question en entier"),
            KeyWord("", "La journée"),
            KeyWord("t", "commencer ou terminer un exposé"),
            KeyWord("i", "fermer ou rouvrir les questions"),
            KeyWord("", "Ce programme"),
            KeyWord("Ctrl-L", "redessiner l’écran"),
            KeyWord("Ctrl-Z", "mettre de côté (fg pour revenir)"),
            KeyWord("q", "quitter ; ce qui attend l’envoi est gardé"),
        ]
    }

    var editKeys: [KeyWord] {
        [
            KeyWord("Entrée", "enregistrer"),
            KeyWord("Échap", "laisser"),
            KeyWord("Ctrl-U", "effacer à gauche"),
            KeyWord("Ctrl-W", "un mot"),
        ]
    }
    var talksKeys: [KeyWord] {
        [
            KeyWord("j k", "choisir"),
            KeyWord("d", "démarrer"),
            KeyWord("f", "finir"),
            KeyWord("Échap", "fermer"),
        ]
    }
    var historyKeys: [KeyWord] {
        [
            KeyWord("j k", "choisir"),
            KeyWord("u", "annuler celle-ci"),
            KeyWord("Échap", "fermer"),
        ]
    }
    var detailKeys: [KeyWord] {
        [
            KeyWord("j k", "défiler"),
            KeyWord("Échap", "fermer"),
            KeyWord("", "et toutes les touches d’action"),
        ]
    }
    var helpKeys: [KeyWord] {
        [
            KeyWord("j k", "défiler"),
            KeyWord("", "toute autre touche ferme"),
        ]
    }

    func signs(_ glyphs: Glyphs) -> String {
        "Signes : \(glyphs.new) nouvelle, \(glyphs.waiting) pas encore confirmée, "
            + "\(glyphs.edited) modifiée, \(glyphs.blocked) appareil bloqué, \(glyphs.votes) votes"
    }

    var yesNoKeys: [KeyWord] { [KeyWord("o", "oui"), KeyWord("n", "non")] }
    var deafKeys: [KeyWord] { [KeyWord("Échap", "reprendre les touches")] }
    var quitKeys: [KeyWord] {
        [KeyWord("q", "quitter"), KeyWord("", "toute autre touche : rester")]
    }
    var searchKeys: [KeyWord] {
        [KeyWord("↓ ↑", "choisir"), KeyWord("Entrée", "garder"), KeyWord("Échap", "revenir")]
    }
    var goToKeys: [KeyWord] { [KeyWord("Entrée", "y aller"), KeyWord("Échap", "rester")] }
}
