// What each place has of its own: a question about it that was asked elsewhere is another one.

extension Sentence {
    /// Whether a question is about the place where it is asked: "chez nous", "notre gare", "ce bâtiment", and in few words
    /// "Y a-t-il une buvette ?".
    var isOfPlace: Bool {
        for index in tokens.indices {
            switch folded(index) {
            case "nous", "moi": if folded(index - 1) == "chez" { return true }
            case "notre", "nos", "our": if isPlace(index + 1) || isPlace(index + 2) { return true }
            case "ce", "cet", "cette", "this": if isPlace(index + 1) { return true }
            default: continue
            }
        }
        let words = reading.words.filter { !Self.times.contains($0.folded) }
        return words.count <= 2 && hasAmenity
    }

    private var hasAmenity: Bool {
        tokens.indices.contains { Self.amenities.contains(folded($0)) && !hasOwner(at: $0) }
    }

    private func isPlace(_ index: Int) -> Bool {
        Self.places.contains(folded(index)) || Self.amenities.contains(folded(index))
    }

    private static let times: Set<String> = [
        "soir", "matin", "midi", "jour", "journee", "soiree", "maintenant", "evening", "morning", "afternoon",
        "tonight", "today",
    ]

    private static let places: Set<String> = Set(
        """
        amphitheatre bourg bourgs bureau bureaux bus cantine canton caserne centre church cinema clinique college colleges
        commerce commerces commune communes creche culture departement ecole ecoles eglise entreprise equipe foyer gare gymnase
        hall hopital hotel immeuble club clubs lieu ligne lycee lycees magasin mairie maire maires maison marche maternite
        mediatheque medecin medecins bibliotheque musee paroisse pharmacie piscine place plage pont port poste prefecture quai
        quartier quartiers restaurant route rue rues secteur site stade station theatre train trains universite usine ville villes
        village villages voisins zone conseil elus depute
        area beach bridge campus council city cities clinic community county district doctor doctors factory harbour harbor
        hospital library mayor market museum neighbourhood neighborhood office offices park pharmacy plant pool port region road
        roads school schools shop shops side station street streets surgery theatre town towns university venue village
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let amenities: Set<String> = Set(
        """
        parking garer stationner buvette bar cafe eau boire boisson boissons manger dejeuner diner repas gouter sandwich
        sandwichs sanitaires sanitaire toilette toilettes pause wifi micro present presente presents presentes batiment etage
        amphi accueil fumer fontaine
        parked coffee tea water drink drinks eat lunch dinner snack snacks food microphone building floor refreshments
        smoke reception
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
