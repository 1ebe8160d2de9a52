// Languages that are not read, pairs of two languages, and the room people sit in.

extension PairTable {
    static let elsewhere = [
        PairTable(
            "languages that are not read: to the letter only",
            united: """
                Wann öffnet die Bäckerei? | wann öffnet die Bäckerei
                Wer hat das Brot gebacken? | Wer hat das Brot gebacken???
                ¿Dónde está la panadería? | dónde está la panadería
                ¿Cuándo llega el barco? | ¿cuándo llega el barco?
                متى يفتح المتحف؟ | متى يفتح المتحف
                Когда откроется музей? | когда откроется музей
                Wo wohnt der Müller? | wo wohnt der Müller???
                ¿Quién vende el queso? | quién vende el queso
                Quando apre il mercato? | quando apre il mercato
                Waar is de molen? | waar is de molen
                お寺はどこですか | お寺はどこですか？
                מתי נפתח השוק? | מתי נפתח השוק
                """,
            apart: """
                Wann öffnet die Bäckerei? | Wann schließt die Bäckerei?
                Wird der Verein gefördert? | Wird der Verein gefordert?
                Wann ist es schön? | Wann ist es schon?
                Was sind die Maße? | Was sind die Masse?
                Wer hat das Brot gebacken? | Wer hat die Brote gebacken?
                ¿Cuántos años tiene la torre? | ¿Cuántos anos tiene la torre?
                ¿Dónde está mi papá? | ¿Dónde está mi papa?
                ¿Es gratis? | ¿No es gratis?
                متى يفتح المتحف؟ | متى يغلق المتحف؟
                مواعيد القطار ٣؟ | مواعيد القطار ٥؟
                Сколько стоит 5 яблок? | Сколько стоит 6 яблок?
                几点开门？ | 几点关门？
                ข่าวอยู่ไหน | ข้าวอยู่ไหน
                क्या मूल्य १२ है? | क्या मूल्य १५ है?
                """),
        PairTable(
            "never across languages",
            apart: """
                Le parking est gratuit ? | Is the parking free?
                Combien coûte le menu ? | How much does the menu cost?
                Le film est long ? | Is the film long?
                Qui est le champion ? | Who is the champion?
                On mange un sandwich ? | On a sandwich?
                Wifi code? | Quel est le code wifi ?
                Quand passe le taxi ? | When does the taxi pass?
                Le concert est à Paris ? | Is the concert in Paris?
                Une question simple ? | A simple question?
                Ist das Restaurant offen? | Is the restaurant open?
                ¿El hotel es central? | L'hôtel est central ?
                Il museo è chiuso? | Le musée est clos ?
                """),
    ]

    /// United inside one room, not from one room to another.
    static let rooms = PairTable(
        "the room one sits in",
        united: """
            Is parking a nuisance? | is parking a nuisance
            Où est le bâtiment C ? | ou est le batiment C
            Faut-il saler l'eau ? | il faut saler l'eau ?
            Notre école fermera-t-elle ? | notre ecole fermera t elle
            Peut-on courir après le repas ? | on peut courir après le repas ?
            On peut fumer dehors ? | peut-on fumer dehors ?
            L'eau est impropre ? | l'eau est-elle impropre ?
            Où se garer le dimanche ? | Où peut-on se garer le dimanche ?
            Quand la fibre arrive chez nous ? | quand la fibre arrive t elle chez nous
            Notre gare va-t-elle fermer ? | notre gare va fermer ?
            Y a-t-il une buvette ? | il y a une buvette ?
            Y a-t-il un parking ? | y a un parking ?
            On peut se garer où ? | où peut-on se garer ?
            À quelle heure ferme le bâtiment ? | a quelle heure ferme le batiment
            Peut-on avoir de l'eau ? | on peut avoir de l'eau ?
            Où peut-on manger à midi ? | ou peut on manger a midi
            Is there any coffee? | is there any coffee pls
            Will our school close? | will our school close
            Où sont les sanitaires ? | ou sont les sanitaires
            Le maire est présent ce soir ? | le maire est-il présent ce soir ?
            Il fait trop chaud ici | il fait trop chaud ici
            Peut-on ouvrir une fenêtre dans la salle ? | on peut ouvrir une fenetre dans la salle ?
            Le micro grésille | le micro gresille !
            Quel est le code du wifi ? | bonjour quel est le code du wifi
            Où sont les toilettes ? | ou sont les toilettes svp
            L'écran est trop petit | l'ecran est trop petit
            Peut-on baisser la climatisation ? | on peut baisser la climatisation ?
            Où est le vestiaire ? | ou est le vestiaire
            On peut éteindre la lumière ? | peut on eteindre la lumiere
            Plus fort svp ! | plus fort svp
            On entend mal | on entend mal !
            Où est la sortie ? | ou est la sortie
            Y a-t-il un ascenseur ? | ya t il un ascenseur
            Peut-on manger là ? | peut on manger là
            Is it always so cold here? | is it always so cold here
            Can you turn the microphone on? | can you turn the microphone on pls
            Where are the toilets? | where are the toilets
            Can you speak louder? | can you speak louder pls
            Where is the exit? | where is the exit
            I can't hear you! | i cant hear you
            """,
        apart: """
            Il fait trop chaud ici | il fait trop froid ici
            Le micro grésille | le micro est coupé
            Quel est le code du wifi ? | le wifi a un code ?
            Où sont les toilettes ? | où sont les vestiaires ?
            L'écran est trop petit | l'écran est trop loin
            Peut-on baisser la climatisation ? | Peut-on couper la climatisation ?
            Plus fort svp ! | Moins fort svp !
            Can you turn the microphone on? | Can you turn the microphone off?
            Where are the toilets? | Where is the exit?
            Is it always so cold here? | Is it always so hot here?
            """)
}
