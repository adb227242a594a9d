import Core
import Testing

@testable import Retrieval

struct ResponseFormatsTests {
    private func value(_ text: String, _ type: String?, charset: String? = nil) -> JSONValue? {
        ResponseFormats().value(of: Array(text.utf8), type: type, charset: charset)
    }

    @Test func `a page is its text, without tags and scripts`() {
        let page = """
            <html><head><title>Shop</title><script>alert("x")</script></head>
            <body><h1>Stock</h1><p>12 <b>staplers</b> on shelf B4</p>
            <table><tr><td>pens</td><td>7</td></tr></table></body></html>
            """
        let text = value(page, "text/html")?.string ?? ""
        #expect(text.contains("12 staplers on shelf B4") && text.contains("pens | 7"))
        #expect(!text.contains("<") && !text.contains("alert"))
        #expect(value("<!DOCTYPE html><p>Closed</p>", nil) == "Closed")
        #expect(value("<html><head><title>502 Bad Gateway</title></head></html>", "text/html") == "502 Bad Gateway")
    }

    @Test func `XML is objects, lists and values`() {
        #expect(
            value(
                """
                <?xml version="1.0"?>
                <o:orders xmlns:o="urn:o" total="2">
                  <o:order id="17"><item>stapler</item><sent>true</sent><note/></o:order>
                  <o:order id="18"><item>red &amp; blue pens</item><sent>false</sent><price currency="EUR">1.50</price></o:order>
                </o:orders>
                """, "application/xml") == [
                    "total": 2,
                    "order": [
                        ["id": 17, "item": "stapler", "sent": true, "note": nil],
                        [
                            "id": 18, "item": "red & blue pens", "sent": false,
                            "price": ["currency": "EUR", "text": 1.5],
                        ],
                    ],
                ])
        #expect(value("<a><![CDATA[x < y]]></a>", "text/xml") == "x < y")
        #expect(value("<a><b>1</b><b>2</b><b>3</b></a>", "application/rss+xml") == ["b": [1, 2, 3]])
        #expect(value("<?xml version='1.0'?><id>007</id>", nil) == "007")
    }

    @Test func `what is no XML is nothing, and no entity is blown up`() {
        #expect(value("<a><b></a>", "text/xml") == nil)
        #expect(value("", "text/xml") == nil)
        #expect(value(String(repeating: "<a>", count: 5000), "text/xml") == nil)
        let bomb = """
            <!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z SYSTEM "file:///etc/passwd">]>
            <a>&y;&z;</a>
            """
        let read = value(bomb, "text/xml")?.text ?? ""
        #expect(!read.contains("haha") && !read.contains("root"))
    }

    @Test func `a table is a list of rows, by the names of its columns where it has some`() {
        #expect(
            value("name,count,since\npens,7,2026-01-02\n\"paper, white\",40,\n", "text/csv") == [
                ["name": "pens", "count": 7, "since": "2026-01-02"],
                ["name": "paper, white", "count": 40, "since": nil],
            ])
        #expect(value("1,2\n3,4\n", "text/csv") == [[1, 2], [3, 4]])
        #expect(value("a\tb\n1\t2\n", "text/tab-separated-values") == [["a": 1, "b": 2]])
        #expect(value("", "text/csv") == [])
    }

    @Test func `text is read in the encoding that the server says, and other bytes are nothing`() {
        let latin = Array("Gr".utf8) + [0xfc, 0xdf] + Array("e".utf8)
        #expect(ResponseFormats().value(of: latin, type: "text/plain", charset: "iso-8859-1") == "Grüße")
        #expect(ResponseFormats().value(of: [0x89, 0x50, 0xff], type: "image/png", charset: nil) == nil)
        #expect(value("{\"a\"", "application/octet-stream") == nil)
    }
}
