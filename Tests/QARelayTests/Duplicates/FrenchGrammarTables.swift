// What the French sentence itself says: who does what, when, whether, and who asks.

extension PairTable {
    static let frenchGrammar = [
        PairTable(
            "question words",
            united: """
                Quand est-ce que le puits gèle ? | Quand gèle le puits ?
                Quand est-ce que le puits gèle ? | quand le puits gèle-t-il ?
                Qu'est-ce que vous plantez ? | Que plantez-vous ?
                Combien coûte un cercueil ? | Un cercueil coûte combien ?
                Où est-ce que les bergers dorment ? | Où dorment les bergers ?
                Pourquoi est-ce que le cuivre verdit ? | Pourquoi le cuivre verdit ?
                Comment se nomme le cheval ? | Comment le cheval se nomme-t-il ?
                À quelle heure ouvre la boucherie ? | Vers quelle heure ouvre la boucherie ?
                Qui est-ce qui sonne les cloches ? | Qui sonne les cloches ?
                C'est qui qui sonne les cloches ? | qui sonne les cloches
                Est-ce que le seigle pousse ? | Le seigle pousse-t-il ?
                C'est quoi une jachère ? | c quoi une jachere
                Depuis quand le lavoir est couvert ? | depuis quand le lavoir est-il couvert ?
                """,
            apart: """
                Qui soigne le bétail ? | Quand soigne-t-on le bétail ?
                Où dort le chien ? | Quand dort le chien ?
                Comment on cuit le riz ? | Pourquoi on cuit le riz ?
                Quel jour ouvre la boucherie ? | À quelle heure ouvre la boucherie ?
                Depuis quand le pont est ouvert ? | Jusqu'à quand le pont est ouvert ?
                Combien de temps dure la visite ? | Combien de fois dure la visite ?
                À partir de quand on peut nager ? | Jusqu'à quand on peut nager ?
                D'où part le bateau ? | Où part le bateau ?
                Par où passe le tram ? | Où passe le tram ?
                Quoi planter en mars ? | Où planter en mars ?
                Lequel choisir ? | Que choisir ?
                De quoi vit le village ? | Que vit le village ?
                Que sème-t-on ? | Qui sème ?
                Combien pèse la valise ? | Comment peser la valise ?
                Le fermier vend son lait ? | Où le fermier vend son lait ?
                """),
        PairTable(
            "negation",
            united: """
                Pourquoi la pompe ne marche pas ? | pourquoi la pompe marche pas
                Pourquoi on n'arrose pas les rosiers ? | pk on arrose pas les rosiers
                Le laitier ne passe plus le mardi ? | le laitier ne passe plus le mardi ?
                Qui n'a pas signé la pétition ? | qui n'a pas signé la pétition svp
                On ne boit jamais l'eau du puits ? | on boit jamais l'eau du puits
                Rien ne repousse après l'incendie ? | rien ne repousse apres lincendie
                Pourquoi ne pas vendre le presbytère ? | pourquoi ne pas vendre le presbytere
                L'horloge ne sonne pas la nuit ? | L'horloge ne sonne-t-elle pas la nuit ?
                Le coq ne chante pas ? | Le coq ne chante-t-il pas ?
                Pourquoi l'horloge n'avance plus ? | pourquoi lhorloge navance plus
                Qui ne mange jamais de viande ? | qui ne mange jamais de viande svp
                """,
            apart: """
                Pourquoi la pompe marche ? | Pourquoi la pompe ne marche pas ?
                Qui a signé la pétition ? | Qui n'a pas signé la pétition ?
                Le laitier ne passe plus ? | Le laitier ne passe pas ?
                On ne boit jamais de vin ? | On ne boit pas de vin ?
                On ne boit plus de lait ? | On boit plus de lait ?
                Le train ne part que le soir ? | Le train ne part pas le soir ?
                C'est sans sucre ? | C'est du sucre ?
                Aucun bateau ne rentre ? | Le bateau rentre ?
                Personne ne surveille la plage ? | La personne surveille la plage ?
                Rien ne change ? | Ça change ?
                Les non-membres paient ? | Les membres paient ?
                Peut-on venir et ne pas manger ? | Peut-on ne pas venir et manger ?
                Pourquoi le four chauffe et le frigo ne marche pas ? | Pourquoi le four ne chauffe pas et le frigo marche ?
                Il faut pas arroser ? | Il faut arroser ?
                """),
        PairTable(
            "modality",
            united: """
                Peut-on camper dans la dune ? | on peut camper dans la dune ?
                Doit-on vacciner les lapins ? | On doit vacciner les lapins ?
                Pourrait-on replanter des haies ? | on pourrait replanter des haies
                Devra-t-on ramoner chaque année ? | on devra ramoner chaque annee
                Est-ce qu'il faudrait tailler le figuier ? | il faudrait tailler le figuier ?
                Voulez-vous agrandir la grange ? | vous voulez agrandir la grange ?
                Le cygne peut mordre ? | Le cygne peut-il mordre ?
                Peut-on cueillir les jonquilles ? | est-ce qu'on peut cueillir les jonquilles ?
                Les enfants doivent-ils porter un gilet ? | les enfants doivent porter un gilet ?
                Devrait-on clôturer l'étang ? | on devrait cloturer letang
                Est-ce que le vent pourra tourner ? | le vent pourra-t-il tourner ?
                """,
            apart: """
                On peut camper ? | On doit camper ?
                Faut-il saler l'eau ? | Peut-on saler l'eau ?
                On pourrait replanter ? | On peut replanter ?
                Il faudrait semer ? | Il faut semer ?
                Doit-on vacciner les lapins ? | Devrait-on vacciner les lapins ?
                Vous voulez vendre ? | Vous devez vendre ?
                On pourra nager ? | On devra nager ?
                Est-il obligatoire de nager ? | Est-il possible de nager ?
                Est-il permis de fumer ? | Est-il interdit de fumer ?
                Le vin peut geler ? | Le vin va geler ?
                On sait nager ? | On peut nager ?
                Le juge pouvait refuser ? | Le juge peut refuser ?
                Fallait-il abattre le frêne ? | Faudra-t-il abattre le frêne ?
                """),
        PairTable(
            "tense by auxiliaries",
            united: """
                Le pêcheur a-t-il vendu sa barque ? | le pecheur a vendu sa barque ?
                Qui va réparer le toit ? | qui va réparer le toit svp
                Le moulin sera-t-il restauré ? | le moulin sera restauré ?
                Où était rangé le drapeau ? | ou etait range le drapeau
                Avez-vous goûté le cidre ? | vous avez goûté le cidre ?
                Quand seront cueillies les pommes ? | Quand les pommes seront-elles cueillies ?
                Les loups vont-ils revenir ? | les loups vont revenir ?
                La source avait-elle tari ? | la source avait tari ?
                Le forgeron avait-il des apprentis ? | le forgeron avait des apprentis ?
                Aura-t-on fini la moisson ? | on aura fini la moisson ?
                Est-ce que les noix sont tombées ? | les noix sont tombees
                Qui serait intéressé par un jumelage ? | qui serait interesse par un jumelage
                """,
            apart: """
                Le loyer a baissé ? | Le loyer va baisser ?
                Qui a réparé le toit ? | Qui va réparer le toit ?
                Le moulin est restauré ? | Le moulin sera restauré ?
                Où était rangé le drapeau ? | Où sera rangé le drapeau ?
                Le musée a fermé ? | Le musée avait fermé ?
                Les loups vont revenir ? | Les loups sont revenus ?
                On va planter des saules ? | On a planté des saules ?
                La barque serait vendue ? | La barque est vendue ?
                Vous aurez fini ? | Vous avez fini ?
                Il allait pleuvoir ? | Il va pleuvoir ?
                La salle fut vendue ? | La salle est vendue ?
                Le gel a tué les abricots ? | Le gel tuera les abricots ?
                """),
        PairTable(
            "tense in the verb itself",
            united: """
                Quand ouvrira le refuge ? | quand le refuge ouvrira-t-il ?
                Qui nourrissait les pigeons ? | qui nourissait les pigeons
                Que dirait le médecin ? | que dirait le medecin
                Où habitaient les tisserands ? | où les tisserands habitaient-ils ?
                Le berger redescendra en octobre ? | le berger redescendra t il en octobre
                Comment vivaient les mineurs ? | comment vivaient les mineurs svp
                Où jouera la fanfare ? | où la fanfare jouera-t-elle ?
                Le meunier livrait les fermes ? | le meunier livrait-il les fermes ?
                Qui chantait aux noces ? | qui chantait aux noces ?
                Les brebis mettront bas en mars ? | les brebis mettront-elles bas en mars ?
                Pourquoi tremblerait le plancher ? | pourquoi le plancher tremblerait-il ?
                Combien rapportait la pêche ? | combien rapportait la peche
                """,
            apart: """
                Qui payait la cantine ? | Qui paie la cantine ?
                Qui paiera la cantine ? | Qui paie la cantine ?
                Qui paierait la cantine ? | Qui paiera la cantine ?
                Quand ouvrait la poste ? | Quand ouvrira la poste ?
                Pourquoi la forge fermait à midi ? | Pourquoi la forge ferme à midi ?
                Où mangeaient les ouvriers ? | Où mangent les ouvriers ?
                Où mangeront les ouvriers ? | Où mangent les ouvriers ?
                Comment travaillaient les mineurs ? | Comment travaillent les mineurs ?
                Combien coûtait le ticket ? | Combien coûtera le ticket ?
                Le car passera par le bourg ? | Le car passerait par le bourg ?
                Que dirait le médecin ? | Que dira le médecin ?
                Qui gagnera la course ? | Qui gagna la course ?
                Le loyer augmente ? | Le loyer augmentait ?
                Les trains roulaient la nuit ? | Les trains rouleront la nuit ?
                """),
        PairTable(
            "who does what to whom",
            united: """
                Le chien garde-t-il la ferme ? | le chien garde la ferme ?
                Qui apprend le latin aux novices ? | qui apprend le latin aux novices ?
                À qui appartient le verger ? | a qui appartient le verger
                Avec qui danse la mariée ? | avec qui danse la mariee
                Le client rappelle le vendeur ? | est-ce que le client rappelle le vendeur ?
                De qui dépend le gardien ? | de qui depend le gardien
                Le notaire représente-t-il les héritiers ? | le notaire représente les héritiers ?
                Contre qui plaide la commune ? | contre qui plaide la commune svp
                Chez qui loge le stagiaire ? | chez qui loge le stagiaire
                Le loup attaque-t-il le troupeau ? | est-ce que le loup attaque le troupeau ?
                Qui se méfie du renard ? | qui se mefie du renard
                Les abeilles pollinisent-elles le colza ? | les abeilles pollinisent le colza ?
                """,
            apart: """
                À qui parle le juge ? | Qui parle au juge ?
                De qui dépend le musée ? | Qui dépend du musée ?
                Avec qui travaille le vétérinaire ? | Qui travaille avec le vétérinaire ?
                Contre qui joue Caen ? | Qui joue contre Caen ?
                Chez qui habite le témoin ? | Qui habite chez le témoin ?
                Sur qui compte le club ? | Qui compte sur le club ?
                De qui se plaint le voisin ? | Qui se plaint du voisin ?
                Pour qui vote le syndicat ? | Qui vote pour le syndicat ?
                Qui a la clé ? | À qui la clé ?
                Qui choisit le jury ? | Le jury choisit qui ?
                Le fermier nourrit le chien ? | Le chien nourrit le fermier ?
                Le locataire doit prévenir le propriétaire ? | Le propriétaire doit prévenir le locataire ?
                L'évêque est remplacé par le curé ? | Le curé est remplacé par l'évêque ?
                Le fils doit de l'argent au père ? | Le père doit de l'argent au fils ?
                """),
        PairTable(
            "persons",
            united: """
                Pouvez-vous nous aider ? | vous pouvez nous aider ?
                Est-ce que je dois amener mon chien ? | je dois amener mon chien ?
                Devons-nous garder nos bottes ? | nous devons garder nos bottes ?
                Votre fille chante ? | votre fille chante-t-elle ?
                Qui vous coiffe ? | qui vous coiffe svp
                On nous attend où ? | ou on nous attend
                Vous dormez où ? | vous dormez ou
                Mon père peut-il venir ? | mon pere peut il venir
                Que pensez-vous de nos vins ? | que pensez vous de nos vins
                Pouvez-vous me montrer vos outils ? | vous pouvez me montrer vos outils ?
                Nous remboursera-t-on les semences ? | nous remboursera t on les semences
                """,
            apart: """
                Pouvons-nous vous aider ? | Pouvez-vous nous aider ?
                Qui vous paie ? | Qui payez-vous ?
                Qui je paie ? | Qui me paie ?
                Est-ce que nous vous appelons ? | Est-ce que vous nous appelez ?
                Qui nous écoute ? | Qui écoutons-nous ?
                Est-ce que je vous rembourse ? | Est-ce que vous me remboursez ?
                Tu me prêtes le vélo ? | Je te prête le vélo ?
                Pourquoi vous nous surveillez ? | Pourquoi nous vous surveillons ?
                Est-ce qu'il vous écoute ? | Est-ce que vous l'écoutez ?
                Mon fils et votre fille dansent ? | Votre fils et ma fille dansent ?
                Vous payez la tombola ? | On paie la tombola ?
                Nous payons la tombola ? | On paie la tombola ?
                Qui vous a opéré ? | Qui nous a opérés ?
                Vous vous levez quand ? | Vous levez quand ?
                """),
        PairTable(
            "what stands before the verb and what behind it",
            united: """
                Quand arrivent les saisonniers ? | Quand les saisonniers arrivent-ils ?
                Où sont cachés les œufs ? | Où les œufs sont-ils cachés ?
                Comment fonctionne l'écluse ? | Comment l'écluse fonctionne-t-elle ?
                Pourquoi aboie le chien ? | Pourquoi le chien aboie ?
                Combien gagne un bûcheron ? | Un bûcheron gagne combien ?
                Quand se réveille la marmotte ? | Quand la marmotte se réveille-t-elle ?
                Depuis quand sonne la cloche ? | Depuis quand la cloche sonne-t-elle ?
                Où se cachent les loutres ? | Où les loutres se cachent-elles ?
                Comment se soigne la gale ? | Comment la gale se soigne-t-elle ?
                Pourquoi fume la cheminée ? | pourquoi la cheminée fume-t-elle
                Quand sera semé le lin ? | Quand le lin sera-t-il semé ?
                D'où viennent ces galets ? | D'où ces galets viennent-ils ?
                """,
            apart: """
                Combien d'élèves par professeur ? | Combien de professeurs par élève ?
                Combien d'euros pour un dollar ? | Combien de dollars pour un euro ?
                Pourquoi Lyon avant Paris ? | Pourquoi Paris avant Lyon ?
                Pourquoi le bus plutôt que le tram ? | Pourquoi le tram plutôt que le bus ?
                Comment financer sans emprunter ? | Comment emprunter sans financer ?
                Pourquoi voter sans débattre ? | Pourquoi débattre sans voter ?
                Combien de litres dans un gallon ? | Combien de gallons dans un litre ?
                Où dormir après manger ? | Où manger après dormir ?
                Quand arroser après tailler ? | Quand tailler après arroser ?
                Pourquoi la ville contre la région ? | Pourquoi la région contre la ville ?
                Quand les juges convoquent ? | Quand convoquer les juges ?
                Pourquoi les parents aident les enfants ? | Pourquoi les enfants aident les parents ?
                """),
    ]
}
