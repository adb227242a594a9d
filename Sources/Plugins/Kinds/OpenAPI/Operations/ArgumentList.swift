import Core

/// The arguments of an operation while its parameters and body are read.
struct ArgumentList: Sendable {
    private(set) var parameters: [APIParameter] = []
    private(set) var order: [String] = []
    private(set) var hasWholeBody = false
    /// Whether a body is sent also where no argument of it is given.
    var isBodyRequired = false
    /// The arguments that a body must have, if there is one at all.
    private(set) var neededInBody: [String] = []
    /// The media type of the body.
    var bodyType = "application/json"
    private var properties: JSONObject = [:]
    private var required: Set<String> = []
    /// Where in `parameters` a parameter stands.
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        var name: String
        var location: APIParameter.Location
    }

    /// Adds an argument. One of the same name and location takes the earlier one's place (an operation's over its
    /// path's); the same name in another location gets the location before it: `query_id`.
    mutating func add(_ parameter: APIParameter, schema: JSONValue, isRequired: Bool) {
        var parameter = parameter
        let key = Key(name: parameter.name, location: parameter.location)
        if let index = places[key] {
            parameter.argument = parameters[index].argument
            parameters[index] = parameter
            required.remove(parameter.argument)
        } else {
            if properties[parameter.argument] != nil {
                parameter.argument = "\(parameter.location.rawValue)_\(parameter.name)"
                while properties[parameter.argument] != nil { parameter.argument += "_" }
            }
            places[key] = parameters.count
            parameters.append(parameter)
            order.append(parameter.argument)
        }
        properties[parameter.argument] = schema
        if isRequired { required.insert(parameter.argument) }
    }

    /// A member of the body as an argument.
    mutating func addMember(_ name: String, schema: JSONValue, isNeeded: Bool) {
        add(
            APIParameter(argument: name, name: name, location: .body, style: "json", explode: false),
            schema: schema, isRequired: isNeeded && isBodyRequired)
        if isNeeded, let argument = parameters.last?.argument { neededInBody.append(argument) }
    }

    /// The body as one argument.
    mutating func addBody(_ schema: JSONValue, isRequired: Bool) {
        hasWholeBody = true
        isBodyRequired = isRequired
        add(
            APIParameter(argument: "body", name: "body", location: .body, style: "json", explode: false),
            schema: schema,
            isRequired: isRequired)
    }

    /// A JSON Schema of type object.
    var schema: JSONValue {
        var schema: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        if !required.isEmpty { schema["required"] = .array(order.filter(required.contains).map(JSONValue.string)) }
        return .object(schema)
    }
}
