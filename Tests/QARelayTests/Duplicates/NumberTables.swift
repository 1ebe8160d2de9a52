// Numbers in words and digits, hours and measures.

extension PairTable {
    static let numbers = [
        PairTable(
            "numbers, hours and measures",
            united: """
                Il y a dix-sept moulins ? | il y a 17 moulins
                Le pont coûte mille cinq cents euros ? | le pont coute 1500 euros
                Le toit coûte deux mille cinq cents euros ? | le toit coute 2500 euros
                Faut-il vingt et un votes ? | faut-il 21 votes
                Le phare ouvre à 8 heures ? | le phare ouvre à 8h
                Le phare ouvre à 8h30 ? | le phare ouvre à 8:30
                Le ticket coûte 2,50 euros ? | le ticket coute 2,5 euros
                Le sentier fait 3 km ? | le sentier fait 3km
                Does the mill open at 3 pm? | does the mill open at 3pm
                """,
            apart: """
                Il y a vingt moulins ? | Il y a vingt et un moulins ?
                Faut-il quatre-vingts votes ? | Faut-il quatre-vingt-un votes ?
                Le toit coûte cent euros ? | Le toit coûte cent un euros ?
                Fait-il 5 degrés ? | Fait-il -5 degrés ?
                Faut-il 10 min ? | Faut-il 10 au minimum ?
                """)
    ]
}
