// Small French words that change the question, and the place they stand in.

extension PairTable {
    static let frenchMarks = [
        PairTable(
            "quantifiers",
            united: """
                Tous les marins ont un gilet ? | est-ce que tous les marins ont un gilet ?
                La plupart des ruches sont vides ? | la plupart des ruches sont vides ?
                Chaque famille reçoit un composteur ? | chaque famille recoit un composteur
                Y a-t-il assez de fourrage pour l'hiver ? | il y a assez de fourrage pour lhiver
                Plusieurs loups sont morts ? | plusieurs loups sont-ils morts ?
                Le miel est trop sucré ? | Le miel est-il trop sucré ?
                Presque toutes les vignes ont gelé ? | presque toutes les vignes ont gele
                Beaucoup de familles élèvent des lapins ? | beaucoup de familles elevent des lapins
                Seuls les adhérents mangent gratuitement ? | seuls les adherents mangent gratuitement
                Peu de jeunes chassent ? | peu de jeunes chassent ?
                Le fumier est-il encore utilisé ? | le fumier est encore utilise
                Même les chats sont pucés ? | même les chats sont-ils pucés ?
                """,
            apart: """
                Tous les marins ont un gilet ? | Certains marins ont un gilet ?
                Plus de vélos et moins de voitures ? | Moins de vélos et plus de voitures ?
                Tous les élèves et certains parents viennent ? | Certains élèves et tous les parents viennent ?
                Beaucoup de bus et peu de trains ? | Peu de bus et beaucoup de trains ?
                Trop de sel et pas assez de sucre ? | Pas assez de sel et trop de sucre ?
                Chaque membre apporte tous les outils ? | Tous les membres apportent chaque outil ?
                On dort peu et on mange beaucoup ? | On dort beaucoup et on mange peu ?
                Seuls les membres votent ? | Les membres votent seuls ?
                Même les enfants paient ? | Les enfants paient même ?
                Plusieurs lits sont libres ? | Quelques lits sont libres ?
                Presque tous ont voté ? | Tous ont voté ?
                C'est toujours gratuit ? | C'est souvent gratuit ?
                Moins de la moitié paie ? | Plus de la moitié paie ?
                C'est ouvert toute la semaine ? | C'est ouvert toutes les semaines ?
                Il pleut toute la nuit ? | Il pleut toutes les nuits ?
                Tout l'immeuble est évacué ? | Tous les immeubles sont évacués ?
                """),
        PairTable(
            "before and after, with and without, from and to",
            united: """
                Faut-il se laver avant la baignade ? | il faut se laver avant la baignade ?
                Le pain se garde sans sel ? | Le pain se garde-t-il sans sel ?
                On marche vers le phare ou vers le port ? | on marche vers le phare ou vers le port
                Le canal passe entre les champs ? | le canal passe-t-il entre les champs ?
                Le navire va-t-il jusqu'à Jersey ? | le navire va jusqua jersey
                Peut-on marcher contre le vent ? | on peut marcher contre le vent ?
                On mange avant ou après la messe ? | on mange avant ou apres la messe
                Faut-il labourer sous la pluie ? | il faut labourer sous la pluie ?
                Qui marche derrière le char ? | qui marche derriere le char
                Le vin vieillit entre deux caves ? | le vin vieillit-il entre deux caves ?
                Un chemin passe par le bois ? | un chemin passe-t-il par le bois ?
                """,
            apart: """
                Peut-on courir après le repas ? | Peut-on courir avant le repas ?
                Le pain se garde sans sel ? | Le pain se garde avec sel ?
                Un car vers Vire depuis Flers ? | Un car depuis Vire vers Flers ?
                Le train de Flers à Vire ? | Le train de Vire à Flers ?
                Il faut payer avant et nager après ? | Il faut payer après et nager avant ?
                On vient avec le chien mais sans le chat ? | On vient sans le chien mais avec le chat ?
                La lampe est sur la table et sous le livre ? | La lampe est sous la table et sur le livre ?
                On lit pendant le repas et après la sieste ? | On lit après le repas et pendant la sieste ?
                Peu d'eau avant, beaucoup après ? | Beaucoup d'eau avant, peu après ?
                On dort chez le voisin ? | On dort contre le voisin ?
                La fuite est sous le toit ? | La fuite est sur le toit ?
                On vend par lot ? | On vend selon lot ?
                Le sentier monte jusqu'au col ? | Le sentier monte depuis le col ?
                """),
        PairTable(
            "something added",
            united: """
                Le bain est payant le dimanche ? | le bain est-il payant le dimanche ?
                Le vieux pont est fermé aux camions ? | le vieux pont est ferme aux camions
                La cantine des maternelles est bio ? | la cantine des maternelles est bio svp ?
                Les chiens de berger sont vaccinés ? | les chiens de berger sont-ils vaccinés ?
                La grande roue tourne la nuit ? | la grande roue tourne-t-elle la nuit ?
                Le marché aux fleurs est déplacé ? | le marché aux fleurs est-il déplacé ?
                On peut pêcher la truite à la mouche ? | peut-on pecher la truite a la mouche
                Les vieux tracteurs sont rachetés ? | les vieux tracteurs sont rachetes ?
                La messe de minuit est chantée ? | la messe de minuit est-elle chantée ?
                """,
            apart: """
                Le bain est payant ? | Le bain est payant le dimanche ?
                Le bain est payant ? | Le bain est payant pour les bébés ?
                Le bain chaud est payant ? | Le bain est payant ?
                On peut fumer ? | On peut fumer dehors ?
                Le vieux pont est fermé ? | Le pont est fermé ?
                Le pont est fermé ? | Le pont est fermé aux camions ?
                Le pont est fermé aux vélos ? | Le pont est fermé aux camions ?
                La cantine des maternelles est bio ? | La cantine est bio ?
                La cantine est bio ? | La cantine est bio aussi ?
                La cantine est locale ? | La cantine est locale et bio ?
                Les parents d'élèves votent ? | Les parents votent ?
                On vote seul ? | On vote ?
                On vote en ligne ? | On vote ?
                Le bus de nuit est gratuit ? | Le bus est gratuit ?
                """),
    ]
}
