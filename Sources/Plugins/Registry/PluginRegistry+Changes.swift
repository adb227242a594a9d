package import Core
import Foundation

extension PluginRegistry {
    /// Registers a plugin, in place of one of the same name.
    ///
    /// - Parameter source: a path or URL of what describes it.
    /// - Throws: `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`, `pluginBundled`; nothing is registered then.
    package func register(source: String) async throws -> PluginDescription {
        try await register(try await reader.read(try Place(registered: source)))
    }

    /// Registers a plugin by what describes it, as JSON.
    package func register(document: JSONValue) async throws -> PluginDescription {
        try await register(try await reader.read(inline: document))
    }

    private func register(_ texts: PluginTexts) async throws -> PluginDescription {
        try await loaded()
        let plugin = try await make(texts, isBundled: false, registeredAt: Date(), refreshing: true)
        let server = try await change { registry in
            let name = plugin.stored.name
            if let old = registry.plugins[name], old.isBundled {
                throw PluginError(
                    .pluginBundled,
                    "there is a plugin \"\(name)\" already, from \(old.stored.source.place ?? "a plugins folder"); give yours another name"
                )
            }
            try await registry.store.save(plugin.stored)
            return registry.put(plugin)
        }
        await server?.stop()
        return PluginDescription(plugin)
    }

    /// Reads a plugin again from where it was read. It stays enabled or disabled, and all of it stays where that fails.
    ///
    /// - Throws: `pluginUnknown`, `pluginInline`, `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`.
    package func refresh(_ name: String) async throws -> PluginDescription {
        let old = try await plugin(name)
        guard old.stored.source != .inline else {
            throw PluginError(
                .pluginInline, "\(name) was registered as an inline document; register the newer one in its place")
        }
        let shown = old.stored.source.place ?? ""
        guard let place = old.stored.source.readingPlace else {
            throw PluginError(
                .manifestUnreadable,
                "\(WebURL.shown(shown)), where \(name) was read, is a URL that Squire no longer reads; register it again"
            )
        }
        let texts = try await reader.read(place)
        let plugin = try await make(
            texts, isBundled: old.isBundled, registeredAt: old.stored.registeredAt, refreshing: true)
        guard plugin.stored.name == name else {
            throw PluginError(
                .manifestInvalid,
                "what \(shown) describes is called \(plugin.stored.name) now; register it, and remove \(name)")
        }
        let (current, server): (Plugin, (any ToolServer)?) = try await change { registry in
            // It may have been removed, replaced or disabled while it was read.
            let current = try registry.known(name)
            guard current.stored.source == old.stored.source, current.isBundled == old.isBundled else {
                return (current, plugin.server)
            }
            var plugin = plugin
            if plugin.isBundled {
                plugin.stored.isEnabled = current.stored.isEnabled
                try await registry.keep(texts)
            } else {
                // Of one that could not be read any more only the store knows.
                let stored = try await registry.store.plugins().first { $0.name == name }
                plugin.stored.isEnabled = stored?.isEnabled ?? true
                try await registry.store.save(plugin.stored)
            }
            return (plugin, registry.put(plugin))
        }
        await server?.stop()
        return PluginDescription(current)
    }

    package func remove(_ name: String) async throws {
        try await loaded()
        let server = try await change { registry in
            let plugin = try registry.known(name)
            guard !plugin.isBundled else {
                throw PluginError(
                    .pluginBundled,
                    "\(name) comes from \(plugin.stored.source.place ?? "a plugins folder") and would be back at once; disable it instead"
                )
            }
            try await registry.store.remove(plugin: name)
            // A folder's plugin that had to stand back may have the name now.
            registry.known = registry.known.filter { $0.value.name != nil }
            return registry.drop(name)
        }
        await server?.stop()
    }

    package func setEnabled(_ isEnabled: Bool, name: String) async throws -> PluginDescription {
        try await loaded()
        let (plugin, server): (Plugin, (any ToolServer)?) = try await change { registry in
            var plugin = try registry.known(name)
            if plugin.isBundled {
                try await registry.store.setEnabled(isEnabled, folderPlugin: name)
                if isEnabled { registry.disabled.remove(name) } else { registry.disabled.insert(name) }
            } else {
                try await registry.store.setEnabled(isEnabled, plugin: name)
            }
            plugin.stored.isEnabled = isEnabled
            registry.plugins[name] = plugin
            return (plugin, isEnabled ? nil : plugin.server)
        }
        await server?.stop()
        return PluginDescription(plugin)
    }

    // MARK: Within a change

    /// Puts a plugin in the place of one of the same name.
    ///
    /// - Returns: the server of that one, to be stopped: after the change, since others wait for it.
    func put(_ plugin: Plugin) -> (any ToolServer)? {
        plugins.updateValue(plugin, forKey: plugin.stored.name)?.server
    }

    /// - Returns: its server, to be stopped.
    func drop(_ name: String) -> (any ToolServer)? {
        plugins.removeValue(forKey: name)?.server
    }
}
