// What the strict rule is known to get wrong, so that an improvement shows.

extension PairTable {
    /// Pairs that ask two things and are united today.
    static let knownLimits = PairTable(
        "known limits",
        apart: """
            Peut-on ne pas payer ? | Ne peut-on pas payer ?
            Qui peut ne pas signer ? | Qui ne peut pas signer ?
            Le train vient de partir ? | Le train vient partir ?
            Quelle est la différence entre roche acide et basique ? | Quelle est la différence entre roche et acide basique ?
            Le projet est-il plus cher ? | Le projet est-il le plus cher ?
            La Manche est polluée ? | La manche est polluée ?
            Pascal viendra ? | Pascale viendra ?
            Pierre est tombé ? | La pierre est tombée ?
            Qui sera juge ? | Qui sera jugé ?
            Qui est interne ? | Qui est interné ?
            Le pain est sale ? | Le pain est salé ?
            Le sol est ferme ? | Le sol est fermé ?
            Le tarif est limite ? | Le tarif est limité ?
            Les visites sont filmées ? | Les visités sont filmés ?
            Quand faites-vous la course ? | Quand faites-vous les courses ?
            Où est le fond ? | Où sont les fonds ?
            Où est la lunette ? | Où sont les lunettes ?
            La vacance est longue ? | Les vacances sont longues ?
            L'échec est utile ? | Les échecs sont utiles ?
            L'assise est solide ? | Les assises sont solides ?
            Le conseil est gratuit ? | Les conseils sont gratuits ?
            Où est le court de tennis ? | Où est le cours de tennis ?
            Une affaire est en vue ? | Les affaires sont en vue ?
            Les jeunes sont aidés ? | Les jeûnes sont aidés ?
            Le maïs est élevé ? | Le mais est élevé ?
            On a enlevé la tache ? | On a enlevé la tâche ?
            Ou manger à côté ? | Où manger à côté ?
            Le scot est voté ? | Le scout est voté ?
            Yes won the poll? | It won the poll?
            Do we have to not smoke? | Do we not have to smoke?
            Can the dog eat and not sleep? | Can the dog not eat and sleep?
            Few students passed? | A few students passed?
            Little water is left? | A little water is left?
            Is China broken? | Is the china broken?
            Is Bill late? | Is the bill late?
            What is the term? | What are the terms?
            Where is the glass? | Where are the glasses?
            What is the mean? | What are the means?
            """)

    /// Opposites of the list that are united today, since neither grammar nor dictionaries tell them apart.
    static let knownOpposites: Set<TextPair> = [TextPair(earlier: "musée", later: "muse")]
}
