// `certificates:` of the event file: who comes by an electronic certificate, and as what.

import QAShared

extension EventFileReader {
    private static let roles: KeyValuePairs<String, Role> = [
        "moderator": .moderator, "speaker": .speaker, "display": .display, "organiser": .organiser,
    ]

    /// The list, without what is wrong in it.
    mutating func certificates(_ fields: Fields, _ venues: [Venue]) -> [CertificateHolder] {
        let instead = "Write a person an item: “- subject: …” with issuer, role and name below."
        guard fields.values["certificates"] != nil,
            let items = items(fields, "certificates", maximum: Limits.tokensMaximum, instead)
        else { return [] }
        var holders: [CertificateHolder] = []
        for item in items {
            guard let holder = certificate(item, venues) else { continue }
            if holders.contains(where: {
                $0.subject == holder.subject && $0.issuer == holder.issuer && $0.authority == holder.authority
            }) {
                note(item, "This certificate is in the list already.", "Remove one of the two: a person is one thing.")
            } else {
                holders.append(holder)
            }
        }
        return holders
    }

    private mutating func certificate(_ item: Field, _ venues: [Venue]) -> CertificateHolder? {
        guard
            let fields = fields(
                item, required: ["subject", "role", "name"], optional: ["issuer", "authority", "venue"])
        else { return nil }
        let subject = text(fields, "subject")
        let issuer = fields.values["issuer"] == nil ? nil : text(fields, "issuer")
        let authority = fingerprint(fields)
        let name = text(fields, "name")
        let role = choice(fields, "role", Self.roles, naming: "“moderator”, “speaker”, “display” or “organiser”")
        guard fields.values["issuer"] != nil || fields.values["authority"] != nil else {
            note(
                item, "Nothing says who issued this certificate: anybody can write the same name into another one.",
                "Add issuer (openssl x509 -noout -issuer -nameopt RFC2253) or authority (the SHA-256 of the authority's certificate)."
            )
            return nil
        }
        var venue: VenueID?
        if let field = fields.values["venue"] {
            venue = slug(fields, "venue")
            if let named = venue, !venues.contains(where: { $0.id == named }) {
                note(
                    field, "There is no venue “\(named.text)”.",
                    "Write the id of one of the venues above, or leave it out for all.")
                return nil
            }
        }
        guard let subject, let name, let role else { return nil }
        return CertificateHolder(
            subject: subject, issuer: issuer, authority: authority, role: role, venue: venue, name: name)
    }

    private mutating func fingerprint(_ fields: Fields) -> String? {
        let instead = "Write 64 hexadecimal digits (openssl x509 -noout -fingerprint -sha256)."
        guard let field = fields.values["authority"], let text = scalar(field, instead) else { return nil }
        let digits = text.lowercased().filter { !": ".contains($0) }
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            note(field, "\(EventFileProblem.quoted(text)) is no fingerprint.", instead)
            return nil
        }
        return digits
    }
}
