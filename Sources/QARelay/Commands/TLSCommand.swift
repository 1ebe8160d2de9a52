import ArgumentParser
import Glibc
import QASocket

struct TLSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tls", abstract: "Make a certificate, and show what one is.", subcommands: [New.self, Show.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a certificate that vouches for itself, with its key.",
            discussion: """
                Writes cert.pem and key.pem (only its owner can read it) for “qarelay serve --tls-certificate \
                --tls-key”, and prints the fingerprint. Browsers ask their users whether they believe such a \
                certificate; terminals are told with --fingerprint.
                """)

        @Option(
            help: ArgumentHelp(
                "The names and addresses under which the hub is reached, with commas between them.",
                valueName: "host[,host2,ip…]"))
        var name: String

        @Option(help: "The folder for cert.pem and key.pem; made when it is not there.")
        var out: String

        @Option(help: "How many days it is valid.")
        var days = 825

        func validate() throws {
            guard (1...36_500).contains(days) else {
                throw ValidationError("Write a number from 1 to 36500 after --days.")
            }
            if let bad = names.first(where: { !SelfSigned.isUsable($0) }) {
                throw ValidationError("“\(bad)” is neither a host name nor an address. Write --name HOST,192.0.2.7.")
            }
        }

        private var names: [String] {
            name.split(separator: ",", omittingEmptySubsequences: false).map { part in
                var part = part.drop { $0 == " " }
                while part.last == " " { part.removeLast() }
                return String(part)
            }
        }

        func run() throws {
            do throws(Stop) {
                try make()
            } catch {
                error.leave()
            }
        }

        private func make() throws(Stop) {
            guard let pair = SelfSigned(names: names, days: days) else {
                throw Stop(code: "tls_refused", sentence: "OpenSSL made no certificate for these names.")
            }
            if let reason = FileSystem.makePrivateFolder(out) {
                throw Stop(code: "tls_folder", sentence: "The folder \(out) cannot be made (\(reason)).")
            }
            for path in ["\(out)/key.pem", "\(out)/cert.pem"] where FileSystem.exists(path) {
                throw refusal(path, "it is there already")
            }
            // The key first: a certificate alone would look like a pair.
            for (file, text, mode) in [("key.pem", pair.key, mode_t(0o600)), ("cert.pem", pair.certificate, 0o644)] {
                try write("\(out)/\(file)", text, mode)
            }
            FileSystem.flushFolder(out)
            Output.line("\(out)/cert.pem, \(out)/key.pem: for \(names.joined(separator: ", ")), \(days) days.")
            Output.line("Fingerprint (SHA-256): \(CertificateFacts.grouped(pair.fingerprint))")
        }

        private func write(_ path: String, _ text: String, _ mode: mode_t) throws(Stop) {
            if let reason = FileSystem.writeNew(path, text, mode: mode) { throw refusal(path, reason) }
        }

        private func refusal(_ path: String, _ reason: String) -> Stop {
            Stop(
                code: "tls_not_written",
                sentence: "\(path) cannot be written (\(reason)). Nothing is overwritten: name another folder.",
                status: .unusable)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a certificate's names, dates and fingerprint.")

        @Argument(help: "The certificate (PEM).")
        var file: String

        func run() throws {
            do throws(SocketError) {
                let facts = try TLSIdentity.facts(ofFile: file)
                Output.line("Names: \(facts.names.joined(separator: ", "))")
                Output.line("Valid: \(facts.notBefore) to \(facts.notAfter)")
                Output.line("Fingerprint (SHA-256): \(CertificateFacts.grouped(facts.fingerprint))")
            } catch {
                Stop(code: error.code, sentence: error.description, status: .unusable).leave()
            }
        }
    }
}
