extension JSONWriter {
    mutating func members(of signIn: SignInSetup) {
        member("issuer", signIn.issuer)
        member("client_id", signIn.clientID)
        member("secret_file", signIn.secretFile)
        member("scopes", signIn.scopes)
        member("claim", signIn.claim)
        array("people") { writer in
            for person in signIn.people {
                writer.object { writer in
                    writer.member("value", person.value)
                    writer.member("role", person.role.rawValue)
                    writer.member(ifAny: "venue", person.venue?.text)
                    writer.member("name", person.name)
                }
            }
        }
    }
}

extension ObjectReader {
    mutating func optionalSignIn() throws(Rejection) -> SignInSetup? {
        guard var reader = try optionalObject("sign_in") else { return nil }
        return try reader.signIn()
    }

    mutating func signIn() throws(Rejection) -> SignInSetup {
        SignInSetup(
            issuer: try string("issuer"), clientID: try string("client_id"), secretFile: try string("secret_file"),
            scopes: try string("scopes"), claim: try string("claim"),
            people: try array("people").each { reader throws(Rejection) in
                SignInSetup.Member(
                    value: try reader.string("value"), role: try reader.word("role"),
                    venue: try reader.optionalSlug("venue"), name: try reader.string("name"))
            })
    }
}
