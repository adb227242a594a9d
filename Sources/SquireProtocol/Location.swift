public import Foundation

/// Where the daemon keeps its files and listens; the same rules for both ends.
public struct Location: Sendable, Hashable {
    /// `squire.db`, `models/`, `cache/`.
    public var home: String
    public var socket: String
    /// The configuration file, which need not exist unless `--config` named it.
    public var configuration: String
    /// Whether `--config` named it. A variable may be set for all shells, also before there is a file.
    public var isConfigurationNamed: Bool
    /// What can be fetched again: default models, libllama.
    public var sharedCache: String

    /// - Parameters:
    ///   - home: `--home`; otherwise `SQUIRE_HOME`, `$XDG_DATA_HOME/squire`, `~/.local/share/squire`.
    ///   - socket: `--socket`; otherwise `SQUIRE_SOCKET`; then, unless a home was named, `$XDG_RUNTIME_DIR/squire.sock`;
    ///     else `squire.sock` in the home.
    ///   - configuration: `--config`; otherwise `SQUIRE_CONFIG`, `~/.config/squire/config.yaml`.
    public init(
        home: String? = nil, socket: String? = nil, configuration: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        func absolute(_ path: String) -> String {
            URL(fileURLWithPath: path).standardizedFileURL.path
        }
        let user = value("HOME") ?? NSHomeDirectory()
        let namedHome = home ?? value("SQUIRE_HOME")
        self.home = absolute(namedHome ?? (value("XDG_DATA_HOME") ?? "\(user)/.local/share") + "/squire")
        let runtime = namedHome == nil ? value("XDG_RUNTIME_DIR") : nil
        self.socket = absolute(
            socket ?? value("SQUIRE_SOCKET") ?? runtime.map { $0 + "/squire.sock" } ?? self.home + "/squire.sock")
        isConfigurationNamed = configuration != nil
        self.configuration = absolute(
            configuration ?? value("SQUIRE_CONFIG") ?? (value("XDG_CONFIG_HOME") ?? "\(user)/.config")
                + "/squire/config.yaml")
        self.sharedCache = absolute(
            value("SQUIRE_CACHE") ?? (value("XDG_CACHE_HOME") ?? "\(user)/.cache") + "/squire")
    }
}
