// Small words that tell two questions apart only here and there, and words in no dictionary.

extension PairTable {
    static let smallWords = [
        PairTable(
            "English: who does what, and where small words stand",
            united: """
                Who can you contact? | who can u contact
                Why doesn't the crane work? | why does the crane not work
                """,
            apart: """
                Who can you contact? | Who can contact you?
                Who will you replace? | Who will replace you?
                Who are you paying? | Who is paying you?
                Who is it replacing? | Who is replacing it?
                Do you control it? | Does it control you?
                Can it harm you? | Can you harm it?
                Do all members read the reports? | Do members read all the reports?
                Will fewer buses serve the schools? | Will buses serve fewer schools?
                Do more members pay fees? | Do members pay more fees?
                Do no members pay fees? | Do members pay no fees?
                Do 2 parents sign the form? | Do the parents sign 2 forms?
                Is the payment of the bank to the city public? | Is the payment to the bank of the city public?
                Is the letter of the mayor for the council public? | Is the letter for the mayor of the council public?
                Why is the lift always not working? | Why is the lift not always working?
                Why are all the rooms not open? | Why are not all the rooms open?
                Is it really not safe for the children? | Is it not really safe for the children?
                """),
        PairTable(
            "English words that are empty elsewhere",
            united: """
                Is the lounge just for speakers? | hello is the lounge just for speakers pls
                The shop's closed on Monday? | the shop is closed on monday
                """,
            apart: """
                Who elects the president of the board? | Who elects the president and the board?
                Is the lounge just for speakers? | Is the lounge for speakers?
                Can children also vote? | Can children vote?
                Is plan A funded? | Is the plan funded?
                Is the hepatitis A vaccine free? | Is the hepatitis vaccine free?
                How do we choose n? | How do we choose?
                The shop's closed on Monday? | The shop closed on Monday?
                Bon de commande obligatoire ? | Commande obligatoire ?
                Well water tested? | Water tested?
                Yes won the poll? | It won the poll?
                Do we have to not smoke? | Do we not have to smoke?
                Can the dog eat and not sleep? | Can the dog not eat and sleep?
                Few students passed? | A few students passed?
                Little water is left? | A little water is left?
                What is the term? | What are the terms?
                Where is the glass? | Where are the glasses?
                """),
        PairTable(
            "words in no dictionary that are no slips",
            united: """
                Le thermostat est réglé ? | le thermotsat est réglé
                La tondeuse est réparée ? | la tonddeuse est réparée
                Is the greenhouse heated? | is the grenhouse heated
                Is the orchestra paid? | is the orchestre paid
                """,
            apart: """
                What is cellulase? | What is cellulose?
                What does sucrase do? | What does sucrose do?
                What is an alkyne? | What is an alkene?
                Is struct equality enough? | Is strict equality enough?
                Is redux hard to learn? | Is redox hard to learn?
                is canva allowed in class? | is canvas allowed in class?
                Will you show deno? | Will you show the demo?
                Madame Lorange est élue ? | Madame Orange est élue ?
                """),
        PairTable(
            "phrases and abbreviations that are something else elsewhere",
            united: """
                C'est quoi la TVA ? | qu'est-ce que la TVA
                Vs avez un bac ? | vous avez un bac ?
                """,
            apart: """
                Qui appeler si je suis perdu ? | Qui appeler si je n'ai pas compris ?
                À qui demander si je suis perdu ? | À qui demander si j'ai pas suivi ?
                La mater ferme à 16h ? | La maternité ferme à 16h ?
                Quel est le code QR ? | Quel est le code ?
                Où est le code QR du menu ? | Où est le code question du menu ?
                Do RN shifts change? | Do shifts change now?
                Quel est l'intérêt du prêt ? | Quels sont les intérêts du prêt ?
                What is the premise of the study? | What are the premises of the study?
                What is the custom in the port? | What are the customs in the port?
                Qu'est-ce que la TVA ? | Quelle est la TVA ?
                Quel est le prix du concours ? | Combien coûte le concours ?
                Quel programme choisir ? | Quel est le programme choisi ?
                Quelle est la différence entre un maire et un adjoint ? | Quelle est la différence entre un maire adjoint ?
                Le train vient de partir ? | Le train vient partir ?
                Quelle est la différence entre roche acide et basique ? | Quelle est la différence entre roche et acide basique ?
                Le projet est-il plus cher ? | Le projet est-il le plus cher ?
                Où est le fond ? | Où sont les fonds ?
                Où est la lunette ? | Où sont les lunettes ?
                L'échec est utile ? | Les échecs sont utiles ?
                L'assise est solide ? | Les assises sont solides ?
                Une affaire est en vue ? | Les affaires sont en vue ?
                """),
        PairTable(
            "near misses that were apart already",
            united: """
                Le maire peut-il refuser ? | est-ce que le maire peut refuser
                """,
            apart: """
                Que pense le maire du préfet ? | Que pense le préfet du maire ?
                Le maire peut-il refuser ? | Le maire peut-il ne pas refuser ?
                Le scot est voté ? | Le scout est voté ?
                Quel est l'effet de la prednisone ? | Quel est l'effet de la prednisolone ?
                is the paris office closed? | is the parish office closed?
                Does the linter run at night? | Does the liner run at night?
                Qui leur vend les livres ? | Qui leur vend des disques ?
                Le bus part toutes les 2 heures ? | Le bus part toutes les heures ?
                Pourquoi pas le samedi ? | Pourquoi le samedi ?
                Le texte est-il lu en entier ? | Le texte est-il lu ?
                Qui vous l'a dit ? | Qui l'a dit ?
                De qui parle le roman ? | Qui parle du roman ?
                Which dog has the man bitten? | Which dog has bitten the man?
                """),
    ]
}
