// What the plain pages say. A key that the phone's page has too says the same there; a test holds them together.

extension PlainWords {
    /// French and English by key.
    static let sentences: [String: (String, String)] = page.merging(states) { $1 }.merging(answers) { $1 }

    private static let page: [String: (String, String)] = [
        "language": ("Français", "English"),
        "skip": ("Aller aux questions", "Skip to questions"),
        "question": ("Votre question", "Your question"),
        "name": ("Votre nom (facultatif)", "Your name (optional)"),
        "way": ("Écrire ou parler", "Write or speak"),
        "byVoice": ("Demander la parole", "Ask to speak"),
        "hint": (
            "Quelques mots suffisent. À votre tour, on vous apporte le micro dans la salle.",
            "A few words are enough. At your turn a microphone is brought to you in the room."
        ),
        "plain_limits": ("# à # caractères, au moins # mot{s}.", "# to # characters, at least # word{s}."),
        "send": ("Envoyer", "Send"),
        "plain_paused": (
            "Les questions sont suspendues pour le moment.", "Questions are paused at the moment."
        ),
        "plain_closed": ("L’événement est terminé.", "The event is over."),
        "plain_noTalk": ("Aucun exposé n’est prévu.", "There is no talk."),
        "mine": ("Mes questions", "My questions"),
        "questions": ("Questions du public", "Questions from the audience"),
        "onScreen": ("À l’écran maintenant", "On screen now"),
        "floorOf": ("La parole est à #, #", "# has the floor, #"),
        "floorIn": ("La parole est à la salle de #", "The floor goes to #"),
        "support": ("Soutenir", "Support"),
        "voteCode": ("Code de vote", "Voting code"),
        "voteCodeHelp": (
            "Vos soutiens comptent avec le code qui vous a été remis. Un code vaut pour un appareil.",
            "Your support counts with the code that you were given. One code is for one device."
        ),
        "voteCodeSend": ("Valider", "Confirm"),
        "voteCodeTaken": ("Code accepté : vos soutiens comptent.", "Code accepted: your support counts."),
        "plain_unsupport": ("Ne plus soutenir", "Support no longer"),
        "supported": ("Vous la soutenez", "You support it"),
        "supporters": ("# soutien{s}", "# supporter{s}"),
        "askers": ("posée # fois", "asked # times"),
        "own": ("La vôtre", "Yours"),
        "ownToo": (
            "La vôtre aussi : elle compte jusqu’à son retrait", "Yours too: it counts until you withdraw it"
        ),
        "spoken": ("Prise de parole", "Wants to speak"),
        "number": ("n° #", "no. #"),
        "unconfirmed": ("à confirmer", "to be confirmed"),
        "withdraw": ("Retirer", "Withdraw"),
        "yes": ("Oui, retirer", "Yes, withdraw"),
        "decline": ("Je renonce", "I give it up"),
        "declineYes": ("Oui, je renonce", "Yes, I give it up"),
        "answered": ("Déjà répondues (#)", "Already answered (#)"),
        "none": ("Posez la première question !", "Ask the first question!"),
        "rule_by_turns": (
            "Les salles passent à tour de rôle : la prochaine question vient de la salle qui a eu le moins de tours ; "
                + "dans une salle, la plus soutenue d’abord. Une salle dont la liaison est coupée attend son retour.",
            "Rooms take turns: the next question comes from the room that had the fewest; within a room, the most "
                + "supported first. A room whose line is cut waits until it is back."
        ),
        "rule_pins": (
            "Une question épinglée par la modération passe avant les autres.",
            "A question that the moderators pinned comes before the others."
        ),
        "rule_by_votes": ("La question la plus soutenue passe d’abord.", "The most supported question comes first."),
        "rule_by_time": (
            "Les questions passent dans l’ordre de leur arrivée.",
            "Questions come in the order in which they were asked."
        ),
        "rule_by_hand": (
            "La modération choisit l’ordre des questions.", "The moderators choose the order of the questions."
        ),
        "turns": ("Questions déjà prises : #.", "Questions taken so far: #."),
        "counts": (
            "Reçues : # · En lecture : # · Publiées : # (répondues : #) · Non retenues : #",
            "Received: # · Being read: # · Published: # (answered: #) · Not taken: #"
        ),
        "rehearsal": ("Répétition : tout sera effacé ensuite.", "Rehearsal: all of it will be erased."),
        "plain_lineCut": (
            "Liaison avec les autres salles coupée depuis # min. Ici tout continue : vos envois comptent et leur "
                + "parviendront à son retour.",
            "The line to the other rooms has been cut for # min. Here all goes on: what you send counts and reaches "
                + "them when it is back."
        ),
        "plain_cut": ("coupée depuis # min", "cut for # min"),
        "plain_refresh": ("Actualiser la page", "Refresh this page"),
        "plain_full": ("Continuer avec la page complète", "Go on with the full page"),
        "plain_pages": ("Pages", "Pages"),
        "plain_page": ("Page # sur #", "Page # of #"),
        "plain_before": ("Précédentes", "Previous"),
        "plain_after": ("Suivantes", "Next"),
        "plain_more": (
            "Les # premières sont montrées ici.", "The first # are shown here."
        ),
        "joinTitle": ("Choisissez votre salle", "Choose your room"),
        "venueUnknown": ("Cette salle ne participe pas.", "This room does not take part."),
        "plain_back": ("Retour à la page", "Back to the page"),
    ]

    private static let states: [String: (String, String)] = [
        "state_pending": ("En cours de lecture", "Being read"),
        "state_approved": ("Publiée : le public peut la soutenir", "Published: others can support it"),
        "state_live": ("À l’écran maintenant", "On screen now"),
        "state_answered": ("Réponse donnée", "Answered"),
        "state_merged": (
            "Cette question a déjà été posée : la vôtre compte avec elle.",
            "This question has been asked before: yours counts with it."
        ),
        "state_dismissed": ("Non retenue : #", "Not taken: #"),
        "state_turnedDown": ("Finalement non prise. #", "Not taken after all. #"),
        "state_withdrawn": ("Retirée par vous", "Withdrawn by you"),
        "floor_approved": ("Dans la file : on vous préviendra ici", "In the queue: you will be told here"),
        "floor_near": (
            "Bientôt à vous de parler : restez dans la salle", "Your turn to speak comes soon: stay in the room"
        ),
        "floor_ready": ("On vous apporte le micro", "The microphone is coming to you"),
        "floor_live": ("C’est à vous : parlez", "It is your turn: speak"),
        "floor_answered": ("Vous avez parlé", "You have spoken"),
        "floor_withdrawn": ("Vous avez renoncé à la parole", "You gave up the floor"),
        "reason_off_topic": ("hors sujet", "off topic"),
        "reason_unclear": ("pas claire, reformulez-la", "not clear, rephrase it"),
        "reason_already_answered": ("déjà répondue", "already answered"),
        "reason_duplicate": ("déjà posée", "already asked"),
        "reason_personal": ("situation personnelle", "personal matter"),
        "reason_offensive": ("propos blessants", "offensive wording"),
        "reason_no_time": ("le temps manque", "not enough time"),
        "reason_other": ("choix de la modération", "the moderators’ choice"),
    ]

    private static let answers: [String: (String, String)] = [
        "sent_moderated": ("Envoyée : un modérateur la lit.", "Sent: a moderator reads it."),
        "floorSent": ("Demande envoyée : un modérateur la lit.", "Request sent: a moderator reads it."),
        "plain_sent": ("Envoyée. #.", "Sent. #."),
        "plain_voted": ("Votre soutien est compté.", "Your support is counted."),
        "plain_unvoted": ("Vous ne soutenez plus cette question.", "You no longer support this question."),
        "plain_otherwise": (
            "C’était déjà fait autrement : voici où en est la page.",
            "This was done otherwise already: here is the page as it stands."
        ),
        "plain_withdrawn": ("Question retirée.", "Question withdrawn."),
        "plain_kept": ("Votre texte est gardé ci-dessous.", "Your text is kept below."),
        "plain_refused": ("Refusé par le serveur.", "Refused by the server."),
        "code_text_empty": ("Écrivez d’abord votre question.", "Write your question first."),
        "code_text_too_short": (
            "Encore quelques mots : il faut # caractères.", "A few more words: # characters are needed."
        ),
        "code_text_too_long": ("C’est un peu long : # caractères au plus.", "A little long: # characters at most."),
        "code_text_too_few_words": (
            "Écrivez une phrase d’au moins # mots.", "Write a sentence of at least # words."
        ),
        "code_word_too_long": (
            "Un mot dépasse # caractères : raccourcissez-le.", "One word exceeds # characters: shorten it."
        ),
        "code_name_too_long": ("Nom trop long : # caractères au plus.", "Name too long: # characters at most."),
        "code_code_needed": (
            "Pour soutenir, entrez d’abord votre code de vote.", "To support, enter your voting code first."
        ),
        "code_code_unknown": (
            "Ce code n’existe pas : vérifiez-le, ou demandez-en un à l’organisateur.",
            "There is no such code: check it, or ask the organiser for one."
        ),
        "code_code_used": (
            "Ce code a déjà servi sur un autre appareil : demandez-en un autre à l’organisateur.",
            "This code was used on another device: ask the organiser for another."
        ),
        "code_blocked": ("La modération a bloqué cet appareil.", "The moderators have blocked this device."),
        "code_floor_taken": ("Vous avez déjà demandé la parole.", "You have asked for the floor already."),
        "code_floor_closed": ("La parole ne se demande pas ici.", "The floor cannot be asked for here."),
        "code_intake_paused": (
            "Questions suspendues : réessayez à leur reprise.", "Questions are paused: try again later."
        ),
        "code_wrong_status": (
            "Trop tard : la question a changé entre-temps.", "Too late: the question has changed."
        ),
        "code_event_closed": ("Plus aucune question n’est prise ici.", "No more questions are taken here."),
        "plain_talk_over": (
            "Cet exposé est terminé : envoyez-la pour l’exposé en cours, si elle lui convient.",
            "That talk is over: send it for the present one, if it fits."
        ),
        "plain_own_question": ("On ne soutient pas sa propre question.", "One’s own question cannot be supported."),
        "plain_rate_limited": (
            "Un peu vite : réessayez dans # seconde{s}.", "A little fast: try again in # second{s}."
        ),
        "plain_busy": (
            "Pas encore possible : réessayez dans # seconde{s}. Rien n’est compté deux fois.",
            "Not possible yet: try again in # second{s}. Nothing counts twice."
        ),
        "plain_device_invalid": (
            "Votre navigateur n’a pas renvoyé le cookie de cette page : autorisez-le, puis renvoyez.",
            "Your browser did not send this page’s cookie back: allow it, then send again."
        ),
        "plain_form_invalid": (
            "Ce formulaire n’est plus le vôtre : en voici un nouveau.",
            "This form is no longer yours: here is a new one."
        ),
        "plain_malformed": (
            "Le formulaire est arrivé abîmé : recommencez depuis la page.",
            "The form arrived damaged: begin again from the page."
        ),
    ]
}
