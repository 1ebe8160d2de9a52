// How French is typed on a phone.

extension PairTable {
    static let frenchTyping = [
        PairTable(
            "phones' French without accents and apostrophes",
            united: """
                Où sont rangées les échelles ? | ou sont rangees les echelles
                Pourquoi le marché a-t-il été déplacé ? | pourquoi le marche a t il ete deplace
                L'été, la bibliothèque est-elle fermée ? | l ete la bibliotheque est elle fermee
                Qu'est-ce qu'on plante en février ? | quest ce quon plante en fevrier
                Quand répare-t-on la chaudière ? | quand repare t on la chaudiere
                Combien coûte l'élagage du chêne ? | combien coute lelagage du chene
                À quelle heure arrive le médecin ? | a quelle heure arrive le medecin
                Peut-on pêcher à côté du barrage ? | peut on pecher a cote du barrage
                Où s'arrête le train de nuit ? | ou sarrete le train de nuit
                Quel âge a l'église ? | quel age a leglise
                Qui a décidé d'abattre les hêtres ? | qui a decide dabattre les hetres
                Comment protège-t-on les abeilles l'hiver ? | comment protege t on les abeilles lhiver
                Est-ce que l'hôpital reçoit le dimanche ? | est ce que lhopital recoit le dimanche
                Faut-il éteindre le four à pain ? | faut il eteindre le four a pain
                Combien de plaintes par mois à la gendarmerie ? | combien de plaintes par mois a la gendarmérie
                Quels arbres ont été abattus ? | quels arbre on été abattu
                Ils ont prévenu les voisins ? | ils on prevenu les voisins
                Où est la table carrelée ? | ou est la table carelée
                Combien de cars par jour ? | combien de car par jours
                Quels horaires pour les lignes de cars ? | quels horaires pour les lignes de car
                Combien de trains vont à Saint-Malo ? | combien de trains vont a st malo
                """,
            apart: """
                Où sont rangées les échelles ? | ou sont vendues les echelles
                Pourquoi le marché a-t-il été déplacé ? | pourquoi le marche va etre deplace
                L'été, la bibliothèque est-elle fermée ? | lhiver la bibliotheque est elle fermee
                Qu'est-ce qu'on plante en février ? | quand on plante en fevrier
                Quand répare-t-on la chaudière ? | quand a ton repare la chaudiere
                Combien coûte l'élagage d'un chêne ? | combien dure lelagage dun chene
                À quelle heure arrive le médecin ? | quel jour arrive le medecin
                Peut-on pêcher à côté du barrage ? | peut on pecher en amont du barrage
                Où s'arrête le train de nuit ? | quand sarrete le train de nuit
                Quel âge a l'église ? | quel nom a leglise
                Qui a décidé d'abattre les hêtres ? | quand a ton decide dabattre les hetres
                Comment protège-t-on les abeilles l'hiver ? | pourquoi protege t on les abeilles lhiver
                Est-ce que l'hôpital reçoit le dimanche ? | est ce que lhopital recoit le samedi
                Faut-il éteindre le four à pain ? | faut il allumer le four a pain
                """),
        PairTable(
            "messages in phone spelling",
            united: """
                Combien coûte la carte de pêche ? | cb coute la carte de peche
                Pourquoi la chasse est interdite ? | pk la chasse est interdite
                Quand revient le facteur ? | qd revient le facteur
                Qui garde les moutons ? | ki garde les moutons
                Comment on nourrit les poules ? | cmt on nourrit les poules
                Pourquoi le tambour s'arrête ? | pkoi le tambour s'arrete
                Est-ce que tous les bateaux rentrent ? | eske ts les bateaux rentrent
                Y a-t-il un rendez-vous pour le vaccin ? | ya til un rdv pr le vaccin
                Il y a beaucoup de champignons dans la forêt ? | ya bcp de champignons ds la foret
                Quel vin servir avec l'agneau ? | kel vin servir avec lagneau
                C'est quand la fête du village ? | c qd la fete du village
                Qu'est-ce qu'on mange pendant la sieste ? | keskon mange pdt la sieste
                Le vétérinaire vient aujourd'hui ? | le veterinaire vient ajd
                Combien de temps dure la cuisson ? | cb de tps dure la cuisson
                """,
            apart: """
                Combien coûte la carte de pêche ? | pk coute la carte de peche
                Pourquoi la chasse est interdite ? | qd la chasse est interdite
                Quand revient le facteur ? | cmt revient le facteur
                Qui garde les moutons ? | pk garde les moutons
                Comment on nourrit les poules ? | qd on nourrit les poules
                Combien de temps dure la cuisson ? | cb de fois dure la cuisson
                Il y a beaucoup de champignons dans la forêt ? | ya tjs des champignons ds la foret
                Le vétérinaire vient aujourd'hui ? | le veterinaire vient mtn
                Quel vin servir avec l'agneau ? | ki servir avec lagneau
                Le boulanger livre avant midi ? | le boulanger livre apr midi
                Les vaches sortent toujours ? | les vaches sortent bcp
                Il faut 10 min de cuisson ? | il faut 10 minimum de cuisson
                """),
        PairTable(
            "capitals and punctuation",
            united: """
                Le phare est-il habité ? | LE PHARE EST-IL HABITÉ ?
                Le phare est-il habité ? | LE PHARE EST IL HABITE
                Qui répare les horloges ? | qui répare les horloges
                Qui répare les horloges ? | Qui répare les horloges ???
                Quand sème-t-on le blé ? | quand sème-t-on le blé !
                Où dort le gardien du phare ? | Où dort le gardien du phare…
                Combien pèse une tuile ? | Combien pèse une tuile?
                L’eau du puits est potable ? | L'eau du puits est potable?
                Est-ce que la cheminée tire ? | est ce que la cheminée tire .
                Qui élève des chèvres ? | Qui… élève des chèvres ?
                Le pain, il est cuit au bois ? | le pain il est cuit au bois
                Pourquoi fermer l'écluse ? | Pourquoi fermer l'écluse ?!
                """,
            apart: """
                Le phare est-il habité ? | LE PHARE EST-IL HABITABLE ?
                Qui répare les horloges ? | QUI VEND LES HORLOGES
                Quand sème-t-on le blé ? | COMMENT SÈME-T-ON LE BLÉ ?
                Où dort le gardien du phare ? | QUAND DORT LE GARDIEN DU PHARE ?
                Combien pèse une tuile ? | COMBIEN COUTE UNE TUILE
                L’eau du puits est potable ? | L’EAU DU PUITS EST PARTAGÉE ?
                Est-ce que la cheminée tire ? | EST-CE QUE LA CHEMINÉE FUME ?
                Qui élève des chèvres ? | QUI ACHÈTE DES CHÈVRES ?
                Pourquoi fermer l'écluse ? | QUAND FERMER L'ÉCLUSE ?
                Le pain, il est cuit au bois ? | LE PAIN EST CUIT AU GAZ ?
                Monsieur Delmas est guéri ? | MONSIEUR DELMAR EST GUERI
                La rue Verlaine est sombre ? | LA RUE VERLANE EST SOMBRE
                """),
        PairTable(
            "politeness before and after",
            united: """
                J'ai pas compris. Qui est élu ? | qui est élu ?
                C'est quoi le remembrement ? | j'ai pas compris. vous pouvez redire ce qu'est le remembrement
                Quand nettoie-t-on les gouttières ? | Bonjour, quand nettoie-t-on les gouttières ? Merci
                Quand nettoie-t-on les gouttières ? | svp quand nettoie t on les gouttieres
                Qui paie le vitrier ? | Bonsoir, j'aimerais savoir qui paie le vitrier, merci d'avance
                Les cerises sont mûres ? | Excusez-moi, est-ce que les cerises sont mûres ?
                Combien de ruches possède le couvent ? | Pouvez-vous nous dire combien de ruches possède le couvent ?
                Où trouver du miel de bruyère ? | Je voudrais savoir où trouver du miel de bruyère svp
                Pourquoi les hirondelles partent ? | Une question : pourquoi les hirondelles partent ?
                Le cidre se conserve combien de temps ? | bjr le cidre se conserve combien de temps ? mrc
                Le moulin tourne encore ? | Merci pour cette présentation ! Le moulin tourne encore ?
                Comment ramasse-t-on les coques ? | Bravo ! Comment ramasse-t-on les coques ?
                Qui forme les apprentis tonneliers ? | Savez-vous qui forme les apprentis tonneliers ?
                Le lait est-il cru ? | Très bonne conférence. Le lait est-il cru ?
                À quelle heure se lève le boulanger ? | salut à tous, à quelle heure se lève le boulanger ?
                Le chêne vaut-il plus que le hêtre ? | J'ai une question. Le chêne vaut-il plus que le hêtre ?
                """,
            apart: """
                Bonjour, quand nettoie-t-on les gouttières ? | Bonjour, qui nettoie les gouttières ?
                Bonsoir, qui paie le vitrier ? Merci | Bonsoir, qui choisit le vitrier ? Merci
                Je voudrais savoir où trouver du miel svp | Je voudrais savoir comment trouver du miel svp
                Une question : pourquoi les hirondelles partent ? | Une question : quand les hirondelles partent ?
                Merci ! Le moulin tourne encore ? | Merci ! Le moulin a tourné ?
                Faut-il voter oui au référendum ? | Faut-il voter au référendum ?
                Est-ce le bon numéro ? | Est-ce le numéro ?
                Le bon de commande est arrivé ? | La commande est arrivée ?
                Doit-on dire bonjour en entrant ? | Doit-on dire merci en entrant ?
                Faut-il demander pardon ? | Faut-il demander ?
                Le stade est ouvert à tous ? | Le stade est ouvert ?
                Les repas sont offerts à tous ? | Les repas sont offerts ?
                Le vaccin protège tout le monde ? | Le vaccin protège ?
                Faut-il d'abord payer ? | Faut-il payer ?
                Combien vaut le cours de l'or ? | Combien vaut le cours ?
                Pourquoi voter oui ? | Pourquoi voter ?
                Monsieur le directeur est absent ? | Madame la présidente est absente ?
                Le travail. Qui contrôle ? | La présentation. Qui contrôle ?
                """),
        PairTable(
            "two questions in one message",
            united: """
                Où loue-t-on des skis ? Et combien ça coûte ? | ou loue t on des skis et combien ça coute
                Qui arbitre ? Et où a lieu le match ? | qui arbitre et où a lieu le match
                Quand rentre le bois ? Qui le coupe ? | quand rentre le bois, qui le coupe
                Comment soigner une morsure ? Faut-il recoudre ? | comment soigner une morsure ? faut il recoudre
                Le poulailler est-il chauffé ? Est-il gardé ? | le poulailler est il chauffé, est il gardé ?
                Pourquoi tailler la vigne ? Quand la traiter ? | pk tailler la vigne ? qd la traiter ?
                Qui joue du violon ? Depuis quand ? | qui joue du violon, depuis quand
                J'ai un potager. Quand semer les fèves ? | j'ai un potager quand semer les feves ?
                Le puits est-il profond ? Est-il vide ? | le puits est il profond ? est il vide ?
                Qui tient l'auberge ? Quand ferme-t-elle ? | qui tient lauberge ? quand ferme t elle ?
                Où sont les ruches ? Combien y en a-t-il ? | ou sont les ruches ? combien y en a t il
                Bonjour. Où dormir ? Comment y aller ? | ou dormir ? comment y aller ?
                """,
            apart: """
                Où loue-t-on des skis ? Et combien ça coûte ? | Où loue-t-on des skis ?
                Où loue-t-on des skis ? Et combien ça coûte ? | Combien coûtent les skis ?
                Qui arbitre ? Et où a lieu le match ? | Qui arbitre ? Et quand a lieu le match ?
                Quand rentre le bois ? Qui le coupe ? | Qui rentre le bois ? Quand le coupe-t-on ?
                Peut-on manger ? Doit-on payer ? | Doit-on manger ? Peut-on payer ?
                La grange est vide ? L'étable sera vendue ? | La grange sera vide ? L'étable est vendue ?
                Où manger ? Quand dormir ? | Quand manger ? Où dormir ?
                Pourquoi tailler la vigne ? Quand la traiter ? | Quand tailler la vigne ? Pourquoi la traiter ?
                Je peux nager et vous devez courir ? | Je dois nager et vous pouvez courir ?
                Le chat dort ? Le chien ne mange pas ? | Le chat ne dort pas ? Le chien mange ?
                Qui joue du violon ? Depuis quand ? | Qui joue du violon ? Jusqu'à quand ?
                J'ai un potager. Quand semer les fèves ? | J'ai une serre. Quand semer les fèves ?
                """),
        PairTable(
            "slips of the fingers: two letters swapped",
            united: """
                Qui soigne les chevaux de trait ? | qui sogine les chevaux de trait
                Comment vieillit le fromage de brebis ? | comment vieillit le frmoage de brebis
                Où pousse la lavande ? | où pousse la lavnade
                Quand démolit-on la passerelle ? | quand démolit-on la passeerlle
                Les tortues hibernent longtemps ? | les totrues hibernent longtemps
                Pourquoi la rivière déborde ? | pourquoi la rivèire déborde
                Combien mesure la cathédrale ? | combien mesure la cathédarle
                Qui entretient le cimetière ? | qui entretient le cimteière
                Le charpentier est parti ? | le chapretnier est parti
                Quand mûrissent les framboises ? | qaund mûrissent les framboises
                Pourquoi tondre les moutons ? | pourqoui tondre les moutons
                Combien de marches compte le clocher ? | comiben de marches compte le clocher
                """,
            apart: """
                Le signe est visible ? | Le singe est visible ?
                Où est la poudre ? | Où est la poutre ?
                Les cornes sont lourdes ? | Les crosnes sont lourdes ?
                La corbeille est pleine ? | La corneille est pleine ?
                Le chantier est bruyant ? | Le chanteur est bruyant ?
                La crevette est grise ? | La cuvette est grise ?
                Le plombier est arrivé ? | Le pompier est arrivé ?
                L'argile est humide ? | L'agile est humide ?
                La perdrix est blessée ? | La perruche est blessée ?
                Le bouchon est coincé ? | Le buisson est coincé ?
                Les tuiles sont cassées ? | Les truies sont cassées ?
                Le bateau est amarré ? | Le râteau est amarré ?
                """),
        PairTable(
            "slips of the fingers: a letter missing, doubled or from the next key",
            united: """
                Qui accorde les pianos de concert ? | qui accorde les piaos de concert
                Comment s'habillait le meunier ? | comment s'habillait le meuniier
                Où achète-t-on des bougies ? | où achète-t-on des bougiees
                Le chirurgien opère le lundi ? | le chirugien opère le lundi
                Quand vendange-t-on le muscat ? | quand vendange-t-on le muscaat
                Combien de wagons tire la locomotive ? | combien de wagons tire la locomotivve
                La bibliothèque prête des partitions ? | la bibliothèqe prête des partitions
                Pourquoi la colline est interdite ? | pourquoi la colinee est interdite
                Qui restaure la fresque ? | qui restzure la fresque
                Où poussent les orchidées ? | où poussent les orchodées
                Comment isoler le grenier ? | comment isoler le greniet
                Le cordonnier ressemelle les bottines ? | le cordonier ressemelle les bottines
                Quel accordeur pour la guitare ? | quel accordeut pour la guitare
                Où range-t-on la place du marché ? | où range-t-on la plac du marché
                """,
            apart: """
                Le poison est dans le sac ? | Le poisson est dans le sac ?
                Le coussin est bleu ? | Le cousin est bleu ?
                On sert le dessert ? | On sert le désert ?
                Le bouton est rouge ? | Le mouton est rouge ?
                La balle est perdue ? | La malle est perdue ?
                Le carton est plein ? | Le canton est plein ?
                La route est longue ? | La voûte est longue ?
                La louche est trouvée ? | La bouche est trouvée ?
                Le râteau est cassé ? | Le gâteau est cassé ?
                La racine est coupée ? | La ravine est coupée ?
                Le tamis est neuf ? | Le tapis est neuf ?
                La douche est froide ? | La bouche est froide ?
                Le conseil donne un avis ? | Le consul donne un avis ?
                Les hôtes sont prévenus ? | Les hottes sont prévenues ?
                La fourche est vendue ? | La fourchu est vendue ?
                """),
    ]
}
