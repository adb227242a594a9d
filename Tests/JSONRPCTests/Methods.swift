import Core

struct Text: Codable, Sendable, Hashable { var text: String }

/// A method without parameters and result.
protocol PlainMethod: RPCMethod where Parameters == RPCNothing, Result == RPCNothing {}

/// A method without parameters that answers with a text.
protocol AnsweringMethod: RPCMethod where Parameters == RPCNothing, Result == Text {}

/// A method whose parameters and result are a text.
protocol TextMethod: RPCMethod where Parameters == Text, Result == Text {}

enum Ping: PlainMethod { static let name = "ping" }
enum Wait: PlainMethod { static let name = "wait" }
enum Close: PlainMethod { static let name = "close" }
enum Count: PlainMethod { static let name = "count" }
enum Stubborn: PlainMethod { static let name = "stubborn" }
enum Flood: PlainMethod { static let name = "flood" }

enum Echo: TextMethod { static let name = "echo" }
enum Greet: TextMethod { static let name = "greet" }
enum Approve: TextMethod { static let name = "approve" }

enum Slow: AnsweringMethod { static let name = "slow" }
enum Long: AnsweringMethod { static let name = "long" }

/// The notifications of `Count`.
enum Number: RPCNotificationMethod {
    static let name = "number"

    struct Parameters: Codable, Sendable { var n: Int }
}

/// The notifications of `Flood`.
enum Piece: RPCNotificationMethod {
    static let name = "piece"
    typealias Parameters = Text
}
