// Figures, days, places and names in French questions.

extension PairTable {
    static let frenchFacts = [
        PairTable(
            "numbers in all writings",
            united: """
                Le tracteur vaut 40 000 euros ? | le tracteur vaut 40000 euros
                Le tracteur vaut 40 000 € ? | le tracteur vaut 40k€
                Le tracteur vaut 40 000 euros ? | le tracteur vaut quarante mille euros
                Le seuil est de 0,05 ? | le seuil est de 0.05
                Le taux est de 5 % ? | le taux est de 5%
                Le troupeau compte deux cent trois chèvres ? | le troupeau compte 203 chevres
                Le troupeau compte trente-deux chèvres ? | le troupeau compte 32 chèvres
                Le puits fait soixante-dix mètres ? | le puits fait 70 metres
                Le puits fait quatre-vingt-quinze mètres ? | le puits fait 95 mètres
                Il faut deux mille briques ? | il faut 2000 briques
                On divise par n-1 ? | on divise par n-1 svp
                Le 1er étage est libre ? | le 1er étage est-il libre ?
                La 3e ruche est verte ? | la 3ème ruche est verte
                La version 3.1 est stable ? | la version 3.1 est-elle stable ?
                Trois enfants et deux adultes ? | 3 enfants et 2 adultes
                """,
            apart: """
                Le tracteur vaut 40 000 euros ? | Le tracteur vaut 4 000 euros ?
                Le tracteur vaut 40k€ ? | Le tracteur vaut 40 € ?
                Le seuil est de 0,05 ? | Le seuil est de 0,5 ?
                Le seuil est .05 ? | Le seuil est .5 ?
                Le taux est de 5 % ? | Le taux est de 50 % ?
                Le taux est de 5 % ? | Le taux est de 5 ‰ ?
                Deux enfants et trois adultes ? | Trois enfants et deux adultes ?
                La classe a vingt et un élèves ? | La classe a vingt élèves ?
                Il a quatre-vingt-un ans ? | Il a quatre-vingts ans ?
                Il faut cent un votes ? | Il faut cent votes ?
                Il fera -5 degrés ? | Il fera 5 degrés ?
                On divise par n-1 ? | On divise par n ?
                On divise par n-1 ? | On divise par n+1 ?
                Le 1er étage est libre ? | Le 2e étage est libre ?
                La version 3.1 est stable ? | La version 31 est stable ?
                La version 1.10 est stable ? | La version 1.1 est stable ?
                Un million de tuiles ? | Un milliard de tuiles ?
                Une dizaine de lits ? | Une douzaine de lits ?
                Un tiers des voix ? | Deux tiers des voix ?
                Il faut ½ litre ? | Il faut ¼ litre ?
                Une masse de 10⁴ kilos ? | Une masse de 10⁵ kilos ?
                Dix-huit lits ? | Dix-sept lits ?
                C'est juste si p < 0,05 ? | C'est juste si p > 0,05 ?
                Que donne 2*3 ? | Que donne 2/3 ?
                """),
        PairTable(
            "units",
            united: """
                Une citerne de 500 litres suffit ? | une citerne de 500 litres suffit-elle ?
                Le champ fait 3 hectares ? | le champ fait 3 hectares svp ?
                La dose est de 5 mg ? | la dose est-elle de 5 mg ?
                La 4G arrive au hameau ? | la 4G arrive-t-elle au hameau ?
                Le sac pèse 25 kg ? | le sac pèse 25kg ?
                Le terrain fait 800 m² ? | le terrain fait 800 m2
                Un plein coûte 60 euros ? | un plein coute 60€
                La pente est de 12 % ? | la pente est de 12% ?
                """,
            apart: """
                La dose est de 5 mg ? | La dose est de 5 ml ?
                Il faut 5 kg ? | Il faut 5 g ?
                Il faut 5 cm ? | Il faut 5 mm ?
                Il faut 5 cl ? | Il faut 5 dl ?
                Il fait 30 °C ? | Il fait 30 °F ?
                Il faut 5 m² ? | Il faut 5 m³ ?
                Il faut 5 mètres ? | Il faut 5 mètres carrés ?
                Il faut 5 € ? | Il faut 5 $ ?
                C'est 100 £ ? | C'est 100 ¥ ?
                Il faut 5 mois ? | Il faut 5 minutes ?
                Le mur fait 30m ? | Le mur fait 30 millions ?
                Une benne de 10t suffit ? | Une benne de 10l suffit ?
                La 4G arrive au hameau ? | La 5G arrive au hameau ?
                Il reste 3 kilomètres ? | Il reste 3 mètres ?
                Il faut 3 centimètres ? | Il faut 3 millimètres ?
                Il faut 3 centilitres ? | Il faut 3 millilitres ?
                Il faut 3 kilogrammes ? | Il faut 3 milligrammes ?
                Il faut 3 mégawatts ? | Il faut 3 kilowatts ?
                Le CO₂ est toxique ? | Le CO est toxique ?
                """),
        PairTable(
            "letters that are names",
            united: """
                La vitamine D est utile ? | la vitamine D est-elle utile ?
                Le permis B suffit ? | le permis B suffit-il ?
                Le bloc E est vide ? | le bloc E est-il vide ?
                La vitamine K est rare ? | la vitamine K est-elle rare ?
                Le chapitre B est long ? | le chapitre B est-il long ?
                Le point G existe ? | le point G existe-t-il ?
                Le rhésus O est fréquent ? | le rhesus O est frequent
                """,
            apart: """
                Où est le bâtiment C ? | Où est le bâtiment D ?
                La vitamine C est utile ? | La vitamine D est utile ?
                La vitamine A est utile ? | La vitamine B est utile ?
                Comment calculer d ? | Comment calculer l ?
                Le groupe J commence quand ? | Le groupe M commence quand ?
                Le quai L est où ? | Le quai D est où ?
                Le plan C est prêt ? | Le plan est prêt ?
                Le langage C est utile ? | Le langage C# est utile ?
                Le langage C++ est utile ? | Le langage C est utile ?
                L'hépatite C se soigne ? | L'hépatite B se soigne ?
                La taille S existe ? | La taille L existe ?
                La classe de 6e D sort quand ? | La classe de 6e C sort quand ?
                """),
        PairTable(
            "days, months and moments",
            united: """
                On cueille les coings en octobre ? | on cueille les coings en octobre svp
                Le ferrailleur passe lundi matin ? | le ferrailleur passe-t-il lundi matin ?
                Les vêpres sont à 18h ? | les vepres sont a 18h
                On tond cet été ? | on tond cet ete
                Le bal est le 14 juillet ? | le bal est-il le 14 juillet ?
                On sème les fèves en février ? | on seme les feves en fevrier
                Le facteur passe-t-il samedi ? | le facteur passe samedi
                On vendange la semaine prochaine ? | on vendange la semaine prochaine svp
                La chapelle date de 1743 ? | la chapelle date-t-elle de 1743 ?
                Le feu d'artifice est dimanche soir ? | le feu dartifice est dimanche soir
                Que plante-t-on au printemps ? | que plante t on au printemps
                Le marché finit à midi ? | le marché finit-il à midi ?
                """,
            apart: """
                On ouvre lundi ? | On ouvre mardi ?
                On ouvre en mars ? | On ouvre en mai ?
                On ouvre le matin ? | On ouvre ce matin ?
                On ouvre la semaine prochaine ? | On ouvre la semaine dernière ?
                On ouvre dans deux jours ? | On ouvre depuis deux jours ?
                On ouvre hier ? | On ouvre demain ?
                On ouvre le 3 mai ? | On ouvre le 3 juin ?
                On ouvre le 3 mai ? | On ouvre le 13 mai ?
                On ouvre en 2024 ? | On ouvre en 2025 ?
                On ouvre l'hiver ? | On ouvre l'été ?
                On ouvre à Noël ? | On ouvre à Pâques ?
                On ouvre à midi ? | On ouvre à minuit ?
                On ouvre début mai ? | On ouvre fin mai ?
                On ouvre après-demain ? | On ouvre demain ?
                On ouvre cette année ? | On ouvre chaque année ?
                Le trente et un décembre est férié ? | Le trente décembre est férié ?
                Rendez-vous à 8h15 ? | Rendez-vous à 8h50 ?
                """),
        PairTable(
            "places",
            united: """
                Le car s'arrête à Avranches ? | le car s'arrete a avranches
                La plage de Barneville est surveillée ? | la plage de Barneville est-elle surveillée ?
                Le marché de Villedieu est couvert ? | le marché de Villedieu est couvert svp
                La rue des Tanneurs est pavée ? | la rue des Tanneurs est-elle pavée ?
                Le bac traverse-t-il la Vire ? | le bac traverse la Vire ?
                On trouve des truffes à Carrouges ? | trouve-t-on des truffes à Carrouges ?
                Le haras du Pin se visite ? | le haras du Pin se visite-t-il ?
                Où dort-on à Sourdeval ? | ou dort on a Sourdeval
                Le chemin mène à Mortain ? | le chemin mene a Mortain
                La foire de Lessay est annulée ? | la foire de Lessay est-elle annulée ?
                La côte d'Opale est polluée ? | la cote dOpale est polluee
                Quel train va à Rouen ? | quel train va a rouen
                """,
            apart: """
                Le car s'arrête à Avranches ? | Le car s'arrête à Argentan ?
                La plage de Barneville est sûre ? | La plage de Bréhal est sûre ?
                Le marché de Villedieu est couvert ? | Le marché de Villers est couvert ?
                La rue des Tanneurs est pavée ? | La rue des Tonneaux est pavée ?
                Le quartier Nord vote ? | Le quartier Est vote ?
                Nice est loin ? | Nîmes est loin ?
                Le collège de Percy est plein ? | Le collège de Tessy est plein ?
                Rue de la Paix c'est sombre ? | Rue de la Poix c'est sombre ?
                le train pour lorient ? | le train pour l'orient ?
                Le quai est au sud ? | Le quai est au nord ?
                La rive gauche est inondée ? | La rive droite est inondée ?
                """),
        PairTable(
            "people's names",
            united: """
                Monsieur Lefranc chante ? | monsieur Lefranc chante-t-il ?
                Que vend Madame Ozouf ? | que vend Madame Ozouf svp
                Le docteur Quesnel opère ? | le docteur Quesnel opère-t-il ?
                Jeanne Delaunay expose ses toiles ? | Jeanne Delaunay expose-t-elle ses toiles ?
                Qui soigne Monsieur Hébert ? | qui soigne monsieur Hébert
                Le juge Marceau démissionne ? | le juge Marceau démissionne-t-il ?
                La famille Tocqueville vit encore là-haut ? | la famille Tocqueville vit encore la haut
                Le chef Ducasse cuisine ? | le chef Ducasse cuisine-t-il ?
                Victor Hugo a dormi à Barneville ? | victor hugo a dormi a barneville
                """,
            apart: """
                Monsieur Durand viendra ? | Monsieur Durant viendra ?
                Monsieur Dupont viendra ? | Monsieur Dupond viendra ?
                Madame Lefèvre viendra ? | Madame Lefebvre viendra ?
                Martine viendra ? | Martin viendra ?
                Marie viendra ? | Maria viendra ?
                Michel viendra ? | Michèle viendra ?
                Daniel viendra ? | Danièle viendra ?
                Renault recrute ? | Renaud recrute ?
                Louis XIV aimait la chasse ? | Louis XVI aimait la chasse ?
                Le docteur Quesnel opère ? | Le docteur Quesnay opère ?
                """),
    ]
}
