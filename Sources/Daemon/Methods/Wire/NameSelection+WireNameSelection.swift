import Core
import SquireProtocol

extension NameSelection {
    init(_ selection: WireNameSelection) {
        self =
            switch selection {
            case .auto: .auto
            case .named(let names): .named(names)
            }
    }
}
