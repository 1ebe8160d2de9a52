// French questions in several turns, and those that a careless turn would take for one.

extension PairTable {
    static let rephrasedFrench = [
        PairTable(
            "infinitive and \"on\"",
            united: """
                Comment affûter une faux ? | comment on affûte une faux ?
                Comment affûter une faux ? | Comment faire pour affûter une faux ?
                Comment greffe-t-on un pommier ? | Comment greffer un pommier ?
                Comment peut-on greffer un prunier ? | comment on greffe un prunier
                Où jeter les piles ? | où est-ce qu'on jette les piles ?
                Comment est-ce qu'on s'inscrit à la chorale ? | comment s'inscrire à la chorale
                """,
            apart: """
                Comment le maçon répare le mur ? | Comment réparer le mur ?
                Comment affûtez-vous une faux ? | Comment affûter une faux ?
                Comment a-t-on greffé le pommier ? | Comment greffer le pommier ?
                Comment on greffera le pommier ? | Comment greffer le pommier ?
                Pourquoi greffer un pommier ? | Comment greffer un pommier ?
                Comment ne pas greffer ? | Comment greffer ?
                Où doit-on jeter les piles ? | Où peut-on jeter les piles ?
                Où jeter les piles ? | Comment jeter les piles ?
                Comment on nous soigne ? | Comment nous soigner ?
                Quand peut-on semer ? | Quand semer ?
                Comment je greffe un pommier ? | Comment greffer un pommier ?
                """),
        PairTable(
            "what can, may and must be done",
            united: """
                Est-il possible de louer un canoë ? | Peut-on louer un canoë ?
                Y a-t-il moyen de louer un canoë ? | on peut louer un canoë ?
                C'est possible de camper près du lac ? | peut-on camper près du lac ?
                A-t-on le droit de pêcher la nuit ? | on a le droit de pêcher la nuit ?
                Est-il permis de pêcher la nuit ? | A-t-on le droit de pêcher la nuit ?
                Faut-il vermifuger le chat ? | doit-on vermifuger le chat ?
                Est-ce qu'il faut vermifuger le chat ? | est-ce qu'on doit vermifuger le chat ?
                Faudra-t-il tailler la haie ? | on devra tailler la haie ?
                Peut-on réserver sur internet ? | peut-on réserver en ligne ?
                Existe-t-il un club de lutte ? | Y a-t-il un club de lutte ?
                Combien de tentes loue-t-on par an ? | combien de tentes on loue par an
                Combien de tentes peut-on louer ? | combien de tentes on peut louer
                Quels canoës louez-vous ? | quels canoës vous louez
                """,
            apart: """
                Peut-on pêcher la nuit ? | A-t-on le droit de pêcher la nuit ?
                Est-il possible de louer un canoë ? | Est-il interdit de louer un canoë ?
                Faut-il louer un canoë ? | Est-il possible de louer un canoë ?
                Doit-on vermifuger le chat ? | Devra-t-on vermifuger le chat ?
                On doit vermifuger le chat ? | On ne doit pas vermifuger le chat ?
                Le maître doit vermifuger le chat ? | Faut-il vermifuger le chat ?
                On doit cinq euros au berger ? | Il faut cinq euros au berger ?
                On doit combien au berger ? | Il faut combien au berger ?
                Faut-il payer pour un rendez-vous ? | Faut-il payer pour prendre rendez-vous ?
                Vous devez tailler la haie ? | Il faut tailler la haie ?
                Faudrait-il tailler la haie ? | Faudra-t-il tailler la haie ?
                Peut-on réserver sur internet ? | Peut-on réserver par téléphone ?
                N'existe-t-il pas un club de lutte ? | Existe-t-il un club de lutte ?
                Est-il impossible de camper ? | Est-il possible de camper ?
                Peut-on toujours camper ? | Peut-on encore camper ?
                Combien de clubs aide la mairie ? | Combien de clubs aident la mairie ?
                Combien de clubs aide-t-on ? | Combien de clubs nous aident ?
                Quels clubs aidez-vous ? | Quels clubs vous aident ?
                """),
        PairTable(
            "prices",
            united: """
                Combien coûte un abonnement au gymnase ? | Quel est le prix d'un abonnement au gymnase ?
                Combien coûte la licence de judo ? | c'est combien la licence de judo
                Combien coûte la licence de judo ? | la licence de judo coûte combien ?
                La licence de judo est à combien ? | quel est le prix de la licence de judo
                Quel sera le prix du stère ? | combien coûtera le stère ?
                Combien va coûter le stère ? | Combien coûtera le stère ?
                Le stère revient à combien ? | quel est le prix du stère ?
                C'est quoi le prix du camping ? | ça coûte combien le camping
                """,
            apart: """
                Combien coûte la licence de judo ? | Combien coûtera la licence de judo ?
                Combien coûte la licence de judo ? | Combien de licences de judo ?
                Quel est le prix du stère ? | Quel sera le prix du stère ?
                Combien a coûté le gymnase ? | Combien coûte le gymnase ?
                Combien pèse le stère ? | Combien coûte le stère ?
                Combien coûte un abonnement d'un an ? | Combien coûte un abonnement d'un mois ?
                Quel est le prix du stère ? | Qui fixe le prix du stère ?
                Quel est le prix Nobel de chimie ? | Combien coûte la chimie ?
                Le prix du stère augmente ? | Quel est le prix du stère ?
                Pourquoi le stère coûte cher ? | Combien coûte le stère ?
                Combien coûtait le stère ? | Quel est le prix du stère ?
                Combien coûte la patinoire ? | Quel est le tarif de la patinoire ?
                Quel est le coût de la patinoire ? | Quel est le prix de la patinoire ?
                Combien coûte la visite au guide ? | Combien coûte le guide à la visite ?
                """),
        PairTable(
            "differences",
            united: """
                Quelle est la différence entre un moine et un ermite ? | c'est quoi la différence entre un moine et un ermite
                Quelle est la différence entre un moine et un ermite ? | Un moine et un ermite, c'est quoi la différence ?
                Quelle est la différence entre granite et basalte ? | différence entre basalte et granite ?
                Quelle est la différence entre granite et basalte ? | je vois pas la différence entre granite et basalte
                Granite et basalte sont différents en quoi ? | Quelle est la différence entre granite et basalte ?
                Quelle est la différence entre une roche acide et une roche basique ? | différence entre roche acide et basique ?
                granite / basalte c'est quoi la différence | Quelle différence entre granite et basalte ?
                """,
            apart: """
                Quelle est la différence entre granite et basalte ? | Y a-t-il une différence entre granite et basalte ?
                Quelle est la différence entre granite et basalte ? | Il n'y a pas de différence entre granite et basalte ?
                Quelle est la différence entre granite et basalte ? | Quelle est la différence entre granite et gneiss ?
                Pourquoi cette différence entre granite et basalte ? | Quelle est la différence entre granite et basalte ?
                Quelle est la différence d'âge entre granite et basalte ? | Quelle est la différence entre granite et basalte ?
                Comment mesurer la différence entre granite et basalte ? | Quelle est la différence entre granite et basalte ?
                Quelle est la ressemblance entre granite et basalte ? | Quelle est la différence entre granite et basalte ?
                La différence entre granite et basalte est-elle visible ? | Quelle est la différence entre granite et basalte ?
                Qui fait la différence entre granite et basalte ? | Quelle est la différence entre granite et basalte ?
                Quelle différence entre chat noir et chien blanc ? | Quelle différence entre chat blanc et chien noir ?
                """),
        PairTable(
            "one future",
            united: """
                Le loup va-t-il revenir ? | Le loup reviendra-t-il ?
                Qui va tondre les moutons ? | Qui tondra les moutons ?
                La halle va être repeinte ? | La halle sera repeinte ?
                Va-t-on replanter des haies ? | Replantera-t-on des haies ?
                Quand le bac va-t-il couler ? | Quand coulera le bac ?
                Les quais vont fermer en mars ? | les quais fermeront en mars ?
                Allez-vous vendre le moulin ? | Vendrez-vous le moulin ?
                Il va y avoir des gradins ? | y aura-t-il des gradins ?
                """,
            apart: """
                Le loup va revenir ? | Le loup revient ?
                Le loup va revenir ? | Le loup reviendrait ?
                Le loup allait revenir ? | Le loup reviendra ?
                Qui va chercher le médecin ? | Qui cherchera le médecin ?
                La halle va être repeinte ? | La halle a été repeinte ?
                La halle est repeinte ? | La halle sera repeinte ?
                Le loup ne va pas revenir ? | Le loup reviendra ?
                Qui va tondre les moutons ? | Les moutons vont tondre qui ?
                Allez-vous vendre le moulin ? | Va-t-on vendre le moulin ?
                Le bac peut couler ? | Le bac coulera ?
                Le maire va nommer le juge ? | Le juge nommera le maire ?
                """),
        PairTable(
            "when and where something takes place",
            united: """
                Quand a lieu le bal ? | c'est quand le bal ?
                Quand a lieu le bal ? | Le bal a lieu quand ?
                Quand aura lieu la vendange ? | Quand sera la vendange ?
                Où a lieu le bal des pompiers ? | C'est où le bal des pompiers ?
                C'est pour quand la vendange ? | C'est quand la vendange ?
                Quelle est la date du bal ? | Quand a lieu le bal ?
                À quelle date ouvre la chasse ? | quand ouvre la chasse ?
                À partir de quelle date ouvre la chasse ? | À partir de quand ouvre la chasse ?
                Quand la vaccination devient obligatoire ? | À partir de quand la vaccination est obligatoire ?
                """,
            apart: """
                Quand a lieu le bal ? | Où a lieu le bal ?
                Quand a lieu le bal ? | Quand a eu lieu le bal ?
                Quand a lieu le bal ? | Quand aura lieu le bal ?
                À quelle heure a lieu le bal ? | Quand a lieu le bal ?
                Jusqu'à quelle date ouvre la chasse ? | À partir de quelle date ouvre la chasse ?
                Quand la vaccination devient obligatoire ? | Pourquoi la vaccination devient obligatoire ?
                Le bal a-t-il lieu ? | Quand a lieu le bal ?
                Qui fixe la date du bal ? | Quelle est la date du bal ?
                Quelle est la date limite du bal ? | Quelle est la date du bal ?
                Quand finit le bal ? | Quand a lieu le bal ?
                """),
        PairTable(
            "features and telegrams",
            united: """
                Quelle est la durée du bail ? | Combien de temps dure le bail ?
                Quelle est la durée de validité du permis ? | le permis est valable combien de temps ?
                Quel est le nombre de ruches par hectare ? | Combien y a-t-il de ruches par hectare ?
                Le chalet, c'est quoi la surface ? | Quelle est la surface du chalet ?
                Qu'est-ce qu'une jachère ? | C'est quoi une jachère ?
                Qu'est-ce que c'est qu'une jachère ? | Qu'est-ce qu'une jachère ?
                À quoi sert le soufflet ? | le soufflet ça sert à quoi ?
                Harnais obligatoire ? | Le harnais est-il obligatoire ?
                Quel est le quota de bars pour 2031 ? | Quota de bars 2031 ?
                Quelle est la taille minimale du homard ? | taille mini du homard ?
                Quel délai pour obtenir un passeport ? | quel délai pour un passeport
                Combien de temps faut-il attendre pour un passeport ? | quel est le délai pour avoir un passeport
                Combien de temps pour tondre un pré ? | combien de temps faut-il pour tondre un pré ?
                Quand démarrent les semis ? | Quand commencent les semis ?
                La réunion annuelle est utile ? | La réunion par an est utile ?
                Combien de réunions par an ? | combien de reunions chaque annee
                Combien de cars passent tous les jours ? | combien de cars passent par jour ?
                Qu'est-ce qu'une jachère ? | Pouvez-vous nous réexpliquer ce qu'est une jachère ?
                Faut-il signer au moment du dépôt ? | faut il signer au dépôt
                Est-on obligé de signer le formulaire ? | c'est obligatoire de signer le formulaire ?
                """,
            apart: """
                Quelle est la durée du bail ? | Quelle est la date du bail ?
                Combien de temps dure le bail ? | Combien de temps durera le bail ?
                Le harnais est-il obligatoire ? | Pourquoi le harnais est-il obligatoire ?
                Combien de temps dure un passeport ? | Quel délai pour un passeport ?
                Combien de temps pour tondre un pré ? | Combien de temps faut-il attendre pour tondre un pré ?
                Harnais obligatoire ? | Harnais interdit ?
                Harnais obligatoire ? | Le harnais sera-t-il obligatoire ?
                Un harnais obligatoire ? | Le harnais est obligatoire ?
                Quel est le quota de bars pour 2031 ? | Quel est le quota de bars pour 2032 ?
                Quel est le budget voté en 2031 ? | Quel est le budget voté pour 2031 ?
                Votera-t-on le budget en 2031 ? | Votera-t-on le budget pour 2031 ?
                Taille minimale du homard ? | Taille maximale du homard ?
                À quoi sert le soufflet ? | À qui sert le soufflet ?
                À quoi sert le soufflet ? | À quoi servait le soufflet ?
                Quand débute le cours ? | Quand finit le cours ?
                Le débutant paie ? | Le commençant paie ?
                La réunion annuelle est utile ? | La réunion mensuelle est utile ?
                Combien de cars par jour ? | Combien de cars par semaine ?
                Faut-il signer au moment du dépôt ? | Faut-il signer avant le dépôt ?
                Est-on obligé de signer ? | Est-on obligé de ne pas signer ?
                Est-on obligé de signer ? | Est-il interdit de signer ?
                Le prix du lait va-t-il augmenter ? | Le prix du lait va-t-il baisser ?
                Le prix du lait va-t-il augmenter ? | Le lait est-il plus cher ?
                Le prix du lait va-t-il augmenter ? | Le lait sera-t-il moins cher ?
                Le prix du lait a-t-il augmenté ? | Le lait sera-t-il plus cher ?
                Le prix du lait va-t-il augmenter ? | La production du lait va-t-elle augmenter ?
                Pouvez-vous expliquer ce qu'est une jachère ? | Pouvez-vous expliquer à quoi sert une jachère ?
                Qui a le nombre de ruches ? | Combien y a-t-il de ruches ?
                """),
        PairTable(
            "slips that grammar gives away",
            united: """
                Pourquoi les brebis ont déserté ? | pk les brebis on déserté
                Les bergers ont droit à une prime ? | les bergers on droit a une prime ?
                Que deviendront les granges ? | que deviendrons les granges
                Pouvez-vous mettre le volet ? | pouvez vous metre le volet
                Le four va chauffer ? | le four va chauffé ?
                Peut-on monter un mur ? | peut on montre un mur
                À quelle heure passe le deuxième car ? | à quelle heure passe le 2e car
                La troisième coupe est sèche ? | la 3eme coupe est sèche ?
                Que devient le vin à 60 °C ? | que devient le vin à 60°c
                Combien de nids d'hirondelles bleues ? | combien de nid d'hirondelles bleues
                """,
            apart: """
                Pourquoi les brebis on les vend ? | Pourquoi les brebis ont les vents ?
                Le soir on dort ? | Le soir ont dort ?
                Que deviendrons-nous ? | Que deviendront-ils ?
                On montre un mur ? | On monte un mur ?
                La deuxième coupe est sèche ? | La troisième coupe est sèche ?
                Que devient le vin à 60 °C ? | Que devient le vin à 61 °C ?
                Combien mesure le mètre ? | Combien mesure le maître ?
                La pub est chère ? | Le pub est cher ?
                Où est le tour ? | Où est la tour ?
                Où est le moule ? | Où est la moule ?
                """),
        PairTable(
            "excuses and other courtesies",
            united: """
                Désolé d'insister mais le lavoir est-il propre ? | Le lavoir est-il propre ?
                Bonsoir à tous, merci pour la soirée, le lavoir est-il propre ? | le lavoir est il propre
                Je voulais savoir si le lavoir était propre. | Le lavoir est-il propre ?
                Je me demandais si le lavoir était propre | le lavoir est propre ?
                Quelqu'un sait si le lavoir est propre ? | le lavoir est-il propre ?
                Pourriez-vous nous indiquer si le lavoir est propre ? | le lavoir est-il propre ?
                Pour quelle raison le lavoir est-il propre ? | Pourquoi le lavoir est-il propre ?
                À quel endroit est le lavoir couvert ? | Où est le lavoir couvert ?
                """,
            apart: """
                Je voulais savoir si le lavoir était propre. | Le lavoir était-il propre ?
                Je voulais savoir si le lavoir sera propre. | Je voulais savoir si le lavoir était propre.
                Désolé mais le lavoir est sale ? | Désolé mais le lavoir est propre ?
                Le lavoir est propre mais petit ? | Le lavoir est petit ?
                Merci pour qui ? | Pour qui ?
                Quelqu'un sait nager ? | Sait-on nager ?
                Qui sait si le lavoir est propre ? | Le lavoir est propre ?
                Pour quelle saison le lavoir est-il propre ? | Pourquoi le lavoir est-il propre ?
                """),
        PairTable(
            "verbs before and behind what they speak of",
            united: """
                Comment sont triées les noix entre les villages ? | Comment les noix sont-elles triées entre les villages ?
                Quand ouvre la chasse au sanglier ? | Quand la chasse au sanglier ouvre-t-elle ?
                Où dort le berger pendant l'estive ? | Où le berger dort-il pendant l'estive ?
                Combien gagne un berger par mois ? | Un berger gagne combien par mois ?
                Pourquoi tombe la pluie sur le causse ? | Pourquoi la pluie tombe sur le causse ?
                Quand sera semé le blé après la pluie ? | Quand le blé sera-t-il semé après la pluie ?
                """,
            apart: """
                Où dort le berger pendant l'estive ? | Où le berger dort-il avant l'estive ?
                Pourquoi marche avant course ? | Pourquoi course avant marche ?
                Comment trier sans peser ? | Comment peser sans trier ?
                Quand les loups mordent ? | Quand mordre les loups ?
                Comment le patron licencie ? | Comment licencier le patron ?
                Comment le patron congédie ? | Comment congédier le patron ?
                Où dort le chien avec le chat ? | Où dort le chat avec le chien ?
                Pourquoi vote la ville pour la région ? | Pourquoi vote la région pour la ville ?
                Quand parle le juge au maire ? | Quand parle le maire au juge ?
                """),
    ]
}
