extension English {
    var keys: [[KeyWord]] {
        [
            [
                KeyWord("a", "approve"), KeyWord("d", "dismiss"), KeyWord("e", "edit"),
                KeyWord("l", "live"), KeyWord("v", "answered"), KeyWord("r", "restore"),
                KeyWord("p", "put back"), KeyWord("V", "live answered"), KeyWord("b", "block"),
                KeyWord("M", uniteWithOther),
            ],
            [
                KeyWord("?", "help"), KeyWord("u", "undo"), KeyWord("U", "actions"),
                KeyWord("/", "search"), KeyWord("n", "new"), KeyWord("t", "talks"),
                KeyWord("i", "pause"), KeyWord("g", "go to no."), KeyWord("o", "order"),
                KeyWord("D", "duplicates"),
                KeyWord("q", "quit"),
            ],
        ]
    }

    var help: [KeyWord] {
        [
            KeyWord("", "Triage of the selected question"),
            KeyWord("a", "approve: the audience can read and support it"),
            KeyWord("d", "dismiss, then the digit of the reason"),
            KeyWord("e", "edit the text; the original is kept"),
            KeyWord("r", "restore a dismissed or answered question"),
            KeyWord("b B", "block, unblock the device that asked it"),
            KeyWord("", "On stage"),
            KeyWord("l", "take live; the one before becomes answered"),
            KeyWord("v", "answered"),
            KeyWord("V", "the live question is answered"),
            KeyWord("p", "put back into the queue"),
        ] + helpOnOrder + helpOnMarks + helpOnDuplicates + helpTogether + [
            KeyWord("", "Mistakes"),
            KeyWord("u", "undo my last action"),
            KeyWord("U", "everybody's latest actions, and undo one of them"),
            KeyWord("", "Looking"),
            KeyWord("j k ↓ ↑", "next, previous; also Page and Home, End"),
            KeyWord("← →", "to read, approved, live, done"),
            KeyWord("Tab 0-9", "next venue, all (0), a venue (1-9)"),
            KeyWord("n", "next new question"),
            KeyWord("/", "search a word, a name, a number; Esc ends it"),
            KeyWord("g", "go to a number"),
            KeyWord("Enter", "read the whole question"),
            KeyWord("", "The day"),
            KeyWord("t", "start or end a talk"),
            KeyWord("i", "pause or resume the intake"),
            KeyWord("", "This program"),
            KeyWord("Ctrl-L", "draw the screen again"),
            KeyWord("Ctrl-Z", "put aside (fg comes back)"),
            KeyWord("q", "quit; what waits to be sent is kept"),
        ]
    }

    var editKeys: [KeyWord] {
        [
            KeyWord("Enter", "save"),
            KeyWord("Esc", "leave"),
            KeyWord("Ctrl-U", "delete to the left"),
            KeyWord("Ctrl-W", "a word"),
        ]
    }
    var talksKeys: [KeyWord] {
        [
            KeyWord("j k", "choose"),
            KeyWord("s", "start"),
            KeyWord("e", "end"),
            KeyWord("Esc", "close"),
        ]
    }
    var historyKeys: [KeyWord] {
        [
            KeyWord("j k", "choose"),
            KeyWord("u", "undo this one"),
            KeyWord("Esc", "close"),
        ]
    }
    var detailKeys: [KeyWord] {
        [
            KeyWord("j k", "scroll"),
            KeyWord("Esc", "close"),
            KeyWord("", "and all action keys"),
        ]
    }
    var helpKeys: [KeyWord] {
        [
            KeyWord("j k", "scroll"),
            KeyWord("", "any other key closes"),
        ]
    }

    func signs(_ glyphs: Glyphs) -> String {
        "Signs: \(glyphs.new) new, \(glyphs.waiting) not confirmed yet, "
            + "\(glyphs.edited) edited, \(glyphs.blocked) device blocked, \(glyphs.votes) votes"
    }

    var yesNoKeys: [KeyWord] { [KeyWord("y", "yes"), KeyWord("n", "no")] }
    var deafKeys: [KeyWord] { [KeyWord("Esc", "use the keys again")] }
    var quitKeys: [KeyWord] { [KeyWord("q", "quit"), KeyWord("", "any other key: stay")] }
    var searchKeys: [KeyWord] {
        [KeyWord("↓ ↑", "choose"), KeyWord("Enter", "keep"), KeyWord("Esc", "come back")]
    }
    var goToKeys: [KeyWord] { [KeyWord("Enter", "go"), KeyWord("Esc", "stay")] }
}
