import Foundation
import Testing

/// The borders that ARCHITECTURE.md draws, read from the sources themselves.
@Suite struct BordersTests {
    struct Source {
        var path: String
        var text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count,
                    !line.hasPrefix("//")
                else { return nil }
                return String(words[index + 1])
            }
        }
    }

    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func sources(_ folder: String, _ ending: String = ".swift") throws -> [Source] {
        let base = root.appending(path: folder)
        let walker = try #require(FileManager.default.enumerator(atPath: base.path))
        return try walker.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.sorted().map {
            Source(
                path: folder + "/" + $0,
                text: try String(contentsOf: base.appending(path: $0), encoding: .utf8))
        }
    }

    @Test(arguments: [
        // `Swift` by name, for its normal forms of Unicode.
        ("Sources/QAShared", ["Swift"]),
        ("Sources/QASocket", ["CLibwebsockets", "CLibev", "COpenSSL", "Glibc", "Synchronization"]),
        ("Sources/QARelay/Hub", ["QAShared"]),
        ("Sources/QARelay/Duplicates", ["QAShared"]),
        ("Sources/QARelay/Plain", ["QAShared"]),
        ("Sources/QAClient/Screen", ["QAShared"]),
        ("Sources/QAClient/Terminal", ["QAShared", "QASocket", "Glibc", "Synchronization"]),
        ("Sources/QAClient/Link", ["QAShared", "QASocket", "Glibc", "Synchronization"]),
    ])
    func `a folder imports only what its border allows`(folder: String, allowed: [String]) throws {
        guard FileManager.default.fileExists(atPath: Self.root.appending(path: folder).path) else { return }
        for source in try Self.sources(folder) {
            let foreign = source.imports.filter { !allowed.contains($0) }
            #expect(foreign.isEmpty, "\(source.path) imports \(foreign)")
        }
    }

    /// The server's world beside its pure parts.
    static let world = ["Commands", "Control", "Demo", "Language", "Log", "Setup", "SignIn", "Transport", "Uplink"]

    /// Within one module nothing has to be imported, so the names are looked for.
    @Test(arguments: [
        // How an append failed is told by value, and counted in numbers that the hub is handed; relays are told the version.
        ("Hub", world + ["Operations"], ["LogError", "CommandMeters", "QARelayVersion"]),
        ("Duplicates", world + ["Hub", "Operations", "Plain"], []),
        ("Plain", world + ["Operations"], ["Digest"]),
        ("Log", ["Commands", "Control", "Demo", "Hub", "Plain", "SignIn", "Transport"], ["LineMemory"]),
    ])
    func `a folder of the server names no type beyond its border`(folder: String, beyond: [String], allowed: [String])
        throws
    {
        let declaration = /^(?:[a-z@]+ )*(?:struct|class|enum|protocol|actor|typealias) (?<name>\w+)/
            .anchorsMatchLineEndings()
        var places: [String: String] = [:]
        for other in beyond {
            let sources = try Self.sources("Sources/QARelay/\(other)")
            for match in sources.flatMap({ $0.text.matches(of: declaration) }) { places[String(match.name)] = other }
        }
        #expect(places.count > 10)
        for source in try Self.sources("Sources/QARelay/\(folder)") {
            for line in source.lines {
                let code = line.replacing(/"(?:\\.|[^"\\])*"/, with: "").replacing(/\/\/.*/, with: "")
                let words = code.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
                for name in words.compactMap({ $0.split(separator: ".").first }) where !allowed.contains(String(name)) {
                    let place = places[String(name)]
                    #expect(place == nil, "\(source.path) names \(name), of \(place ?? "")")
                }
            }
        }
    }

    @Test func `each C library and the store are seen in one place alone`() throws {
        for source in try Self.sources("Sources") {
            for name in source.imports {
                switch name {
                case "CLibwebsockets", "CLibev":
                    #expect(source.path.hasPrefix("Sources/QASocket/"), "\(source.path) imports \(name)")
                case "GRDB":
                    #expect(
                        ["SQLiteLog", "SQLiteErasing", "RelayStore"].contains {
                            source.path == "Sources/QARelay/Log/\($0).swift"
                        },
                        "\(source.path) imports GRDB")
                case "COpenSSL":
                    #expect(
                        ["Log/Digest", "SignIn/ProviderKey"].contains { source.path == "Sources/QARelay/\($0).swift" }
                            || source.path.hasPrefix("Sources/QASocket/TLS/"), "\(source.path) imports COpenSSL")
                case "CHunspell", "CStemmer":
                    #expect(
                        source.path == "Sources/QARelay/Language/Dictionaries.swift", "\(source.path) imports \(name)")
                case "CCurl":
                    #expect(source.path == "Sources/QARelay/SignIn/WebFetcher.swift", "\(source.path) imports CCurl")
                case "CZlib":
                    #expect(source.path == "Sources/QARelay/Transport/Gzip.swift", "\(source.path) imports CZlib")
                case "CQrencode":
                    #expect(source.path == "Sources/QARelay/Setup/QRCode.swift", "\(source.path) imports CQrencode")
                case "QARelay", "QAClient":
                    Issue.record("\(source.path) imports the program \(name)")
                default: break
                }
            }
        }
    }

    @Test func `what the compiler is asked to believe is said in a sentence`() throws {
        for source in try Self.sources("Sources") {
            for line in source.lines where line.contains("@unchecked") && !line.contains("//") {
                #expect(
                    source.text.contains("// @unchecked because"),
                    "\(source.path): \(line.trimmingCharacters(in: .whitespaces))")
                let pure = ["Sources/QAShared/", "Sources/QARelay/Hub/", "Sources/QAClient/"]
                #expect(!pure.contains { source.path.hasPrefix($0) }, "\(source.path) uses @unchecked")
            }
        }
    }

    @Test func `no source file is longer than 400 lines`() throws {
        for source in try Self.sources("Sources") + Self.sources("web", ".js") {
            #expect(source.lines.count <= 401, "\(source.path): \(source.lines.count) lines")
        }
    }

    @Test func `pages put text into the document as text alone`() throws {
        let forbidden = [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
            "setAttribute(\"style\"", ".cssText",
        ]
        for source in try Self.sources("web", ".js") {
            for word in forbidden { #expect(!source.text.contains(word), "\(source.path) uses \(word)") }
        }
        for source in try Self.sources("web", ".html") {
            for word in [" onclick=", " style=", "<style", "javascript:", "http://", "https://"] {
                #expect(!source.text.contains(word), "\(source.path) holds \(word)")
            }
            #expect(source.text.components(separatedBy: "<script").count <= 2, "\(source.path): one module a page")
        }
    }

    /// The bytes of what a page makes a device load: itself, what it names, what its modules import in turn, and the words
    /// of one language; French takes the most.
    static func bytes(loadedBy page: String) throws -> Int {
        let files = try [".html", ".css", ".js", ".svg"].flatMap { try sources("web", $0) }
        let texts = Dictionary(uniqueKeysWithValues: files.map { (String($0.path.dropFirst(4)), $0.text) })
        let pattern = /(?:src="|href="|from '|import ')(?<path>[^"'#?]+)["']/
        var left = [page]
        var loaded: Set<String> = []
        while let name = left.popLast() {
            guard loaded.insert(name).inserted else { continue }
            let text = try #require(texts[name], "\(page) names \(name)")
            let folder = URL(filePath: "/" + name).deletingLastPathComponent()
            // A path without an ending is another page, which is loaded when somebody follows the link.
            if name.hasSuffix("i18n.js") { left.append("js/messages-fr.js") }
            left += text.matches(of: /\blearn\('(?<page>\w+)'\)/).map { "js/messages-\($0.page)-fr.js" }
            left += text.matches(of: pattern).filter { $0.path.contains(".") }.map {
                String(URL(filePath: String($0.path), relativeTo: folder).standardizedFileURL.path.dropFirst())
            }
        }
        return loaded.reduce(0) { $0 + (texts[$1]?.utf8.count ?? 0) }
    }

    @Test func `what one page makes a device load stays under 69 kB, and all of them under 128 kB`() throws {
        for page in ["index.html", "ask.html", "speaker.html", "wall.html", "day.html"] {
            let bytes = try Self.bytes(loadedBy: page)
            #expect((10_000..<69_000).contains(bytes), "\(page) loads \(bytes) bytes")
        }
        let base = Self.root.appending(path: "web")
        let walker = try #require(FileManager.default.enumerator(atPath: base.path))
        var all = 0
        for case let name as String in walker {
            let attributes = try FileManager.default.attributesOfItem(atPath: base.appending(path: name).path)
            if attributes[.type] as? FileAttributeType == .typeRegular { all += attributes[.size] as? Int ?? 0 }
        }
        #expect(all < 128_000, "web/ holds \(all) bytes")
    }
}
