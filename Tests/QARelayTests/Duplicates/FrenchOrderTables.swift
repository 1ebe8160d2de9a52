// What French says short, puts first, or says around a question.

extension PairTable {
    static let frenchOrder = [
        PairTable(
            "letters for words",
            united: """
                Le plan local d'urbanisme sera-t-il révisé ? | le PLU sera t il révisé
                Les cours magistraux sont-ils filmés ? | les CM sont ils filmés
                Où trouver le dossier de consultation ? | ou trouver le dce
                Qui siège au centre communal d'action sociale ? | Qui siège au CCAS ?
                L'intelligence artificielle est-elle permise ? | l'IA est-elle permise
                Le TGV s'arrête-t-il au col ? | Le train à grande vitesse s'arrête-t-il au col ?
                C'est quoi la p-value ? | c koi la p valeur
                Ça tourne en prod ? | ça tourne en production ?
                """,
            apart: """
                Le PLU sera-t-il révisé ? | Le PLUi sera-t-il révisé ?
                Le plan local sera-t-il révisé ? | Le plan local d'urbanisme sera-t-il révisé ?
                Les cours magistraux sont-ils filmés ? | Les travaux dirigés sont-ils filmés ?
                C'est quoi la plus-value ? | C'est quoi la plus valeur ?
                """),
        PairTable(
            "what is put first",
            united: """
                En hiver, quelle piste damez-vous ? | Quelle piste damez-vous en hiver ?
                Pour les enfants c'est combien ? | c'est combien pour les enfants
                Dans le car on pourra payer par carte ? | Pourra-t-on payer par carte dans le car ?
                Vous avez quoi comme fromage ? | Quel fromage avez-vous ?
                En hiver vous avez quoi comme fromage ? | Quel fromage avez-vous en hiver ?
                Quel est le prix d'entrée au musée ? | Quel est le prix d'entrée du musée ?
                """,
            apart: """
                En hiver, quelle piste damez-vous ? | Quelle piste damez-vous en été ?
                Pour les enfants c'est combien ? | c'est combien pour les chiens
                Pour le berger on vote quand ? | Quand vote-t-on contre le berger ?
                Dans le car on parle du train ? | Dans le train on parle du car ?
                Sur le pont on pêche ? | On pêche sous le pont ?
                Vous avez quoi comme fromage ? | Vous avez quel vin ?
                Vous mangez quoi comme le berger ? | Vous mangez quel berger ?
                En partant on paie quoi ? | On paie quoi en arrivant ?
                Où est l'entrée du musée ? | Où est la sortie du musée ?
                """),
        PairTable(
            "what a thing is",
            united: """
                Pouvez-vous redonner la définition de la médiane ? | c'est quoi la médiane
                Quelle est la définition d'un quartile ? | c'est quoi un quartile
                On peut rappeler la définition de l'écart-type ? | Qu'est-ce que l'écart-type ?
                C'est quoi la définition d'une ellipse ? | c koi une ellipse
                Vous pouvez nous redonner la définition d'un vecteur ? | Qu'est-ce qu'un vecteur ?
                """,
            apart: """
                Quelle est la définition du taux de chômage ? | C'est quoi le taux de chômage ?
                Qui donne la définition de la médiane ? | C'est quoi la médiane ?
                Où trouver la définition de la médiane ? | C'est quoi la médiane ?
                Pouvez-vous changer la définition de la médiane ? | C'est quoi la médiane ?
                Quelle est la définition de la médiane ? | C'est quoi la moyenne ?
                Quelle est la définition du seuil d'alerte ? | C'est quoi le seuil d'alerte ?
                Pourquoi donner la définition de la médiane ? | C'est quoi la médiane ?
                La définition de la médiane est-elle au programme ? | C'est quoi la médiane ?
                """),
        PairTable(
            "who does not follow",
            united: """
                Je suis complètement perdue, comment greffer un pommier ? | Comment greffer un pommier ?
                Comment greffer un pommier ? | comment greffer un pommier, je suis perdu depuis 10 min
                Je suis larguée, c'est quoi un quartile ? | c'est quoi un quartile
                J'ai décroché, comment trouve-t-on la médiane ? | Comment trouve-t-on la médiane ?
                I'm lost, how do I graft an apple tree? | How do I graft an apple tree?
                """,
            apart: """
                Que faire si je suis perdu ? | Que faire ?
                Que faire du chien, je suis perdu ? | Que faire du chien si je suis perdu ?
                Mon chien est perdu, qui le cherche ? | Qui le cherche ?
                Je suis berger, comment greffer un pommier ? | Comment greffer un pommier ?
                Je suis perdu en forêt, qui appeler sur place ? | Qui appeler sur place ?
                Quand je suis perdu, qui appeler sur place ? | Qui appeler sur place ?
                Je suis perdu, comment greffer un pommier ? | Je suis perdu, comment greffer un poirier ?
                """),
        PairTable(
            "slips on a letter nobody hears, on a key, and on both sides",
            united: """
                Y aura-t-il une cart des sentiers ? | Y aura-t-il une carte des sentiers ?
                Quels sont les horaires de visute ? | Quels sont les horaires de visites ?
                Le four restrea-t-il chaud ? | Le four redtera-t-il chaud ?
                Quel sera le prix d'entére de la grotte ? | Quel sera le prix d'entrée de la grotte ?
                Un cetificat est valable combien de temps ? | Combien de temps est valable un certificat ?
                Quand la route du col sera-t-elle faite ? | quand la route du col sera faie
                Quand ouvre le nouvau lavoir ? | Quand le nouveau lavoir ouvre-t-il ?
                """,
            apart: """
                Le mall est grand ? | La malle est grande ?
                Le post est supprimé ? | Le poste est supprimé ?
                C'est quoi un struct en mémoire ? | C'est quoi un strict en mémoire ?
                Le plui est-il publié ? | La pluie est-elle publiée ?
                Quand la route du col est à faire ? | quand la route du col est faie
                La butane est-elle chère ? | La butine est-elle chère ?
                Un certificat coûte combien de temps ? | Combien de temps est valable un certificat ?
                """),
    ]
}
