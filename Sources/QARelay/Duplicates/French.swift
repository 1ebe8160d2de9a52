// French function words: what stays when only what tells questions apart is kept. Accents do not matter here.

extension Grammar {
    /// French.
    static let french = Grammar(
        .french, table: frenchWords, phrases: frenchPhrases + frenchExplaining, spelled: frenchSpelled,
        room: frenchRoom,
        telling: """
            le la les un une des du de et est sont que qui quoi quand comment pourquoi combien pour pas dans sur avec je nous
            vous il elle ils elles on ce cette ces ca au aux en ne se sa ses son leur leurs mais donc par plus faut peut
            sera seront avez etes allez va vont aura avoir faire fait bonjour bonsoir merci svp ya quel quelle quels quelles
            est-ce cest jai pk cb qd koi tous tout toute notre votre nos vos ou y si aussi encore deja
            """,
        praise: """
            merci bravo super excellent excellente interessant interessante passionnant passionnante clair claire bonne bon
            felicitations beau belle bonjour bonsoir monsieur madame messieurs mesdames cool genial top
            | presentation expose intervention conference conf soiree partage echange echanges explications infos travail pour votre cette ce vraiment beaucoup tout tres maire a tous
            toutes et le la c est
            """)

    private static let frenchWords = """
        0: le la les l de d du des un une il elle ils elles ce c ca cela ceci et t ne n mais donc alors ben euh hein bah voila là que qu
        ~<: oui or bon enfin
        ~: svp stp ok merci bonjour bonsoir salut coucou bjr slt cordialement hello
        0: vraiment exactement concretement simplement justement franchement
        !quand: quand
        !combien: combien
        !pourquoi: pourquoi
        !comment: comment
        !qui: qui
        !que: quoi
        !quel: quel quelle quels quelles
        !price: _price
        !difference: _difference
        !definition: _definition
        and: _and
        !lequel: lequel laquelle lesquels lesquelles
        moi: je j / me m moi / mon ma mes
        toi: tu / te toi / ton ta tes
        nous: nous / notre nos
        on: on
        vous: vous / votre vos
        lui: son sa ses / leur leurs / lui / eux
        se: se s
        est: est sont suis es / sommes / etes
        sera: sera seront serai seras / serez / serons
        serait: serait seraient serais / seriez / serions
        etait: etait etaient etais / etiez / etions
        soit: soit soient
        etre: etre
        fut: ete
        a: a as ai ont au aux / avons / avez
        aura: aura auront aurai auras / aurez / aurons
        aurait: aurait auraient aurais / auriez / aurions
        avait: avait avaient avais / aviez / avions
        ait: ait aient
        avoir: avoir
        va: va vont vais vas / allons / allez
        ira: ira iront / irez / irons
        allait: allait allaient
        aller: aller
        peut: peut peuvent peux puis / pouvons / pouvez
        pourra: pourra pourront pourrai / pourrez / pourrons
        pourrait: pourrait pourraient pourrais / pourriez / pourrions
        pouvait: pouvait pouvaient / pouviez / pouvions
        pouvoir: pouvoir
        doit: doit doivent dois / devons / devez
        devra: devra devront / devrez / devrons
        devrait: devrait devraient devrais / devriez / devrions
        devait: devait devaient / deviez / devions
        devoir: devoir
        faut: faut
        faudra: faudra
        faudrait: faudrait
        fallait: fallait
        veut: veut veulent veux / voulons / voulez
        voudra: voudra voudront
        voulait: voulait voulaient
        fait: fait faite faits font fais faites / faisons
        fera: fera feront / ferez / ferons
        ferait: ferait feraient / feriez
        faisait: faisait faisaient
        faire: faire
        jusque: jusque jusqu jusqua
        dans: dans dedans
        .: avant apres sans avec contre vers depuis pendant durant entre chez par sous sur en hors selon malgre parmi pour via
        ou: ou
        .: si comme car lorsque puisque parce y dont
        tout: tout toute / tous toutes
        chaque: chaque
        aucun: aucun aucune
        autre: autre autres
        meme: meme memes
        seul: seul seule seuls seules
        seulement: seulement uniquement
        certain: certain certains certaine certaines
        quelque: quelque quelques
        .: plus moins autant tres trop assez peu beaucoup plusieurs presque environ encore deja toujours souvent parfois aussi bien mieux pire ensemble surtout moitie plutot quasiment bientot maintenant aujourdhui demain hier
        -pas: pas
        -jamais: jamais
        -rien: rien
        -personne: guere nul nulle
        non: non
        #2: deux
        #3: trois
        #4: quatre
        #5: cinq
        #6: six
        #7: sept
        #8: huit
        #9: neuf
        #10: dix
        #11: onze
        #12: douze
        #13: treize
        #14: quatorze
        #15: quinze
        #16: seize
        #20: vingt vingts
        #30: trente
        #40: quarante
        #50: cinquante
        #60: soixante
        #100: cent cents
        #1000: mille
        #1000000: million millions
        =premier: premier premiere
        """

    private static let frenchPhrases = """
        qu est ce que c est que|qu est ce que c est=!que
        quel es|quel et|quelle es|quelle et|quels son|c est quoi|c quoi|s est quoi|ces quoi|cest quoi|quel est|quelle est|quels sont|quelles sont|quel sont|quels est|qu elle est|quels st=!quel
        c est quel|c est quelle=!quel
        c est qui qui|qui c est qui|qui est ce qui|c est qui|qui est ce que|qui est ce qu=!qui
        c est pour quand que|c est quand que|quand c est que=!quand
        c est prevu pour quand|c est pour quand|c est quand|quand c est=!quand est
        c est ou que=!ou
        c est ou=!ou est
        a lieu|ont lieu|a t il lieu|a t elle lieu|ont ils lieu|ont t ils lieu|ont elles lieu=est
        aura lieu|auront lieu|aura t il lieu|aura t elle lieu|auront ils lieu|auront elles lieu=sera
        a quelle date|quelle date|a quel moment=!quand
        c est combien=!combien est
        que ce passe=!que se =passe
        on t ils|on t elles|on t il|on t elle=a
        comment on fait|comment fait on|on fait comment|comment faire=!comment faire
        qu est ce que|qu est ce qui|qu est ce qu|quest ce que|quest ce qui|qu es ce que|quesque|keske|qu est que=!que
        est ce que|est ce qu|es ce que|es ce qu|esce que|est que|esque|eske|esk|estce que|est ce qui=0
        n y a t il|il n y a|n y a=ya -ne
        n y aura t il|il n y aura|n y aura=ya -ne aura
        y a t il|y a t elle|il y a|y a ti|y at il|y a|ya t il|il ya|ya=ya
        y aura t il|y aura il|il y aura|y aura=ya aura
        y avait il|il y avait|y avait=ya avait
        y aurait il|il y aurait|y aurait=ya aurait
        y a t il eu|il y a eu|y a eu=ya a =eu
        y ait=ya ait
        a quelle heure|quelle heure|vers quelle heure|a qu elle heure|a quel heure|quel heure=!heure
        a partir de quand|a compter de quand|des quand|a partir de quelle date|a compter de quelle date|des quelle date=!apartir
        a partir de quelle heure=!apartirheure
        depuis quand=!depuis
        jusqu a quand|jusqua quand|jusque quand|jusqu a quelle date|jusqua quelle date=!jusque
        jusqu a quelle heure=!jusqueheure
        combien de temps faut il pour|combien de temps faut pour|combien de temps il faut pour|il faut combien de temps pour|faut combien de temps pour|combien de temps ca prend pour|combien de temps prend on pour|combien de temps met on pour|combien de temps on met pour=!duree pour
        quel delai pour avoir|quel delai pour obtenir|quel est le delai pour avoir|quel est le delai pour obtenir|quel est le delai pour|c est quoi le delai pour avoir|c est quoi le delai pour obtenir|c est quoi le delai pour|quel delai pour=!quel =delai pour
        combien de temps faut il attendre pour|combien de temps il faut attendre pour|combien de temps d attente pour|combien de temps on attend pour|combien de temps attend on pour|il faut attendre combien de temps pour|on attend combien de temps pour|quel delai pour passer|quel est le delai d attente pour|quel delai d attente pour=!quel =delai pour
        combien de temps=!duree
        combien de fois=!fois
        tous les combien|tout les combien|toutes les combien=!frequence
        pour quelle raison|pour quelles raisons|pour quel motif|pour quels motifs=!pourquoi
        de quelle maniere|de quelle facon=!comment
        a quel endroit|en quel endroit|a quels endroits=!ou
        d ou=!dou
        par ou=!parou
        jusqu ou=!jusquou
        jusqu a|jusqu au|jusqu aux|jusqua|jusqu en|jusque=jusque
        a cause de|a cause du|a cause des=cause
        en cas de|en cas d=encas
        au lieu de|au lieu d=aulieu
        au moment de|au moment du|au moment d|au moment des=a
        est on oblige de|est on oblige d|on est oblige de|on est oblige d|est il obligatoire de|est il obligatoire d|est ce obligatoire de|est ce obligatoire d|c est obligatoire de|c est obligatoire d|est ce que c est obligatoire de|est ce que c est obligatoire d=oblige
        a part=sauf
        y compris=compris
        sauf=sauf
        hormis=sauf
        au moins=aumoins
        au plus=auplus
        au maximum|maximum|max|maximal|maximale|maximales|maximaux=maximum
        au minimum|minimum|min|minimal|minimale|minimales|minimaux=minimum
        n est ce pas|est ce pas=~
        oui ou non|ou non|ou pas|ou bien non=~
        s il vous plait|s il te plait|sil vous plait|si vous plait|s il vous plaît|si il vous plait=~
        merci d avance|merci beaucoup|merci bien|merci pour votre reponse|merci de votre reponse|merci de me repondre|merci de repondre=~
        bonne journee|bonne soiree=~
        excusez moi|excuser moi|pardon|desole de vous deranger|desole|desolee|dsl=~<
        une question|juste une question|juste une petite question|une petite question|j ai une question|j ai une petite question|petite question|ma question est la suivante|ma question est simple|ma question est|question=~
        j aurais une question|j avais une question=~
        j aimerais savoir si|j aimerais savoir|j aimerai savoir si|j aimerai savoir|je voudrais savoir si|je voudrais savoir|je voudrai savoir|je souhaiterais savoir si|je souhaiterais savoir|je souhaite savoir si|je souhaite savoir|je veux savoir si|je veux savoir|on voudrait savoir si|on voudrait savoir|on aimerait savoir si|on aimerait savoir|nous voudrions savoir si|nous voudrions savoir|nous aimerions savoir si|nous aimerions savoir|je me demande si|je me demande|je me demandais si|je me demandais|est il possible de savoir si|est il possible de savoir|c est possible de savoir si|serait il possible de savoir si|serait il possible de savoir|j aimerais bien savoir si|j aimerais bien savoir|je voudrais bien savoir si|je voudrais bien savoir|peut on savoir si|peut on savoir|pourrait on savoir si|pourrait on savoir=~
        pouvez vous nous dire si|pouvez vous me dire si|pouvez vous dire si|pouvez vous nous dire|pouvez vous me dire|pouvez vous dire|pourriez vous nous dire si|pourriez vous me dire si|pourriez vous nous dire|pourriez vous me dire|vous pouvez nous dire si|vous pouvez me dire si|vous pouvez nous dire|vous pouvez me dire|pouvez vous preciser si|pouvez vous preciser|pouvez vous nous preciser|pourriez vous preciser|pourriez vous nous preciser|pouvez vous nous indiquer|pouvez vous indiquer|pouvez vous m indiquer|merci de nous dire|merci de me dire|merci de preciser|dites nous si|dites nous|dites moi si|dites moi|savez vous si|savez vous|vous savez si|vous savez|est ce que quelqu un sait si|quelqu un sait si|quelqu un peut me dire si|quelqu un peut nous dire si|quelqu un peut me dire|quelqu un peut nous dire|pouvez vous m indiquer si|pourriez vous m indiquer si|pourriez vous m indiquer|pourriez vous nous indiquer si|pourriez vous nous indiquer|pourriez vous indiquer|pourriez vous dire si|pourriez vous dire|est ce que vous pouvez nous dire si|est ce que vous pouvez me dire si|est ce que vous pouvez nous dire|est ce que vous pouvez me dire|est ce que vous savez si|sait on si|sait on|on sait si|on sait=~
        monsieur le maire|madame le maire|madame la maire|m le maire|mr le maire|mme le maire|mme la maire|monsieur le president|madame la presidente|monsieur le directeur|madame la directrice|monsieur le professeur=~,
        tout le monde|a tous|a toutes et a tous|a tous et a toutes|mesdames et messieurs|mesdames messieurs|madame monsieur=~,
        du coup|au fait|en fait|par ailleurs|d abord|tout d abord|en effet|bien sur|bien entendu=~<
        est il vrai que|c est vrai que|est ce vrai que=vrai
        d accord=daccord
        j ai pas compris|je n ai pas compris|j ai pas bien compris|je n ai pas bien compris|j ai pas suivi|je n ai pas suivi|j ai rien compris|je n ai rien compris=~.
        par an|par ans|chaque annee|tous les ans|tout les ans|tt les ans|annuellement=paran
        annuel|annuelle|annuels|annuelles=paran
        par mois|chaque mois|tous les mois|tout les mois|tt les mois|mensuellement=parmois
        mensuel|mensuelle|mensuels|mensuelles=parmois
        par semaine|par semaines|chaque semaine|toutes les semaines|tt les semaines=parsemaine
        hebdomadaire|hebdomadaires=parsemaine
        par jour|par jours|chaque jour|tous les jours|tout les jours|tt les jours|quotidiennement=parjour
        quotidien|quotidienne|quotidiens|quotidiennes|journalier|journaliere=parjour
        parce que|parce qu=parce
        en ligne|sur internet|par internet|via internet|sur le net|par le net|via le net|sur le web|par le web|via le web|sur l internet=enligne
        est il possible de|est il possible d|est ce possible de|est ce possible d|est ce que c est possible de|est ce que c est possible d|c est possible de|c est possible d|est ce qu il est possible de|est ce qu il est possible d|il est possible de|il est possible d|y a t il moyen de|y a t il moyen d|y a moyen de|y a moyen d|il y a moyen de|il y a moyen d|a t on la possibilite de|a t on la possibilite d|on a la possibilite de|on a la possibilite d=on peut
        est il permis de|est il permis d|est il autorise de|est il autorise d|est ce autorise de|est ce autorise d|est ce permis de|est ce permis d|c est autorise de|c est autorise d|c est permis de|c est permis d|a t on le droit de|a t on le droit d|on a le droit de|on a le droit d|on a droit de|on a droit d=permis
        prendre un rendez vous|prendre rendez vous|obtenir un rendez vous|avoir un rendez vous|avoir rendez vous==prendre rdv
        au juste=0
        plus tard=plustard
        tout de suite=toutdesuite
        en train de|en train d=entrain
        quatre vingt dix=#90
        soixante dix=#70
        quatre vingt|quatre vingts=#80
        rendez vous=rdv
        aujourd hui=aujourdhui
        quelqu un|quelqu une=quelquun
        quelque chose=quelquechose
        quelque part=quelquepart
        n importe quel|n importe quelle|n importe qui|n importe ou=nimporte
        ne pas|n pas=-pas
        pas de|pas d=-pas
        """

    /// "Pouvez-vous nous réexpliquer ce qu'est …" asks what it is.
    private static let frenchExplaining: String = {
        let askers = ["pouvez vous", "vous pouvez", "pourriez vous", "est ce que vous pouvez"]
        let verbs =
            ["expliquer", "dire", "rappeler", "preciser", "definir"].flatMap { [$0, "re" + $0] } + ["redefinir"]
        let things = ["ce qu est", "ce que c est que", "ce que c est qu"]
        let asked = askers.flatMap { asker in
            ["", "nous ", "me "].flatMap { whom in
                verbs.flatMap { verb in things.map { "\(asker) \(whom)\(verb) \($0)" } }
            }
        }
        return "\n" + (things + asked).joined(separator: "|") + "=!que"
    }()

    private static let frenchSpelled = """
        cb cbien kombien = combien
        pk pq pkoi pkw pourkoi prquoi pquoi pcq = pourquoi
        qd kan kand qnd = quand
        koi kwa = quoi
        c = c'est
        cest = c'est
        cetait = c'était
        dun = d'un
        na = n'a
        g = j'ai
        jai = j'ai
        jsuis = je suis
        chui = je suis
        ki = qui
        ke = que
        kel kelle = quel
        kelles kels = quels
        coment cmt commen = comment
        svp stp = s'il vous plait
        tt = tout
        ts = tous
        tjs tjr tjrs = toujours
        ds = dans
        pr = pour
        dc = donc
        mtn = maintenant
        auj ajd = aujourd'hui
        bcp = beaucoup
        qq = quelque
        qqs = quelques
        qqun = quelqu'un
        qqch = quelque chose
        pdt = pendant
        tps = temps
        nb nbre = nombre
        rdv = rendez-vous
        ns = nous
        vs = vous
        ms = mais
        bp = beaucoup
        avt = avant
        apr = apres
        infos info = information
        mn = minutes
        mins = minutes
        qqes = quelques
        lgtps = longtemps
        pb = probleme
        pbs = problemes
        vrmt = vraiment
        quesquon = qu'est-ce que on
        keskon = qu'est-ce que on
        quon = qu'on
        quil = qu'il
        quils = qu'ils
        yaura = y aura
        yaurait = y aurait
        yat = y a
        nest = n'est
        nont = n'ont
        sest = s'est
        dou = d'où
        til tils = t il
        km = kilometre
        kms = kilometres
        st = saint
        gasoil gazoil = gazole
        deuxieme 2eme = 2e
        troisieme = 3e
        quatrieme = 4e
        cinquieme = 5e
        sixieme = 6e
        septieme = 7e
        huitieme = 8e
        neuvieme = 9e
        dixieme = 10e
        onzieme = 11e
        douzieme = 12e
        treizieme = 13e
        quatorzieme = 14e
        quinzieme = 15e
        vingtieme = 20e
        ont-il = ont ils
        exo = exercice
        exos = exercices
        dispo = disponible
        dispos = disponibles
        conf = conference
        stats = statistiques
        stat = statistique
        value = valeur
        prod = production
        pvalue pvaleur pval = p valeur
        chap = chapitre
        ordi = ordinateur
        ordis = ordinateurs
        tele = television
        appli = application
        applis = applications
        doc = document
        docs = documents
        asso = association
        assos = associations
        agglo = agglomeration
        coef coeff = coefficient
        coefs = coefficients
        perf = performance
        perfs = performances
        resto = restaurant
        restos = restaurants
        actu = actuel
        appart = appartement
        bib = bibliotheque
        biblio = bibliotheque
        calculette = calculatrice
        demat = dematerialisation
        fac = universite
        gynéco = gynecologie
        cardio = cardiologie
        ophtalmo = ophtalmologie
        dermato = dermatologie
        intro = introduction
        manif = manifestation
        nego = negociation
        ortho = orthographe
        pub = publicite
        recap = recapitulatif
        reu = reunion
        secu = securite
        compta = comptabilite
        visio = visioconference
        abo = abonnement
        maxi = maximum
        mini = minimum
        inscr = inscription
        dept = departement
        num = numero
        quest = question
        rens = renseignement
        resp = responsable
        sem = semaine
        trim = trimestre
        vac = vacances
        vacs = vacances
        """

    private static let frenchRoom = """
        ici salle micro microphone wifi wi-fi ecran clim climatisation sono sonorisation volume videoprojecteur projecteur
        retroprojecteur toilettes wc vestiaire vestiaires casque casques tableau sieges chaises chaise estrade
        """
}
