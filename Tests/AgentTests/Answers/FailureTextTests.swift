import Core
import Languages
import Testing

@testable import Agent
@testable import Understanding

struct FailureTextTests {
    private func sentences(_ steps: [Step]) -> String {
        FailureText(language: .english).sentences(steps, question: "?")
    }

    private func step(_ status: Step.Status, _ error: String?, operation: String = "placeOrder") -> Step {
        Step(plugin: "office_store", operation: operation, arguments: [:], status: status, error: error)
    }

    @Test func `what an API says itself is told in its words, without the protocol's`() {
        let text = sentences([
            step(.error, "I know no place called \"Berln\". Did you mean Berlin?\nHTTP 404 from GET /worldTime")
        ])
        #expect(text == "From office store: I know no place called \"Berln\". Did you mean Berlin?")
        #expect(
            sentences([step(.error, "the depot is closed\nHTTP 500 from GET /x")])
                == "From office store: The depot is closed.")
    }

    @Test func `where it says nothing, or one word, what failed is told`() {
        #expect(
            sentences([step(.error, "HTTP 500 from GET /orders")])
                == "I could not get an answer from office store: HTTP 500 from GET /orders.")
        #expect(
            sentences([step(.error, "no\nHTTP 400 from GET /orders")])
                == "I could not get an answer from office store: no.")
    }

    @Test func `a call that was refused says that nothing was done, and why`() {
        #expect(
            sentences([step(.denied, "you did not agree")])
                == "Nothing was placed: you did not agree.")
    }

    @Test func `what was not done is said as it was ordered`() {
        let step = step(.denied, "you did not agree")
        #expect(
            FailureText(language: .english).sentences([step], question: "Please order a chair.")
                == "Nothing was ordered: you did not agree.")
    }

    @Test func `calls of one operation that failed for different reasons are both told`() {
        var first = step(.error, "no city Berln\nHTTP 404 from GET /a")
        var second = step(.error, "no city Prais\nHTTP 404 from GET /a")
        (first.arguments, second.arguments) = (["city": "Berln"], ["city": "Prais"])
        #expect(sentences([first, second]) == "From office store: No city Berln. From office store: No city Prais.")
    }

    @Test func `the same failure is told once, and of several the last`() {
        let text = sentences([
            step(.error, "first\nHTTP 400 from GET /a"), step(.error, "it is shut\nHTTP 400 from GET /a"),
            step(.error, "it is shut\nHTTP 400 from GET /b", operation: "other"), step(.ok, nil),
        ])
        #expect(text == "From office store: It is shut.")
    }
}

struct LoopWatchTests {
    @Test(arguments: [
        "ok ", "I am here to help you with that. ", "1\n2\n3\n", String(repeating: "word ", count: 25) + "end. ",
    ])
    func `an answer that says the same again and again is a loop`(_ piece: String) {
        var watch = LoopWatch()
        var isLoop = false
        for _ in 0..<1000 where !isLoop { isLoop = watch.add(piece) }
        #expect(isLoop)
    }

    @Test func `a list whose lines differ, a short refrain, and a long text are none`() {
        var list = LoopWatch()
        for number in 0..<500 {
            let isLoop = list.add("- item number \(number) of the list\n")
            #expect(!isLoop)
        }
        for text in [
            String(repeating: "la ", count: 40) + "and then the song goes on and ends.",
            String(repeating: "-", count: 80) + "\nA table's line below its head\n",
        ] {
            var watch = LoopWatch()
            let isLoop = watch.add(text)
            #expect(!isLoop)
        }
    }
}
