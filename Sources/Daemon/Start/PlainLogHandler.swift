import Core
import Logging

/// Writes a log whose lines are what the daemon said: names, titles and errors in it may be somebody else's, and become
/// one line each with nothing in them that speaks to a terminal.
struct PlainLogHandler: LogHandler {
    private var handler: StreamLogHandler

    init(_ handler: StreamLogHandler) { self.handler = handler }

    var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue.mapValues(Self.plain) }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set { handler.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue.map(Self.plain) }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(Neutralizer.neutralised(event.message.description, .name))"
        event.metadata = event.metadata?.mapValues(Self.plain)
        handler.log(event: event)
    }

    static func plain(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        switch value {
        case .string(let text): .string(Neutralizer.neutralised(text, .name))
        case .stringConvertible(let value): .string(Neutralizer.neutralised(value.description, .name))
        case .array(let values): .array(values.map(plain))
        case .dictionary(let values): .dictionary(values.mapValues(plain))
        }
    }
}
