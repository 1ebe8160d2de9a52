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
                C'est quoi la p-value ? | c koi la p valeur
                Ça tourne en prod ? | ça tourne en production ?
                Le TGV s'arrête-t-il au col ? | Le train à grande vitesse s'arrête-t-il au col ?
                Quel délai pour un rendez-vous en ophtalmologie ? | quel délai pour un rdv en ophralmo
                """,
            apart: """
                Le PLU sera-t-il révisé ? | Le PLUi sera-t-il révisé ?
                Le plan local sera-t-il révisé ? | Le plan local d'urbanisme sera-t-il révisé ?
                Les cours magistraux sont-ils filmés ? | Les travaux dirigés sont-ils filmés ?
                C'est quoi la plus-value ? | C'est quoi la plus valeur ?
                Il reste combien de cm ? | Il reste combien de cours magistraux ?
                Quel est votre SMIC ? | Quel est votre salaire minimum ?
                Quelle est la CAF de la commune ? | Quelle est la caisse d'allocations familiales de la commune ?
                Qui finance votre VAE ? | Qui finance votre vélo à assistance électrique ?
                Les travaux dirigés par le maire sont finis ? | Les TD par le maire sont finis ?
                La mater ferme à 16h ? | La maternelle ferme à 16h ?
                """),
        PairTable(
            "what is put first, and what is left unsaid",
            united: """
                En hiver, quelle piste avez-vous ? | Quelle piste avez-vous en hiver ?
                Vous avez quoi comme fromage ? | Quel fromage avez-vous ?
                En hiver vous avez quoi comme fromage ? | Quel fromage avez-vous en hiver ?
                Quel est le prix d'entrée au musée ? | Quel est le prix d'entrée du musée ?
                Quel est le tarif d'entrée à la grotte ? | Quel est le tarif d'entrée de la grotte ?
                """,
            apart: """
                En hiver, quelle piste avez-vous ? | Quelle piste avez-vous en été ?
                En cours vous avez quels projets ? | Vous avez quels projets en cours ?
                En Allemagne, qui émigre ? | Qui émigre en Allemagne ?
                En Ukraine, qui envoie des armes ? | Qui envoie des armes en Ukraine ?
                En 2025, vous avez promis de construire une école ? | Vous avez promis de construire une école en 2025 ?
                Pour le maire, qui vote ? | Qui vote pour le maire ?
                Pour rappel, quel est le délai ? | Quel est le délai pour le rappel ?
                En clair, vous stockez les mots de passe ? | Vous stockez les mots de passe en clair ?
                À la mairie, qui envoie le dossier ? | Qui envoie le dossier à la mairie ?
                Sur scène, vous parlez du travail ? | Vous parlez du travail sur scène ?
                Vous avez quoi comme fromage ? | Vous avez quel vin ?
                Vous recommandez quoi comme médecin ? | Vous recommandez quel médecin ?
                Vous avez quoi, comme médecin ? | Vous avez quel médecin ?
                Combien d'entrées a fait le film ? | Combien d'entrées fait le film ?
                Où est l'entrée du musée ? | Où est la sortie du musée ?
                La définition de l'image est bonne ? | C'est quoi l'image ?
                """),
        PairTable(
            "who does not follow",
            united: """
                Je suis complètement perdue, c'est quoi un quartile ? | c'est quoi un quartile
                Pouvez-vous expliquer le quartile ? | pouvez vous expliquer le quartile, je suis perdu depuis 10 min
                Je suis larguée depuis le début, c'est quoi un quartile ? | c'est quoi un quartile
                I'm lost, can you explain the quartile? | Can you explain the quartile?
                """,
            apart: """
                Que faire si je suis perdu ? | Que faire ?
                Mon chien est perdu, qui le cherche ? | Qui le cherche ?
                Je suis perdu, qui appeler sur place ? | Qui appeler sur place ?
                Je suis berger, c'est quoi un quartile ? | C'est quoi un quartile ?
                Je suis perdu depuis la page 3, pouvez-vous expliquer ? | Je suis perdu depuis la page 8, pouvez-vous expliquer ?
                J'ai décroché, où trouver de l'aide ? | Où trouver de l'aide ?
                Comment dire en anglais, je suis perdu ? | Comment dire en anglais ?
                Si je rate le train, je suis perdu ? | Si je rate le train ?
                I am confused, is it a symptom? | Is it a symptom?
                Without my phone, I'm lost | Without my phone
                """),
        PairTable(
            "slips on a letter nobody hears, on a key, and on both sides",
            united: """
                Y aura-t-il une cart des sentiers ? | Y aura-t-il une carte des sentiers ?
                Quels sont les horaires de visute ? | Quels sont les horaires de visites ?
                Le four restrea-t-il chaud ? | Le four redtera-t-il chaud ?
                Quel sera le prix d'entére de la grotte ? | Quel sera le prix d'entrée de la grotte ?
                Un cetificat est valable combien de temps ? | Combien de temps est valable un certificat ?
                Quand ouvre le nouvau lavoir ? | Quand le nouveau lavoir ouvre-t-il ?
                Quand la route du col sera-t-elle faite ? | quand la route du col sera faie
                """,
            apart: """
                Le mall est grand ? | La malle est grande ?
                Où stocker le rest ? | Où stocker le reste ?
                C'est quoi un struct en mémoire ? | C'est quoi un strict en mémoire ?
                Le plui est-il publié ? | La pluie est-elle publiée ?
                La fision est-elle dangereuse ? | La fusion est-elle dangereuse ?
                Où soigne-t-on la papile ? | Où soigne-t-on la papule ?
                La pyridine est-elle chère ? | La pyridone est-elle chère ?
                Combien coûte la marmote ? | Combien coûte la marmite ?
                Combien coûte la lunete ? | Combien coûtent les lunettes ?
                La période est barroque ? | La période est barrique ?
                Quel est l'interrêt du prêt ? | Quels sont les intérêts du prêt ?
                Comment vous infromez les parents ? | Comment les parents vous informent ?
                Pourquoi vous remplaccez les robots ? | Pourquoi les robots vous remplacent ?
                Quand la route du col est à faire ? | quand la route du col est faie
                """),
    ]
}
