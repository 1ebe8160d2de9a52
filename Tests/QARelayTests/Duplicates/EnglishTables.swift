// English questions, by phenomenon.

extension PairTable {
    static let english = [
        PairTable(
            "English typing and politeness",
            united: """
                Who winds the clock? | who winds the clock
                Who winds the clock? | WHO WINDS THE CLOCK??
                Where do the swans nest? | Hello, where do the swans nest please? Thanks
                Why is the well covered? | I was wondering why is the well covered
                How do you cure a ham? | how do u cure a ham pls
                What does the miller earn? | Can you tell us what does the miller earn?
                Is the cider strong? | Great talk! Is the cider strong?
                When are the lambs weaned? | hi all, when are the lambs weaned? thx
                Do the bells ring at night? | Quick question: do the bells ring at night?
                Where can I buy honey? | where can i buy hoeny
                Who repairs the violins? | who repairs the voilins
                Does the ferry carry horses? | does the ferrry carry horses
                """,
            apart: """
                Hello, who winds the clock? | Hello, who sells the clock?
                Where do the swans nest? | When do the swans nest?
                Should I vote yes? | Should I vote?
                Is the well covered? | Is it covered?
                Did it go well? | Did it go?
                Can I go there? | Can I go?
                Do you say please in Spain? | Do you say thanks in Spain?
                Is there one question per page? | Is there one picture per page?
                Should I say sorry to the dog? | Should I say hello to the dog?
                The talk. Who pays? | The session. Who pays?
                Is the cider strong? | Is the cider sweet?
                """),
        PairTable(
            "contractions",
            united: """
                Doesn't the kettle whistle? | doesnt the kettle whistle
                Why isn't the oven hot? | why isnt the oven hot
                Why is the oven not hot? | why isn't the oven hot?
                What's a lathe? | whats a lathe
                Where's the anvil? | where is the anvil
                Who's the carpenter? | who is the carpenter
                We can't see the stage | we cannot see the stage
                Won't the glue melt? | wont the glue melt
                They'll plant oaks? | they will plant oaks
                I've lost my scarf | i have lost my scarf
                Aren't the geese noisy? | arent the geese noisy
                Shouldn't we salt the pond? | shouldnt we salt the pond
                """,
            apart: """
                Doesn't the kettle whistle? | Does the kettle whistle?
                Why isn't the oven hot? | Why is the oven hot?
                Why isn't the oven hot? | Why wasn't the oven hot?
                Where's the anvil? | What's the anvil?
                Who's the carpenter? | Whose carpenter?
                We can't see the stage | We can see the stage
                Won't the glue melt? | Will the glue melt?
                Won't the glue melt? | Wouldn't the glue melt?
                They'll plant oaks? | They'd plant oaks?
                I've lost my scarf | We've lost my scarf
                Aren't the geese noisy? | Are the geese noisy?
                Shouldn't we salt the pond? | Couldn't we salt the pond?
                """),
        PairTable(
            "British and American spelling",
            united: """
                Who organises the raffle? | who organizes the raffle
                Who realised the mosaic? | who realized the mosaic
                Is labour cheap? | is labor cheap
                Can the church be modernised? | can the church be modernized
                Who analyses the milk? | who analyzes the milk
                Who is your neighbour? | who is your neighbor
                Did she apologise? | did she apologize
                Is the parlour locked? | is the parlor locked
                Was the barn vandalised? | was the barn vandalized
                Is the harbour frozen? | is the harbor frozen
                Are you organising a ball? | are you organizing a ball
                """,
            apart: """
                What colour is the barn? | What collar is the barn?
                Who organises the raffle? | Who patronises the raffle?
                Where is the sailing centre? | Where is the sailing counter?
                Is labour cheap? | Is lumber cheap?
                What flavour is the syrup? | What favour is the syrup?
                Is the prize large? | Is the price large?
                """),
        PairTable(
            "English question words",
            united: """
                What time does the owl hunt? | at what time does the owl hunt
                How many eggs hatched? | how many eggs hatched pls
                Why did the pond dry up? | why did the pond dry up
                Who owns the barn? | hey who owns the barn
                How often do you milk? | how often do u milk
                Where do otters sleep? | where do the otters sleep?
                Which oak is oldest? | which oak is the oldest
                Whose sheep are these? | whose sheep are these
                What is a gable? | what's a gable
                How long is the tunnel? | how long is the tunnel pls
                Who feeds the pigs? | who feeds the pigs, thanks
                How does yeast work? | hi, how does yeast work?
                """,
            apart: """
                When does the owl hunt? | Where does the owl hunt?
                Why does it rain? | How does it rain?
                Who is the miller? | What is the miller?
                How much oil does it burn? | How long does it burn oil?
                How many eggs hatch? | How often do eggs hatch?
                What time does it hatch? | What day does it hatch?
                Which dog won? | Whose dog won?
                Since when is the mine shut? | Until when is the mine shut?
                How far is the lake? | How big is the lake?
                How come it rains? | How does it rain?
                Does the owl hunt? | When does the owl hunt?
                What is the cat called? | Who is the cat called?
                """),
        PairTable(
            "English negation and modality",
            united: """
                Can we swim in the quarry? | can we swim in the quarry plz
                Must the dog be chained? | must the dog be chained
                Why do bees not fly at night? | why dont bees fly at night
                Is nobody hurt? | is nobody hurt ?
                Should we feed the ducks? | should we feed the ducks?
                Is it not raining in Cork? | isn't it raining in Cork?
                Could the dam break? | could the dam break, thank you
                Would a goat eat nettles? | would goats eat nettles
                May I pick the plums? | may I pick the plums please
                Why can't swans walk far? | why cant swans walk far
                Do we have to bring gloves? | do we have to bring gloves pls
                Will there be no fireworks? | will there be no fireworks?
                """,
            apart: """
                Can we swim? | May we swim?
                Must we swim? | Should we swim?
                Will we swim? | Would we swim?
                Do we have to swim? | Do we need to swim?
                Are we able to swim? | Are we allowed to swim?
                Might it snow? | Will it snow?
                Did we have to swim? | Do we have to swim?
                Who votes? | Who does not vote?
                Why do you never answer? | Why do you not answer?
                Is there no lift? | Is there a lift?
                Is it no longer free? | Is it free?
                Are non-members allowed? | Are members allowed?
                """),
        PairTable(
            "English tense and voice",
            united: """
                Has the barn burned? | has the barn burned ?
                Who will shear the sheep? | who will shear the sheep pls
                Is the hay being baled? | is the hay being baled
                Was the mill sold? | was the mill sold??
                Did the roof leak? | did the roof leak
                Are they going to dig a moat? | are they gonna dig a moat
                Had the miller died? | had the miller died?
                Who was elected abbot? | who was elected abbot
                Is the lime tree felled? | is the lime tree felled?
                Were the cows milked? | were the cows milked
                Would he have sold the mare? | would he have sold the mare?
                Has anyone seen a wolf? | has anyone seen a wolf pls
                """,
            apart: """
                Did the school close? | Will the school close?
                Has the school closed? | Had the school closed?
                Was the bridge closed? | Is the bridge closed?
                Is the bridge going to close? | Is the bridge closed?
                Who funded the library? | Who funds the library?
                Who owns the barn? | Who owned the barn?
                The ferry stopped at noon? | The ferry stops at noon?
                What happened at noon? | What happens at noon?
                Who is hired? | Who is hiring?
                Who is invited? | Who is inviting?
                Is the staff trained? | Is the staff training?
                Is the client billed? | Is the client billing?
                Are children helped? | Are children helping?
                Is the film boring? | Is the film bored?
                """),
        PairTable(
            "English roles",
            united: """
                Can you help us? | hello can you help us
                Who do I pay? | who do i pay
                Does the dog bite the postman? | does the dog bite the postman ?
                Who taught the smith? | who taught the smith?
                Will you pay us? | will u pay us
                Do they trust the vet? | do they trust the vet
                Who is Anna waiting for? | who is anna waiting for
                Can I film you? | hi can i film you
                Who did the judge sue? | who did the judge sue?
                What causes rust? | what causes rust
                Does the landlord tell the tenants? | does the landlord tell the tenants
                Should the buyer call the seller? | should the buyer call the seller?
                """,
            apart: """
                Can we help you? | Can you help us?
                Who do I pay? | Who pays me?
                Who do you represent? | Who represents you?
                Do you trust them? | Do they trust you?
                Who can I vote for? | Who can vote for me?
                Who do I talk to? | Who talks to me?
                Should we call you? | Should you call us?
                Do I owe you money? | Do you owe me money?
                Does the dog bite the cat? | Does the cat bite the dog?
                Who does the bishop support? | Who supports the bishop?
                What does rust cause? | What causes rust?
                Which team beat Caen? | Which team did Caen beat?
                Is the cat chased by the dog? | Is the dog chased by the cat?
                Who sits behind you? | Who do you sit behind?
                """),
        PairTable(
            "English quantifiers, only and even",
            united: """
                Do only members vote? | do only members vote ?
                Are all the geese white? | are all the geese white
                Is every barrel full? | is every barrel full?
                Are there enough blankets? | are there enough blankets
                Do many pilgrims come? | do many pilgrims come?
                Can even toddlers swim? | can even toddlers swim
                Is the cellar always damp? | is the cellar always damp
                Are some of the swords rusty? | are some of the swords rusty
                Do both twins sing? | do both twins sing
                Is there more than one abbot? | is there more than one abbot
                Do few farmers grow hemp? | do few farmers grow hemp
                Is it too salty? | is it too salty
                """,
            apart: """
                Only members vote? | Members only vote?
                Even kids pay? | Kids even pay?
                Is it open all day? | Is it open every day?
                Does it rain all night? | Does it rain every night?
                Is anyone missing? | Is anything missing?
                Was somebody found? | Was something found?
                Is nobody paid? | Is nothing paid?
                Do all members have some votes? | Do some members have all votes?
                More buses and fewer cars? | Fewer buses and more cars?
                Many cats and few dogs? | Few cats and many dogs?
                Some of the eggs are bad? | All of the eggs are bad?
                Most students passed? | More students passed?
                """),
        PairTable(
            "English prepositions and phrasal verbs",
            united: """
                Must I log in to print? | must i log in to print
                Did the pump break down? | did the pump break down ?
                Is there a boat from Jersey to Sark? | is there a boat from Jersey to Sark pls
                Who looks after the hens? | who looks after the hens
                Is the key under the mat? | is the key under the mat
                Can we cross before dawn? | can we cross before dawn
                Do they turn off the fountain? | do they turn off the fountain
                Is the shed behind the barn? | is the shed behind the barn
                Can I come without boots? | can i come w/o boots
                Will they give up smoking? | will they give up smoking
                Is the fair until Sunday? | is the fair until Sunday
                Who runs across the field? | who runs across the field
                """,
            apart: """
                Is there a bus from Paris to Lyon? | Is there a bus to Paris from Lyon?
                Tea with milk and without sugar? | Tea without milk and with sugar?
                Do we eat before the walk and after the show? | Do we eat after the walk and before the show?
                Is the cat on the roof? | Is the cat under the roof?
                Is it open until Monday? | Is it open from Monday?
                Is it for sale? | Is it on sale?
                Can I check in? | Can I check out?
                Do we turn it up? | Do we turn it down?
                Did they break in? | Did they break out?
                Did they break up? | Did they break down?
                Do we look after the dog? | Do we look for the dog?
                Is the power off? | Is the power on?
                Is the bank inside the mall? | Is the bank outside the mall?
                Do we pay at the door? | Do we pay for the door?
                """),
        PairTable(
            "English prefixes, agents and degrees",
            united: """
                Are the bakers striking? | are the bakers striking ?
                Can I unlock the gate? | can i unlock the gate
                Which mare is faster? | which mare is faster?
                Who is the oldest baker? | who is the oldest baker
                Is the well unsafe? | is the well unsafe
                Are the drivers insured? | are the drivers insured
                Is training compulsory? | is training compulsory
                Did you disagree? | did you disagree
                Is the oven hotter? | is the oven hotter
                Can they rebuild the chapel? | can they rebuild the chapel
                Why is the mare unhappy? | why is the mare unhappy
                """,
            apart: """
                Do you agree? | Do you disagree?
                Is the worker happy? | Is the worker unhappy?
                Is it safe? | Is it unsafe?
                Can we use it? | Can we reuse it?
                Is the bill paid? | Is the bill unpaid?
                Is it complete? | Is it incomplete?
                Did the ship appear? | Did the ship disappear?
                Should I overestimate it? | Should I underestimate it?
                Is the teacher paid? | Is the teaching paid?
                Is the train free? | Is the training free?
                Where is the park? | Where is the parking?
                Is the farmer rich? | Is the farm rich?
                Is the driver ready? | Is the drive ready?
                Is the paint safe? | Is the painting safe?
                Is it cheap? | Is it cheaper?
                Which bus is cheaper? | Which bus is cheapest?
                Is it hard? | Is it hardly?
                Is the reply short? | Is the reply shortly?
                """),
        PairTable(
            "English words made of others",
            united: """
                Are the payments late? | are the payments late
                Is the root harmless? | is the root harmless pls
                Was the milk preheated? | was the milk preheated
                Is the abbess respectful? | is the abbess respectful
                """,
            apart: """
                Is it harmful? | Is it harmless?
                Is it careful? | Is it careless?
                Is it painful? | Is it painless?
                Is she respected? | Is she respectful?
                Is he employed? | Is he employable?
                Is it trust? | Is it mistrust?
                Is the nurse underpaid? | Is the nurse overpaid?
                Is the meat cooked? | Is the meat overcooked?
                Is it possible? | Is it impossible?
                Is it expensive? | Is it inexpensive?
                Is it visible? | Is it invisible?
                Can I write it? | Can I rewrite it?
                Was it heated? | Was it preheated?
                Is the payment late? | Is the pay late?
                Is the treatment safe? | Is the treat safe?
                Is the statement short? | Is the state short?
                Is it health food? | Is it healthy food?
                Who is the leader? | Who is the leading?
                Does US law apply? | Does our law apply?
                """),
        PairTable(
            "English numbers, names and near words",
            united: """
                Is it 1500 pounds? | is it 1500 pounds ?
                Is version 2.0 out? | is version 2.0 out
                Is Mr Whitlock late? | is Mr Whitlock late pls
                Is the ladder 12 feet long? | is the ladder twelve feet long
                Did Henry VIII sleep at the inn? | did Henry VIII sleep at the inn
                Is the bell 300 years old? | is the bell 300 years old
                Are there twenty-four lambs? | are there 24 lambs
                Is half of it rotten? | is half of it rotten
                Does it cost 5 dollars? | does it cost $5
                Is it 3.5 metres deep? | is it 3.5 metres deep?
                Is Dr Pemberton in? | is Dr Pemberton in
                Do we meet on May 3? | do we meet on may 3
                """,
            apart: """
                Is it 15 euros? | Is it 50 euros?
                Is it fifteen euros? | Is it fifty euros?
                Is it 8am? | Is it 8pm?
                Is it -3 degrees? | Is it 3 degrees?
                Is it 50m? | Is it 50 million?
                Is it ½ cup? | Is it ¼ cup?
                Is it ten past five? | Is it five past ten?
                Is C# hard? | Is C hard?
                Will Williams speak? | Will William speak?
                Is Stephen late? | Is Stephan late?
                Is ethanol toxic? | Is methanol toxic?
                Is the policy new? | Is the police new?
                Is it adapted? | Is it adopted?
                Is the dessert hot? | Is the desert hot?
                """),
    ]
}
