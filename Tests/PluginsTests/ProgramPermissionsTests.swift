import Core
import Foundation
import Testing

@testable import Plugins

struct ProgramPermissionsTests {
    private func read(_ extensions: String) throws -> (ProgramPermissions, [String]) {
        var problems: [String] = []
        let permissions = ProgramPermissions(
            try JSONValue(parsing: extensions), folder: "/plugins/weather", problems: &problems)
        return (permissions, problems)
    }

    @Test func `a program that asks for nothing may only answer`() throws {
        let (permissions, problems) = try read(#"{"run": ["x", "{socket}"]}"#)
        #expect(permissions == ProgramPermissions() && problems.isEmpty)
        #expect(permissions.description == "only answer on its socket")
    }

    @Test func `paths count from the manifest's folder, and ~ is the user's`() throws {
        let (permissions, problems) = try read(
            #"{"environment": ["WEATHER_KEY"], "files": {"read": ["data", "/srv/x/../maps", "~/notes"], "write": ["."]}, "network": true}"#
        )
        #expect(problems.isEmpty)
        #expect(permissions.read == ["/plugins/weather/data", "/srv/maps", NSHomeDirectory() + "/notes"])
        #expect(permissions.write == ["/plugins/weather"])
        #expect(
            permissions.description
                == "read /plugins/weather/data, /srv/maps, \(NSHomeDirectory())/notes; write /plugins/weather; know WEATHER_KEY; reach the network"
        )
    }

    @Test(arguments: [
        (#"{"environment": "KEY"}"#, "x-squire.environment: must be a list"),
        (
            #"{"environment": ["SQUIRE_GATEWAY_TOKEN"]}"#,
            "x-squire.environment: \"SQUIRE_GATEWAY_TOKEN\" is not passed on"
        ),
        (#"{"environment": ["A=B"]}"#, "x-squire.environment: \"A=B\" is not passed on"),
        (#"{"environment": ["1A"]}"#, "x-squire.environment: \"1A\" is not passed on"),
        (#"{"files": ["/"]}"#, "x-squire.files: must be an object"),
        (#"{"files": {"reed": ["/"]}}"#, "x-squire.files.reed: there is no such member"),
        (#"{"files": {"read": "/"}}"#, "x-squire.files.read: must be a list"),
        (#"{"files": {"write": [1]}}"#, "x-squire.files.write: must be a list"),
        (#"{"network": "yes"}"#, "x-squire.network: must be true or false"),
    ])
    func `what is wrong is told with its place`(extensions: String, problem: String) throws {
        let (_, problems) = try read(extensions)
        #expect(problems.count == 1 && problems[0].hasPrefix(problem))
    }
}
