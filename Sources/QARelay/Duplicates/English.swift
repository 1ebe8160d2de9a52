// English function words: what stays when only what tells questions apart is kept.

extension Grammar {
    /// English.
    static let english = Grammar(
        .english, table: englishWords, phrases: englishPhrases, spelled: englishSpelled, room: englishRoom,
        telling: """
            the a an of to is are was were be been will would can could should shall may might must do does did have has had
            i you he she it we they my your our their this that these those what when where why how who which and or but not
            for with without from in on at by about there here if any some all dont cant wont didnt isnt whats hows wheres hi hello
            hey please thanks pls thx u r get going to much many long often
            """,
        praise: """
            great nice good thanks thank awesome amazing interesting loved enjoyed lovely excellent cool wonderful super brilliant
            hi hello | you talk presentation very so much for the this really speech session everyone all it was is
            """)

    private static let englishWords = """
        0: the a an of it its there do does so just also that and oh um
        ~: hi hello hey please pls thanks thank ok
        ~<: well yes
        0: really actually exactly basically
        !when: when
        !where: where
        !why: why
        !how: how
        !who: who whom
        !whose: whose
        !what: what
        !which: which
        !price: _price
        !difference: _difference
        and: _and
        me: i / me myself / my mine
        you: you yourself / your yours
        us: we / us / our ours
        them: he / she / they / him / her / his / them / their theirs
        is: is are am be being
        was: was were
        been: been
        did: did
        done: done
        has: has have having
        had: had
        will: will
        shall: shall
        .: would could should can may might must ought
        to: to
        .: before after without with against for from into onto in on at by about over under between during since until till towards toward through behind across near off out up down than as per via within
        this: this these
        those: those
        .: or if while because but whether although
        all: all / every each / everyone everybody
        any: any / anyone anybody / anything
        some: some / someone somebody / something
        no: no none / nobody / nothing
        .: more less fewer most least many much few several enough only even ever always often sometimes still already yet again too very both either neither other another same first last next once soon now today tomorrow yesterday later
        -not: not / never
        neither: neither nor
        .: here back
        one: ones
        #1: one
        #2: two
        #3: three
        #4: four
        #5: five
        #6: six
        #7: seven
        #8: eight
        #9: nine
        #10: ten
        #11: eleven
        #12: twelve
        #15: fifteen
        #20: twenty
        #30: thirty
        #40: forty
        #50: fifty
        #60: sixty
        #100: hundred
        #1000: thousand
        #1000000: million millions
        """

    private static let englishPhrases = """
        how much=!howmuch
        how many=!howmany
        how long=!howlong
        how often=!howoften
        how far=!howfar
        how big|how large=!howbig
        what time|at what time=!whattime
        what day=!whatday
        how come=!why
        since when=!since
        until when=!until
        from when|starting when|from what date=!from
        going to|gonna=goingto
        have to|has to|had to=haveto
        need to|needs to=needto
        used to=usedto
        able to=can
        there be=ya
        is there|are there|is their|are their=ya is
        there is|there are=ya is
        will there be|there will be=ya will
        was there|were there|there was|there were=ya was
        would there be=ya would
        thank you|thank u|thanks in advance|many thanks|thanks a lot|thanks so much=~
        excuse me|sorry|sorry if this was asked already|sorry if this was already asked|sorry if this has been asked|sorry if i missed it|good morning|good evening|good afternoon|hi all|hey all|hey guys|hi guys|hey everyone|hi everyone|hello everyone|hi there=~<
        i have a question|quick question|my question is|question|one question|just one question|just a question|dumb question|honest question=~
        i would like to know if|i would like to know|i d like to know if|i d like to know|i want to know if|i want to know|i was wondering if|i wonder if|i was wondering|i am wondering|just wondering=~
        can you tell us if|could you please tell us if|can you please tell us if|could you please tell us|can you please tell us|could you please tell me if|could you please tell me|can you tell me if|can you tell us|can you tell me|could you tell us if|could you tell me if|could you tell us|could you tell me|can you say if|can anyone tell me if|can anyone tell me|could anyone tell me if|could anyone tell me|does anyone know if|does anyone know|may i ask if|may i ask|can i ask if|can i ask|please could you tell us if|please could you tell us|i d love to know if|i d love to know|just curious|would you mind telling us|do you know if|do you know|do we know if|do we know|any idea if|any idea|please tell us|tell us|tell me=~
        yes or no|or not=~
        a lot of|lots of=many
        no longer|not anymore|not any more=-nolonger
        as well=too
        at least=atleast
        at most=atmost
        instead of=instead
        in case of|in case=encas
        log in=login
        sign up=signup
        back up|backup=backup
        back ups|backups=backup
        set up|setup=setup
        """

    private static let englishSpelled = """
        u = you
        r = are
        ur = your
        w/o = without
        w/ = with
        pls plz = please
        thx tks tnx = thanks
        cuz coz bc = because
        b4 = before
        dont = do not
        doesnt = does not
        didnt = did not
        isnt = is not
        arent = are not
        wasnt = was not
        werent = were not
        wont = will not
        wouldnt = would not
        cant = can not
        cannot = can not
        couldnt = could not
        shouldnt = should not
        mustnt = must not
        hasnt = has not
        havent = have not
        hadnt = had not
        whats = what is
        wheres = where is
        whens = when is
        hows = how is
        whos = who is
        whys = why is
        thats = that is
        theres = there is
        im = i am
        ive = i have
        youre = you are
        theyre = they are
        gonna = going to
        wanna = want to
        gotta = have to
        info infos = information
        msg = message
        msgs = messages
        ppl = people
        prod = production
        conf = conference
        config = configuration
        perf = performance
        docs = documentation
        app = application
        apps = applications
        repo = repository
        auth = authentication
        stats = statistics
        env = environment
        dept = department
        govt = government
        yr = year
        yrs = years
        mins = minutes
        hrs = hours
        min = minutes
        approx = approximately
        dev = developer
        devs = developers
        ofc = office
        tmrw tmr tomoro = tomorrow
        2day = today
        """

    private static let englishRoom = """
        here room mic microphone mics wifi wi-fi screen projector sound volume audio heating lights door doors
        window toilet toilets restroom restrooms cloakroom seats seat headset headsets whiteboard aircon socket sockets
        """
}
