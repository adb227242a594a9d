import Core
import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct WordingTests {
    @Test func `a call is asked about in words, with all of what it is given, and ? says the rest`() {
        var prompt = ApprovalPrompt(
            title: "Office Store", plugin: "office_store", operation: "placeOrder",
            arguments: ["item": "chair", "quantity": 1], reason: "It may change something.")
        #expect(
            prompt.question(Style(isOn: false))
                == "Let Office Store place order? item: chair, quantity: 1\n[y]es, [N]o, [a]lways, [?] explains: ")
        prompt.title = nil
        #expect(prompt.question(Style(isOn: false)).hasPrefix("Let office store place order? "))
        prompt.address = "POST http://127.0.0.1:1/orders"
        #expect(prompt.explanation.contains("It may change something."))
        #expect(prompt.explanation.contains("office_store.placeOrder, POST http://127.0.0.1:1/orders, with\n"))
        #expect(prompt.explanation.contains(#"{"item":"chair","quantity":1}"#))
        #expect(ApprovalPrompt.isQuestion(" ? ") && !ApprovalPrompt.isQuestion("y?") && !ApprovalPrompt.isQuestion(nil))
    }

    @Test func `a script is told whether there is an answer`() {
        func message(_ text: String, _ statuses: [WireStep.Status], _ reason: WireFinishReason = .stop) -> WireMessage {
            WireMessage(
                id: "m", parent: nil, role: .assistant, text: text, createdAt: Date(timeIntervalSince1970: 0),
                steps: statuses.map { WireStep(plugin: "p", operation: "o", arguments: [:], status: $0) },
                finishReason: reason)
        }
        #expect(AnswerOutcome.isAnswered(message("Noon.", [])))
        #expect(AnswerOutcome.isAnswered(message("Noon.", [.error, .ok])))
        #expect(!AnswerOutcome.isAnswered(message("It failed.", [.error])))
        #expect(!AnswerOutcome.isAnswered(message("Nothing was done.", [.denied, .error])))
        #expect(!AnswerOutcome.isAnswered(message(" \n", [])))
        #expect(!AnswerOutcome.isAnswered(message("It was", [], .cancelled)))
    }

    @Test func `a daemon that cannot start gives its own reason`() {
        let temporary = FileManager.default.temporaryDirectory.path
        func message(_ how: String?, _ said: String) -> String {
            DaemonEnd(how: how, said: said, home: temporary, log: "LOG").message
        }
        #expect(
            message("exit status 1", "2026 info\nsquired: c.yaml, line 1: there is no key \"a\"\nand more")
                == "squired cannot be started: c.yaml, line 1: there is no key \"a\"\nand more.")
        #expect(message("signal 4", "") == "squired ended at once (signal 4), and LOG says nothing.")
        #expect(message("signal 4", "Fatal error") == "squired ended at once (signal 4). LOG says:\n  Fatal error")
        #expect(message(nil, "slow").hasPrefix("squired was started and does not answer."))
    }

    @Test func `what keeps a folder from being written is said in words`() {
        #expect(StorageProblem.sentence(EROFS, path: "/h") == "/h is on a read-only file system")
        #expect(StorageProblem.sentence(ENOSPC, path: "/h") == "the disk that holds /h is full")
        #expect(StorageProblem.sentence(EACCES, path: "/h") == "this user may not write /h")
        #expect(!StorageProblem.isDiskFull(at: FileManager.default.temporaryDirectory.path))
    }

    @Test func `the asker's zone is an IANA name, or none`() {
        // Whatever this machine's is, it is one that the daemon can read.
        if let name = ClientTimeZone.name { #expect(TimeZone(identifier: name) != nil) }
    }
}
