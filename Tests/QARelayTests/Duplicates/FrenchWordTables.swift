// French words of contents that look like others.

extension PairTable {
    static let frenchWords = [
        PairTable(
            "forms of one word",
            united: """
                Le marin est-il assuré ? | les marins sont-ils assurés ?
                Le cheval est vacciné ? | les chevaux sont vaccinés ?
                La cloche est fêlée ? | les cloches sont fêlées ?
                Le volet est vert ? | les volets sont verts ?
                Combien coûte une tuile neuve ? | combien coûtent les tuiles neuves ?
                Le journal est livré ? | les journaux sont livrés ?
                Le chemin est boueux ? | les chemins sont boueux ?
                La chatte est stérilisée ? | les chattes sont sterilisees
                Le tuyau est gelé ? | les tuyaux sont gelés ?
                Le bail est signé ? | les baux sont signés ?
                Le vitrail est restauré ? | les vitraux sont restaurés
                Quel légume planter ? | quels légumes planter ?
                """,
            apart: """
                Le marin est assuré ? | Le marin est rassuré ?
                La cloche est fêlée ? | La cloche est fixée ?
                Le volet est vert ? | Le volet est verni ?
                Le journal est livré ? | Le journal est libre ?
                Le stage est payant ? | Le stage est payé ?
                Le sol est polluant ? | Le sol est pollué ?
                Le peintre est intéressant ? | Le peintre est intéressé ?
                Quel est le montant ? | Quelle est la montée ?
                Les soignants sont formés ? | Les soignés sont formés ?
                """),
        PairTable(
            "two words that are forms of one verb, too",
            united: """
                Les portions sont pesées ? | les portions sont-elles pesées ?
                Où est cachée l'arme ? | ou est cachee l arme
                L'eau du lac est salée ? | l'eau du lac est-elle salée ?
                Les glaçons ont fondu ? | les glacons ont-ils fondu ?
                Les coupons sont périmés ? | les coupons sont-ils perimes ?
                """,
            apart: """
                L'eau est sale ? | L'eau est salée ?
                Où est l'arme ? | Où est l'armée ?
                Les armes sont interdites ? | Les armées sont interdites ?
                Les portions sont petites ? | Les portes sont petites ?
                Les notes sont utiles ? | Les notions sont utiles ?
                Les pensions sont suivies ? | Les pensées sont suivies ?
                Les mises sont limitées ? | Les missions sont limitées ?
                Les collectes sont ouvertes ? | Les collections sont ouvertes ?
                Les balles sont perdues ? | Les ballons sont perdus ?
                Les coupes sont distribuées ? | Les coupons sont distribués ?
                Les glaces sont fondues ? | Les glaçons sont fondus ?
                Les cartes sont prêtes ? | Les cartons sont prêts ?
                La plonge est dure ? | La plongée est dure ?
                Où est la tranche ? | Où est la tranchée ?
                Le film est violent ? | Le film est violé ?
                Qui peint le cheval ? | Qui peigne le cheval ?
                La voie est libre ? | La vue est libre ?
                Qui vit au château ? | Qui voit au château ?
                La remise est grande ? | Le remis est grand ?
                Le couvent est plein ? | La couve est pleine ?
                """),
        PairTable(
            "words with two genders",
            united: """
                Où se trouve la tour de guet ? | ou se trouve la tour de guet
                Le voile est déchiré ? | Le voile est-il déchiré ?
                Quelle est la capitale du Chili ? | quelle est la capitale du chili
                Le livre est relié ? | le livre est-il relié ?
                La mousse est sèche ? | la mousse est-elle seche
                La tour est-elle classée ? | la tour est classee
                Qui visite la manche ? | qui visite la manche svp
                La mémoire revient ? | la mémoire revient-elle ?
                """,
            apart: """
                La tour est haute ? | Le tour est haut ?
                Le livre pèse lourd ? | La livre pèse lourd ?
                Le vase est sale ? | La vase est sale ?
                Le voile est déchiré ? | La voile est déchirée ?
                Où est le poêle ? | Où est la poêle ?
                Le poste est supprimé ? | La poste est supprimée ?
                Quel est le capital ? | Quelle est la capitale ?
                Quelle est la moyenne ? | Quel est le moyen ?
                Qui défend la droite ? | Qui défend le droit ?
                Qui finance le parti ? | Qui finance la partie ?
                Où est la marche ? | Où est le marché ?
                Où est le greffe ? | Où est la greffe ?
                Que dit le traité ? | Que dit la traite ?
                Où est le curé ? | Où est la cure ?
                La vague est haute ? | Le vague est haut ?
                Le jardinier est fleuri ? | La jardinière est fleurie ?
                Le cafetier est plein ? | La cafetière est pleine ?
                Le veilleur est éteint ? | La veilleuse est éteinte ?
                Le marin est célèbre ? | La marine est célèbre ?
                la pub est fermée ? | le pub est fermé ?
                """),
        PairTable(
            "nouns whose plural is another thing",
            united: """
                Quand finissent les travaux ? | quand les travaux finissent-ils ?
                Qui paie les frais ? | qui paie les frais svp
                Les vacances sont-elles longues ? | les vacances sont longues
                Où sont rangées les lunettes ? | ou sont rangees les lunettes
                Où sont placés les fonds ? | ou sont places les fonds
                Les échecs sont utiles ? | les echecs sont-ils utiles
                Quand faites-vous les courses ? | quand faites vous les courses
                Le conseil est gratuit ? | le conseil est-il gratuit ?
                Les affaires vont bien ? | les affaires vont-elles bien
                Le court de tennis est ouvert ? | le court de tennis est-il ouvert ?
                """,
            apart: """
                Quand commence le travail ? | Quand commencent les travaux ?
                Le fil est solide ? | Le fils est solide ?
                Où est la cour ? | Où est le cours ?
                """),
        PairTable(
            "accents that part two words",
            united: """
                Le pêcheur vend des bars ? | le pecheur vend des bars
                Le pécheur sera pardonné ? | le pecheur sera pardonne
                On enlève la tâche ? | on enleve la tache
                Les jeunes sont aidés ? | les jeunes sont aides
                Le pêcheur répare ses filets ? | le pecheur repare ses filets
                L'élève est puni ? | leleve est puni
                La côte est abrupte ? | la cote est abrupte
                Où sont les mûres ? | ou sont les mures
                Le pré est inondé ? | le pre est inonde
                La forêt est brûlée ? | la foret est brulee
                Les élus ont voté ? | les elus ont vote
                La grève est levée ? | la greve est levee
                """,
            apart: """
                Le pêcheur est écouté ? | Le pécheur est écouté ?
                Les mûres sont tombées ? | Les murs sont tombés ?
                Le retraité est parti où ? | La retraite est partie où ?
                Où est le côté abîmé ? | Où est la côte abîmée ?
                La pêche est tolérée ? | Le péché est toléré ?
                Les élèves sont fatigués ? | Les élevés sont fatigués ?
                La forêt est cassée ? | Le foret est cassé ?
                Le pâté est brûlé ? | La pâte est brûlée ?
                """),
        PairTable(
            "polarity and prefixes",
            united: """
                Comment désactiver la sirène ? | comment desactiver la sirene
                L'hypotension est dangereuse ? | l'hypotension est-elle dangereuse ?
                Peut-on démonter la grange ? | on peut demonter la grange ?
                Le colis est illisible ? | le colis est-il illisible ?
                Comment se désinscrire du club ? | comment se desinscrire du club
                Le plat est indigeste ? | le plat est-il indigeste ?
                Qui a débranché la ruche ? | qui a debranche la ruche
                La loi est anticonstitutionnelle ? | la loi est-elle anticonstitutionnelle ?
                Peut-on refuser l'héritage ? | on peut refuser lheritage
                """,
            apart: """
                On active la carte ? | On désactive la carte ?
                L'hyperglycémie se soigne ? | L'hypoglycémie se soigne ?
                L'hypertension est grave ? | L'hypotension est grave ?
                Le colis est lisible ? | Le colis est illisible ?
                Le local est habité ? | Le local est inhabité ?
                Le prix est légal ? | Le prix est illégal ?
                On peut monter la tente ? | On peut démonter la tente ?
                On doit importer le bois ? | On doit exporter le bois ?
                Le taux est majoré ? | Le taux est minoré ?
                L'antivirus est installé ? | Le virus est installé ?
                C'est un revenu imposable ? | C'est un revenu non imposable ?
                La barrière est ouverte ? | La barrière est fermée ?
                La vente baisse ? | La vente augmente ?
                Un ex-ministre peut voter ? | Un ministre peut voter ?
                """),
        PairTable(
            "words that no dictionary holds",
            united: """
                Le crous rembourse les repas ? | le crous rembourse-t-il les repas ?
                Où trouver un cerfa ? | ou trouver un cerfa
                Le kombucha est alcoolisé ? | le kombucha est-il alcoolisé ?
                Qui loue des gyropodes ? | qui loue des gyropodes svp
                Le kéfir est-il remboursé ? | le kefir est-il remboursé ?
                Le webinaire est en direct ? | le webinaire est-il en direct ?
                Faut-il un zython ? | il faut un zython ?
                Le CERFA est gratuit ? | le cerfa est gratuit
                """,
            apart: """
                Le crous est ouvert ? | Le cours est ouvert ?
                Où est le cerfa ? | Où est le cerf ?
                Quel est le siren ? | Quelle est la sirène ?
                Le plui arrive quand ? | La pluie arrive quand ?
                L'autrice est connue ? | L'actrice est connue ?
                La coloscopie est remboursée ? | La colposcopie est remboursée ?
                La photothérapie est chère ? | La phytothérapie est chère ?
                Un alcane est liquide ? | Un alcène est liquide ?
                Un sulfate est toxique ? | Un sulfite est toxique ?
                La dysphasie se soigne ? | La dysphagie se soigne ?
                Le redis est lent ? | Le radis est lent ?
                """),
        PairTable(
            "\"car\" takes people somewhere, or gives a reason",
            united: """
                À quelle heure passe le car ? | le car passe à quelle heure
                Combien coûte le trajet en car ? | cb coute le trajet en car
                Les cars sont-ils climatisés ? | les car sont ils climatisés
                Combien d'enfants dans le car du soir ? | combien denfants ds le car du soir
                Qui paye notre car ? | qui paye notre car svp
                """,
            apart: """
                À quelle heure passe le car ? | À quelle heure passe le bus ?
                Faut-il venir en car ? | Faut-il venir ?
                Le club prend le car ? | Le club prend le train ?
                On attend car il pleut ? | On attend le car, il pleut ?
                Qui conduit le car ? | Qui conduit ?
                Combien de places dans un car ? | Combien de places dans un train ?
                Le car du matin est supprimé ? | Le car du soir est supprimé ?
                """),
        PairTable(
            "signs between the words",
            apart: """
                Les 🐶 sont admis ? | Les 🐱 sont admis ?
                On vote 👍 au projet ? | On vote 👎 au projet ?
                x > 3 est vrai ? | x < 3 est vrai ?
                x = 3 est vrai ? | x ≠ 3 est vrai ?
                x ≥ 3 est vrai ? | x ≤ 3 est vrai ?
                Le tarif ★★ est plein ? | Le tarif ★★★ est plein ?
                Que donne 7×3 ? | Que donne 7÷3 ?
                Que donne √2 ? | Que donne 2 ?
                A → B est vrai ? | A ← B est vrai ?
                Il faut 3 + 4 ? | Il faut 3 - 4 ?
                Le fichier .doc est lu ? | Le fichier .xls est lu ?
                １２ euros par mois ? | １３ euros par mois ?
                """),
    ]
}
