import Foundation
import Testing
import Yams

@testable import Plugins

@Test func probe() throws {
    for levels in 3...6 {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<levels {
            let many = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(many)]\n"
        }
        let c = ContinuousClock()
        let t1 = c.measure { _ = try? Yams.compose(yaml: text) }
        let t2 = c.measure { _ = try? Document(text, source: "t") }
        print(levels, t1, t2)
    }
}
