// `sign_in:` of the event file: the provider of identities, and who is what.

import QAShared

extension EventFileReader {
    static let staff: KeyValuePairs<String, Role> = [
        "moderator": .moderator, "speaker": .speaker, "display": .display, "organiser": .organiser,
    ]

    /// The provider and its people; nil without one, or when something is wrong with it.
    mutating func signIn(_ fields: Fields, _ venues: [Venue]) -> SignInSetup? {
        guard let field = fields.values["sign_in"],
            let own = self.fields(
                field, required: ["issuer", "client_id", "secret_file", "people"], optional: ["scopes", "claim"])
        else { return nil }
        let issuer = address(own)
        let client = text(own, "client_id")
        let secret = text(own, "secret_file")
        let scopes = own.values["scopes"] == nil ? "openid email" : text(own, "scopes")
        let claim = choice(own, "claim", ["email": "email", "sub": "sub"], naming: "“email” or “sub”")
        let instead = "Write a person an item: “- value: …” with role and name below."
        var known: Set<String> = []
        let people = items(own, "people", maximum: Limits.tokensMaximum, instead)?.compactMap {
            item -> SignInSetup.Member? in
            guard let member = member(item, venues) else { return nil }
            // A sign-in replaces the one before of the same name.
            guard known.insert("value " + member.value.lowercased()).inserted,
                known.insert("name " + member.name).inserted
            else {
                note(
                    item, "This person, or the name, is in the list already.",
                    "Write each person once, under a name of their own.")
                return nil
            }
            return member
        }
        guard let issuer, let client, let secret, let scopes, let people else { return nil }
        return SignInSetup(
            issuer: issuer, clientID: client, secretFile: secret, scopes: scopes, claim: claim ?? "email",
            people: people)
    }

    private mutating func member(_ item: Field, _ venues: [Venue]) -> SignInSetup.Member? {
        guard let fields = fields(item, required: ["value", "role", "name"], optional: ["venue"]) else { return nil }
        let value = text(fields, "value")
        let name = text(fields, "name")
        let role = choice(fields, "role", Self.staff, naming: "“moderator”, “speaker”, “display” or “organiser”")
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
        guard let value, let name, let role else { return nil }
        return SignInSetup.Member(value: value, role: role, venue: venue, name: name)
    }

    /// An address by TLS; one of this machine alone may do without.
    private mutating func address(_ fields: Fields) -> String? {
        let instead = "Write the address as the provider gives it, such as https://idp.example.org/realms/agents."
        guard let field = fields.values["issuer"], let text = scalar(field, instead) else { return nil }
        let isNear = ["http://127.0.0.1", "http://localhost"].contains {
            text == $0 || text.hasPrefix($0 + ":") || text.hasPrefix($0 + "/")
        }
        guard text.hasPrefix("https://") || isNear, !text.contains("?"), !text.contains("#") else {
            note(field, "\(EventFileProblem.quoted(text)) is not the address of a provider by TLS.", instead)
            return nil
        }
        return text
    }
}
