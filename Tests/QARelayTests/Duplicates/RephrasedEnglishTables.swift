// English questions in several turns, and those that a careless turn would take for one.

extension PairTable {
    static let rephrasedEnglish = [
        PairTable(
            "possible, how to, and one future",
            united: """
                Is it possible to rent a canoe? | Can we rent a canoe?
                Are we able to rent a canoe? | can we rent a canoe
                When is the new pool opening? | when will the new pool open
                When are the locks closing? | when will the locks close?
                How do I graft a plum tree? | How can I graft a plum tree?
                How to graft a plum tree? | how do i graft a plum tree
                Are you going to sell the mill? | Will you sell the mill?
                Is the ferry going to sink? | Will the ferry sink?
                Is there going to be a buffet? | will there be a buffet?
                What if I lose my oar? | what if i loose my oar
                How often do you back up the ledger? | how often do you backup the ledger
                Sorry to insist but is the mill sold? | Is the mill sold?
                Can anyone tell me if the mill is sold? | Is the mill sold?
                """,
            apart: """
                Is it impossible to rent a canoe? | Is it possible to rent a canoe?
                Must we rent a canoe? | Is it possible to rent a canoe?
                Can you rent a canoe? | Is it possible to rent a canoe?
                Could we rent a canoe? | Can we rent a canoe?
                How do you graft a plum tree? | How do I graft a plum tree?
                How should I graft a plum tree? | How do I graft a plum tree?
                How did I graft it? | How do I graft it?
                Were you going to sell the mill? | Will you sell the mill?
                Aren't you going to sell the mill? | Are you going to sell the mill?
                Would you sell the mill? | Are you going to sell the mill?
                Are you going to the mill? | Will you mill?
                Are people going to mill about? | Are you going to mill about?
                Is the knot loose? | Does the knot lose?
                When is the new pool opening? | When is the new pool open?
                When is the new pool opening? | Where will the new pool open?
                Who is opening the new pool? | Who will the new pool open?
                """),
        PairTable(
            "prices and differences",
            united: """
                How much does a canoe cost? | What is the price of a canoe?
                How much is the canoe? | how much does the canoe cost
                What does the canoe cost? | How much does the canoe cost?
                How much will the canoe cost? | What will the canoe cost?
                What is the difference between a canoe and a kayak? | what's the difference between a kayak and a canoe
                Did you test it against the barge? | did you test against the barge
                What's the difference between oak and ash? | what is the difference between oak and ash
                """,
            apart: """
                How much does a canoe cost? | How much will a canoe cost?
                How much does a canoe weigh? | How much does a canoe cost?
                How many canoes? | How much is the canoe?
                What did the canoe cost? | What does the canoe cost?
                What is the price of a canoe? | Who sets the price of a canoe?
                How much does the canoe not cost? | How much does the canoe cost?
                Is there a difference between oak and ash? | What is the difference between oak and ash?
                What is the difference between oak and ash? | What is the difference between oak and elm?
                Did you test it against the barge? | Did you test against the ferry?
                Did they play it against France? | Did they play against France?
                Did you leave it in Paris? | Did you leave in Paris?
                Why is there a difference between oak and ash? | What is the difference between oak and ash?
                What is the difference in price between oak and ash? | What is the difference between oak and ash?
                """),
    ]
}
