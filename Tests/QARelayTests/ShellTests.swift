import Testing

@testable import QARelay

@Suite struct ShellTests {
    @Test(arguments: [
        ("data", "data"), ("/var/lib/qarelay/hub-1.2", "/var/lib/qarelay/hub-1.2"), ("données", "données"),
        ("my data", "'my data'"), ("", "''"), ("-rf", "'-rf'"), ("it's", "'it'\\''s'"), ("$(id)", "'$(id)'"),
        ("a\nb", "'a\nb'"), ("~", "'~'"),
    ])
    func `a word is quoted when a shell would take it for something else`(word: String, quoted: String) {
        #expect(Shell.quoted(word) == quoted)
    }
}
