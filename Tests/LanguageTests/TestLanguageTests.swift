import Core
import Foundation
import Languages
import Testing

@testable import Agent
@testable import Guided
@testable import Understanding

/// A second language: what is read and said comes from its file, `test-language.json`, a part of Spanish.
struct TestLanguageTests {
    private static let spanish: QuestionLanguage = {
        // The file is compiled into the tests, and `LanguageFileTests` reads it.
        // swift-format-ignore: NeverUseForceTry
        let words = try! JSONDecoder().decode(Language.self, from: Data(PackageResources.test_language_json))
        return QuestionLanguage(words)
    }()

    private func reading(_ question: String) -> QuestionReading {
        QuestionReading(question, today: "2026-11-23", in: Self.spanish)
    }

    private func dates(_ question: String) -> [String] { reading(question).dates.map(\.date) }

    @Test(
        arguments: [
            ("Muestra dos pedidos", [2]), ("Muestra veinticinco pedidos", [25]),
            ("tres millones de euros", [3_000_000]),
            ("una docena de huevos", [12]), ("two orders", []),
        ] as [(String, [Double])])
    func `numbers are those that ICU spells in the language, and those of its file`(text: String, numbers: [Double]) {
        #expect(reading(text).quantities.map(\.value) == numbers)
    }

    @Test(
        arguments: [
            ("el 5 de marzo de 2026", ["2026-03-05"]), ("el 24/12/2026", ["2026-12-24"]),
            ("el 3/4/2026", ["2026-04-03"]),
            ("mañana", ["2026-11-24"]), ("pasado mañana", ["2026-11-25"]), ("en navidad", ["2026-12-25"]),
            ("el miércoles", ["2026-11-25"]), ("tomorrow", []), ("on Wednesday", []), ("March 5", []),
        ])
    func `dates are read by the names that ICU has and by the words of the file`(text: String, found: [String]) {
        #expect(dates(text.replacing(" de 2026", with: " 2026")) == found)
    }

    @Test func `units are read by the names of the file, and by symbols in any language`() throws {
        let found = reading("¿Cuántos kilómetros son 5 millas, 3 kg y 2 horas?").quantities
        #expect(found.map(\.value) == [5, 3, 2])
        #expect(found.map { $0.unit?.dimension } == [.length, .mass, .time])
        let mile = try #require(found.first?.unit)
        let kilometer = try #require(Self.spanish.units.named("kilómetro"))
        #expect(mile.convert(5, to: kilometer) == 8.04672)
        #expect(Self.spanish.units.named("mile") == nil && Self.spanish.units.named("km") == kilometer)
    }

    @Test func `currencies have the names of ICU and of the file`() {
        #expect(Self.spanish.currencies.code("dólares") == nil)
        #expect(Self.spanish.currencies.code("dólar") == "USD" && Self.spanish.currencies.code("libras") == "GBP")
        #expect(Self.spanish.currencies.code("dólar estadounidense") == "USD")
    }

    @Test(
        arguments: [
            ("Borra el pedido 7", .delete), ("¿Cuántos pedidos hay?", .read), ("Crea un cliente", .create),
            ("Cierra el ticket 8", .change), ("Delete order 7", .read),
        ] as [(String, Understanding.Action)])
    func `verbs say what is wanted`(text: String, action: Understanding.Action) {
        #expect(Utterance(text, in: Self.spanish).action == action)
    }

    @Test func `a question is cut where another begins`() {
        let split = { QuestionParts.clauses(of: $0, in: Self.spanish) }
        #expect(split("¿Qué hora es en Roma y cuántos kilómetros son 3 millas?").count == 2)
        #expect(split("¿Cuántos días hay entre marzo y mayo?").count == 1)
        #expect(split("What time is it in Rome and how late is it in Lima?").count == 1)
    }

    @Test func `half a question goes on from the one before, and "there" is its place`() {
        #expect(Self.spanish.followUps.isOne("¿Y en París hoy?"))
        #expect(Self.spanish.followUps.isOne("Y cuánto cuesta el de París"))
        #expect(Self.spanish.followUps.isOne("Qué tal el tiempo de mañana en París"))
        #expect(!Self.spanish.followUps.isOne("And how much is the one in Paris"))
        let earlier = EarlierCall(question: "¿Qué hora es en Oslo?", operation: "hora", arguments: ["lugar": "Oslo"])
        #expect(
            PlaceReference.resolved("¿Cuándo sale el sol allí?", after: earlier, in: Self.spanish)
                == "¿Cuándo sale el sol en Oslo?")
    }

    @Test func `what is made up has its words, and what people say its examples`() {
        let conversation = Self.spanish.conversation
        #expect(conversation.asksForInvention("Por favor escribe un poema sobre el mar"))
        #expect(!conversation.asksForInvention("Write a poem about the sea"))
        #expect(conversation.anchors.map(\.text) == Self.spanish.words.conversation.examples)
    }

    @Test func `an API's description is read in its language`() {
        let date: JSONValue = ["type": "string", "description": "La fecha, como dd/mm/aaaa"]
        let notes = SlotNotes(name: "fecha", schema: date, kind: .text, in: Self.spanish)
        #expect(notes.theme == .date)
        #expect(DateForm(description: notes.description, Self.spanish.slots).text("2026-03-05") == "05/03/2026")
        let distance: JSONValue = ["type": "number", "description": "La distancia en kilómetros"]
        let length = SlotNotes(
            name: "distancia_hasta", schema: distance, kind: .number(isInteger: false), in: Self.spanish)
        #expect(length.unit?.name == "kilómetro" && length.side == .second)
        let tool = Tool(
            plugin: "tienda", operation: "crea_pedido", description: "Crea un pedido.",
            parameters: ["type": "object", "properties": ["precio": ["type": "number"]]], parameterOrder: ["precio"],
            isReadOnly: false)
        let outline = ToolOutline(of: tool, in: Self.spanish)
        #expect(outline.action == .create && outline.whole.contains("Toma precio."))
    }

    @Test func `answers say the sentences of the file`() {
        let failed = Step(plugin: "tienda", operation: "creaPedido", arguments: [:], status: .error, error: "sin red")
        #expect(
            FailureText(language: Self.spanish).sentences([failed], question: "?")
                == "No pude obtener respuesta de tienda: sin red.")
        let empty = Step(plugin: "tienda", operation: "lista", arguments: [:], status: .ok, result: [:])
        #expect(ReadResult(empty, in: Self.spanish).plain(question: "?") == "tienda.lista dio una respuesta vacía.")
        let said = Step(
            plugin: "tienda", operation: "lista", arguments: [:], status: .ok, result: ["resumen": "Hay dos pedidos."])
        #expect(ReadResult(said, in: Self.spanish).plain(question: "?") == "Hay dos pedidos.")
        let limits = TurnLimits(tokens: 1, seconds: 9, language: Self.spanish)
        #expect(
            limits.reason(after: Usage(), isLate: true) == "Paré aquí: una respuesta puede durar 9 segundos.")
        let leftOut = Self.spanish.words.answers.leftOut
        #expect(leftOut.messages(1) == "1 mensaje" && leftOut.messages(3) == "3 mensajes")
    }

    @Test func `what fills a place of a sentence is not filled itself`() {
        #expect(Phrase("{a} and {b}")(["a": "{b}", "b": "c"]) == "{b} and c")
        #expect(Phrase("{a} {x}")(["a": "1"]) == "1 {x}")
    }

    @Test func `a question in the language fills a tool and is asked about in it`() async throws {
        let tool = Tool(
            plugin: "atlas", operation: "busca_distancia", description: "La distancia entre dos ciudades.",
            parameters: [
                "type": "object", "required": ["desde", "hasta"],
                "properties": ["desde": ["type": "string"], "hasta": ["type": "string"]],
            ], parameterOrder: ["desde", "hasta"], isReadOnly: true)
        let reading = reading("¿Qué distancia hay desde Madrid hasta Lisboa?")
        let known = ToolReading(of: tool, in: Self.spanish)
        let vectors = TextVectors(WordEmbedder(in: Self.spanish))
        _ = try await vectors.embed(known.outline.texts)
        let meanings = try await Meanings(vectors: vectors, spans: reading.spans, slots: known.slots)
        let candidates = SlotFilling(tool: tool, reading: reading, slots: known.slots, meanings: meanings).candidates()
        let filled = Assignment.best(known.slots, candidates).filled
        #expect(filled.map { $0?.value } == ["Madrid", "Lisboa"])
    }
}
