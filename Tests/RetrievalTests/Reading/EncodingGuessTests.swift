import Testing

@testable import Retrieval

/// Text that does not say in which encoding it is.
struct EncodingGuessTests {
    private static let russian =
        "Инструкция по обслуживанию котла. Раз в год проверяйте давление воды и чистите фильтр."
    private static let greek = "Οδηγίες συντήρησης του λέβητα. Μία φορά τον χρόνο ελέγχεται η πίεση του νερού."
    private static let hebrew = "הוראות תחזוקה לדוד החימום. פעם בשנה יש לבדוק את לחץ המים."
    private static let arabic = "تعليمات صيانة الغلاية. يجب فحص ضغط الماء مرة واحدة في السنة."
    private static let thai = "คู่มือการบำรุงรักษาหม้อไอน้ำ ควรตรวจสอบแรงดันน้ำปีละครั้ง"
    private static let japanese = "ボイラーの保守手順。年に一度、水圧を確認し、フィルターを掃除してください。"
    private static let simplified = "锅炉维护说明。每年应检查一次水压并清洁水泵过滤器。"
    private static let traditional = "鍋爐維護說明。每年應檢查一次水壓並清潔水泵過濾器。"
    private static let korean = "보일러 유지 보수 지침. 일 년에 한 번 수압을 확인하고 필터를 청소하십시오."
    private static let polish = "Instrukcja obsługi kotła. Raz w roku należy sprawdzić ciśnienie wody, żeby działała."
    private static let turkish =
        "Kazan bakım talimatları. Yılda bir kez su basıncı kontrol edilmeli, filtre değiştirilir."
    private static let german =
        "Anleitung für die Wartung des Kessels: der Druck muß geprüft, der Filter gründlich gereinigt werden."

    private func decoded(_ bytes: [UInt8]) -> String? {
        TextEncoding.decode(bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        (russian, "CP1251"), (russian, "KOI8-R"), (russian, "CP866"), (russian, "ISO-8859-5"), (greek, "CP1253"),
        (greek, "ISO-8859-7"), (hebrew, "CP1255"), (arabic, "CP1256"), (thai, "CP874"), (japanese, "CP932"),
        (japanese, "EUC-JP"), (japanese, "ISO-2022-JP"), (simplified, "GB18030"), (simplified, "GBK"),
        (traditional, "CP950"), (korean, "CP949"), (polish, "CP1250"), (polish, "ISO-8859-2"),
        (turkish, "CP1254"), (german, "CP1252"), (german, "CP850"),
    ])
    func `text in a legacy encoding is read in its own`(text: String, encoding: String) {
        // ISO-2022-JP has states, which a character by itself does not end.
        let bytes =
            encoding == "ISO-2022-JP"
            ? Array("\u{1B}$B".utf8) + [0x46, 0x7C, 0x4B, 0x5C] + Array("\u{1B}(B".utf8)
            : LegacyText.encode(text, as: encoding)
        #expect(decoded(bytes) == (encoding == "ISO-2022-JP" ? "日本" : text))
    }

    @Test(arguments: ["CP932", "EUC-JP", "GB18030"])
    func `a few words among much ASCII are read in their encoding`(encoding: String) {
        let rows = (1...400).map { "\($0),bolt M\($0),\($0)0\n" }.joined()
        let text = encoding == "GB18030" ? "水泵维修\n" : "ポンプの修理、部品\n"
        #expect(decoded(Array(rows.utf8) + LegacyText.encode(text, as: encoding)) == rows + text)
    }

    @Test(arguments: ["José,Lima\nAnn,Oslo\n", "naïve\n", "20 £ a month\n"])
    func `one letter of a western name is western`(text: String) {
        #expect(decoded(LegacyText.encode(text, as: "CP1252")) == text)
    }

    @Test func `what a text says of its encoding holds`() {
        let text = "# -*- coding: koi8-r -*-\nword = 'не'\n"
        #expect(decoded(LegacyText.encode(text, as: "KOI8-R")) == text)
        let xml = "<?xml version=\"1.0\" encoding='windows-1251'?>\n<a>не</a>\n"
        #expect(decoded(LegacyText.encode(xml, as: "CP1251")) == xml)
    }

    @Test func `bytes of which no encoding makes words are named as not read, and never stored as signs`() async throws
    {
        // Code page 37 of IBM's mainframes, which nobody looks for.
        let bytes = LegacyText.encode("The boiler is serviced once a year. ", as: "IBM037")
        #expect(decoded(bytes) == nil)
        let error = try await failure {
            try await DocumentReader().read(bytes, name: "old.txt", mediaType: nil)
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("old.txt") == true)
    }
}
