package import Core

/// A chat model that speaks to a local model in the form of calls and results that its template has.
package protocol ChatFormat: ChatModel {
    /// Whether a model's template shows this format.
    static func serves(_ model: ModelDescription) -> Bool

    init(model: any TokenModel)
}

/// The formats that are known.
package enum ChatFormats {
    /// In the order in which they are asked: the first that serves a model speaks to it.
    package static let all: [any ChatFormat.Type] = [
        HermesModel.self
    ]
}
