// What is told by the person and number of a verb, and by where small words stand.

extension PairTable {
    static let frenchPlaces = [
        PairTable(
            "who does it, told by the verb and by small words",
            united: """
                Qui vous a élu ? | qui vous a elu svp
                Quels clubs la mairie aide-t-elle ? | quels clubs la mairie aide
                Qui remplace-t-il ? | qui est-ce qu'il remplace
                Qui le remplace ? | qui est-ce qui le remplace
                Qu'est-ce qui se passe ? | que se passe-t-il ?
                Qui l'a signé ? | qui l'a signe
                """,
            apart: """
                Qui avez-vous élu ? | Qui vous a élu ?
                Qui devez-vous rembourser ? | Qui doit vous rembourser ?
                Qui pouvez-vous contacter ? | Qui peut vous contacter ?
                Qui avons-nous invité ? | Qui nous a invités ?
                Qui est-ce que vous avez choisi ? | Qui est-ce qui vous a choisi ?
                Qu'est-ce que vous avez changé ? | Qu'est-ce qui vous a changé ?
                Qui remplace-t-il ? | Qui le remplace ?
                Qui représente-t-elle ? | Qui la représente ?
                Peut-il vous remplacer ? | Pouvez-vous le remplacer ?
                Doit-elle vous payer ? | Devez-vous la payer ?
                Vous a-t-il prévenus ? | L'avez-vous prévenu ?
                Quels clubs aide la mairie ? | Quels clubs aident la mairie ?
                Quelles communes finance la région ? | Quelles communes financent la région ?
                Combien d'élèves suit un professeur ? | Combien d'élèves suivent un professeur ?
                Qui l'a repris ? | Qui a repris ?
                Comment le réparer ? | Comment réparer ?
                Que vous doit-il ? | Que lui devez-vous ?
                Combien de clients a perdu la banque ? | Combien de clients ont perdu la banque ?
                Un agent est formé ? | Les agents sont formés ?
                """),
        PairTable(
            "where quantifiers, numbers and prepositions stand",
            united: """
                Les élèves ont-ils lu tous les livres ? | est-ce que les eleves ont lu tous les livres
                2 parents doivent signer le formulaire ? | deux parents doivent signer le formulaire ?
                Quand a lieu le concert des enfants pour la chorale ? | c'est quand le concert des enfants pour la chorale
                Quand ferme la piscine de Caen en mai ? | quand la piscine de caen ferme t elle en mai
                Quel est le montant annuel ? | quel est le montant par an
                """,
            apart: """
                Tous les élèves ont lu les livres ? | Les élèves ont lu tous les livres ?
                Plusieurs écoles ont un directeur ? | Les écoles ont plusieurs directeurs ?
                Les autres écoles auront un bus ? | Les écoles auront un autre bus ?
                Certains élus ont voté les budgets ? | Les élus ont voté certains budgets ?
                Aurons-nous plus de vélos légers ? | Aurons-nous des vélos plus légers ?
                Trop d'élèves ont un sac lourd ? | Les élèves ont un sac trop lourd ?
                2 parents doivent signer le formulaire ? | Les parents doivent signer 2 formulaires ?
                Les 3 équipes auront un médecin ? | Les équipes auront 3 médecins ?
                Quel est le montant de la subvention de la région pour le département ? | Quel est le montant de la subvention pour la région du département ?
                Quand a lieu le concert des enfants pour la chorale ? | Quand a lieu le concert pour les enfants de la chorale ?
                Les réunions mensuelles sont annulées ? | Les réunions sont annulées chaque mois ?
                La visite quotidienne est payante ? | La visite est payante tous les jours ?
                """),
        PairTable(
            "adverbs and “que” beside a negation",
            united: """
                La piscine n'est toujours pas ouverte ? | la piscine est toujours pas ouverte
                Il n'y a plus que deux navettes ? | il n'y a plus que 2 navettes
                """,
            apart: """
                La piscine n'est toujours pas ouverte ? | La piscine n'est pas toujours ouverte ?
                On ne peut toujours pas payer par carte ? | On ne peut pas toujours payer par carte ?
                Ce n'est vraiment pas gratuit ? | Ce n'est pas vraiment gratuit ?
                Le bus ne passe pas que le lundi ? | Le bus ne passe pas le lundi ?
                Il n'y a plus que deux navettes ? | Il n'y a plus deux navettes ?
                Peut-on ne pas payer ? | Ne peut-on pas payer ?
                Qui peut ne pas signer ? | Qui ne peut pas signer ?
                Il reste plus de chaises ? | Il ne reste plus de chaises ?
                La grue n'est plus là ? | La grue n'est pas là ?
                Le grutier ne mange pas que du riz ? | Le grutier ne mange pas du riz ?
                """),
        PairTable(
            "small words that are empty elsewhere",
            united: """
                Qui élit le président et le bureau ? | qui elit le president et le bureau
                Le gymnase est ouvert dès samedi ? | le gymnase est-il ouvert des samedi
                Bon, le gué est ouvert ? | le gué est ouvert ?
                Une question, est-ce que le gué est ouvert ? | le gué est ouvert ?
                Savez-vous où nager ? | où nager ?
                Le gué mène à la tour ? | le gue mene a la tour
                """,
            apart: """
                Qui élit le président du bureau ? | Qui élit le président et le bureau ?
                Le gymnase est ouvert dès samedi ? | Le gymnase est ouvert samedi ?
                L'abonnement est gratuit dès 3 mois ? | L'abonnement est gratuit 3 mois ?
                Qui change de logiciel ? | Qui change le logiciel ?
                Une dose suffit ? | La dose suffit ?
                Un professeur suffit pour la sortie ? | Les professeurs suffisent pour la sortie ?
                Qui a joué aux cartes ? | Qui joue aux cartes ?
                Qui a joué les cartes ? | Qui joue aux cartes ?
                Qui a joué le match ? | Qui joue au match ?
                le groupe c est complet ? | le groupe d est complet ?
                le groupe d est complet ? | le groupe est complet ?
                comment calculer d et p ? | comment calculer l et p ?
                Le CA est en baisse ? | Ça est en baisse ?
                Savez-vous nager la nuit ? | Nager la nuit ?
                """),
    ]
}
