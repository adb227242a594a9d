/// The names of the socket's methods (`../docs/protocol.md` says what each does).
public enum Method {
    public static let ping = "ping"
    public static let status = "status"

    public static let ask = "assistant/ask"
    /// Of the daemon to its client.
    public static let toolApprove = "tool/approve"
    public static let event = "assistant/event"

    public static let pluginRegister = "plugin/register"
    public static let pluginList = "plugin/list"
    public static let pluginGet = "plugin/get"
    public static let pluginRemove = "plugin/remove"
    public static let pluginEnable = "plugin/enable"
    public static let pluginDisable = "plugin/disable"
    public static let pluginRefresh = "plugin/refresh"
    public static let pluginCall = "plugin/call"
    public static let pluginPermissions = "plugin/permissions"
    public static let pluginPermit = "plugin/permit"
    public static let pluginRevoke = "plugin/revoke"

    public static let gatewayToken = "gateway/token"

    public static let conversationList = "conversation/list"
    public static let conversationGet = "conversation/get"
    public static let conversationSearch = "conversation/search"
    public static let conversationRename = "conversation/rename"
    public static let conversationDelete = "conversation/delete"

    public static let documentAdd = "document/add"
    public static let documentList = "document/list"
    public static let documentRemove = "document/remove"
    public static let documentSearch = "document/search"
    public static let documentCheck = "document/check"

    public static let modelList = "model/list"
    public static let modelInfo = "model/info"
    public static let modelComplete = "model/complete"
    public static let modelTokenize = "model/tokenize"
    public static let modelEmbed = "model/embed"
    public static let modelInfill = "model/infill"
    public static let modelCall = "model/call"
    public static let modelTune = "model/tune"
}
