/// What a person did on the keyboard.
enum Key: Hashable, Sendable {
    case character(Character)
    /// Control with a small letter.
    case control(Character)
    /// Text put in by the terminal in one piece, never to be taken for keys.
    case paste(String)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right, pageUp, pageDown, home, end
}
