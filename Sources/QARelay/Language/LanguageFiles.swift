import Glibc

/// Where the engine's own lists lie.
enum LanguageFiles {
    /// The folder given, else the one beside the program, else where a package puts it.
    static func find(_ given: String?) -> String? {
        FileSystem.findFolder(named: "language", given) { unsafe access($0 + "/concepts-general.txt", R_OK) == 0 }
    }

    /// Reads what is there, and names what is not.
    static func load(_ folder: String?) -> (resources: LanguageResources, missing: [String]) {
        var missing: [String] = []
        let resources = LanguageResources { name in
            let text = folder.flatMap { FileSystem.readText("\($0)/\(name).txt") }
            if text == nil { missing.append("language/\(name).txt") }
            return text
        }
        if resources.ranker == nil, !missing.contains("language/ranker.txt") { missing.append("language/ranker.txt") }
        return (resources, missing)
    }
}
