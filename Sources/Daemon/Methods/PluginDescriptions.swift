import Core
import Foundation
import Plugins
import SquireProtocol

extension PluginSummary {
    init(_ plugin: Plugin) {
        self.init(
            name: plugin.name, title: "", description: "", enabled: true, source: nil, operations: [], bundled: false,
            registeredAt: Date(), warnings: [])
    }
}

extension PluginDetails {
    init(_ plugin: Plugin) {
        self.init(plugin: PluginSummary(plugin), server: "", operations: [])
    }
}
