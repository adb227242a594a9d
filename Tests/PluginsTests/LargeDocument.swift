/// A document in the shape of the largest public ones: hundreds of operations over a few hundred component schemas that
/// refer to each other, with long descriptions and responses.
enum LargeDocument {
    /// About 4,800 bytes an operation: 767 of them are 3.7 MB, as GitHub's were.
    static func text(operations: Int) -> String {
        let prose =
            "Lists the things that the authenticated person can see, newest first, and says of each who made it. "
        let words = String(repeating: prose, count: 6)
        var paths: [String] = []
        for number in 0..<operations {
            let parameters =
                (0..<8).map {
                    #"{"name":"filter_\#($0)","in":"query","description":"\#(prose)","required":false,"schema":{"type":"string","enum":["open","closed","all"],"default":"open"}}"#
                } + [##"{"$ref":"#/components/parameters/owner"}"##]
            let responses = ["200", "304", "403", "404", "422"].map {
                ##""\##($0)":{"description":"\##(prose)","headers":{"Link":{"schema":{"type":"string"},"example":"\##(prose)"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/thing_\##(number % 300)"}}}}"##
            }
            let body =
                number % 3 == 0
                ? ##","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/thing_\##(number % 300)"}}}}"##
                : ""
            paths.append(
                #""/owners/{owner}/things_\#(number)":{"\#(body.isEmpty ? "get" : "post")":{"operationId":"things/list-\#(number)","summary":"List things \#(number)","description":"\#(words)","tags":["things"],"parameters":[\#(parameters.joined(separator: ","))],"responses":{\#(responses.joined(separator: ","))}\#(body)}}"#
            )
        }
        let schemas = (0..<300).map { number in
            ##""thing_\##(number)":{"type":"object","description":"\##(prose)","required":["id"],"properties":{"id":{"type":"integer","format":"int64"},"name":{"type":"string","description":"\##(prose)"},"url":{"type":"string","format":"uri"},"parent":{"$ref":"#/components/schemas/thing_\##(max(0, number - 7))"},"owner":{"$ref":"#/components/schemas/person"},"kind":{"type":"string","enum":["a","b","c"]}}}"##
        }
        return
            ##"{"openapi":"3.0.3","info":{"title":"Large","version":"1"},"servers":[{"url":"https://api.example"}],"paths":{\##(paths.joined(separator: ","))},"components":{"parameters":{"owner":{"name":"owner","in":"path","required":true,"schema":{"type":"string"}}},"schemas":{"person":{"type":"object","properties":{"login":{"type":"string"},"id":{"type":"integer"},"team":{"$ref":"#/components/schemas/team"}}},"team":{"type":"object","properties":{"name":{"type":"string"},"lead":{"$ref":"#/components/schemas/person"}}},\##(schemas.joined(separator: ","))}}}"##
    }
}
