package import Core

/// Tools that tests call.
package enum SomeTools {
    package static let weather = Tool(
        plugin: "client", operation: "get_weather", description: "Current weather in a city.",
        parameters: [
            "type": "object",
            "properties": [
                "city": ["type": "string", "description": "City name"],
                "units": ["type": "string", "enum": ["metric", "imperial"], "description": "Units"],
            ], "required": ["city"],
        ], parameterOrder: ["city", "units"], isReadOnly: true)
    package static let add = Tool(
        plugin: "client", operation: "add", description: "Adds two numbers.",
        parameters: [
            "type": "object", "properties": ["a": ["type": "number"], "b": ["type": "number"]],
            "required": ["a", "b"],
        ], parameterOrder: ["a", "b"], isReadOnly: true)
}
