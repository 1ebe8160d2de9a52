// What the strict rule is known to get wrong, so that an improvement shows.

extension PairTable {
    /// Pairs that ask two things and are united today.
    static let knownLimits = PairTable(
        "known limits",
        apart: """
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
            La vacance est longue ? | Les vacances sont longues ?
            Le conseil est gratuit ? | Les conseils sont gratuits ?
            Où est le court de tennis ? | Où est le cours de tennis ?
            Les jeunes sont aidés ? | Les jeûnes sont aidés ?
            Le maïs est élevé ? | Le mais est élevé ?
            On a enlevé la tache ? | On a enlevé la tâche ?
            Ou manger à côté ? | Où manger à côté ?
            Is China broken? | Is the china broken?
            Is Bill late? | Is the bill late?
            What is the mean? | What are the means?
            Is smoking not allowed? | Is not smoking allowed?
            Où est le bureau du maire ? | Où sont les bureaux du maire ?
            Qui dit merci ? | Qui dit ?
            Is pandas slow? | Is panda slow?
            Combien d'élèves en CM ? | Combien d'élèves en cours magistral ?
            Qui est votre directrice ? | Qui est votre directeur ?
            Vous utilisez vitess en production ? | Vous utilisez vitesse en production ?
            Pour rappel, c'est combien ? | C'est combien pour le rappel ?
            La stricture de l'œsophage est grave ? | La structure de l'œsophage est grave ?
            Le patient est tumide ? | Le patient est timide ?
            La phitothérapie est remboursée ? | La photothérapie est remboursée ?
            """)

    /// Opposites of the list that are united today, since neither grammar nor dictionaries tell them apart.
    static let knownOpposites: Set<TextPair> = []
}
