/// What the gateway's clients must know, as the configuration has it (`gateway.token`).
package enum GatewayTokenSetting: Sendable, Hashable {
    /// Nothing is said: on TCP the token that Squire makes and keeps in its home, on a Unix socket none.
    case made
    /// `none`: the owner wants none.
    case none
    case given(String)

    init(_ text: String?) {
        self =
            switch text {
            case nil: .made
            case "none": .none
            case let text?: .given(text)
            }
    }
}
