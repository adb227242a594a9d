import Inference
import SquireProtocol

enum DefaultModel {
    /// The default chat model, which `make setup` fetches.
    static var path: String { DefaultModels.chat(sharedCache: Location().sharedCache) }
}
