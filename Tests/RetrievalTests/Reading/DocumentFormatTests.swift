import Testing

@testable import Retrieval

struct DocumentFormatTests {
    private func kind(_ name: String, _ text: String = "some text", mediaType: String? = nil) -> DocumentFormat {
        DocumentReader.kind(name: name, mediaType: mediaType, beginning: Array(text.utf8)[...])
    }

    @Test(arguments: [
        ("notes.txt", ReadDocument.Kind.text), ("README.md", .markdown), ("a.HTML", .html), ("x/y.swift", .code),
        ("Makefile", .code), ("t.tsv", .csv), ("d.jsonl", .json), ("m.eml", .mail), ("m.mbox", .mail),
        ("letter.docx", .office), ("thesis.tex", .office), ("README", .text), ("b.unknown", .text),
    ])
    func `a file is what its name says`(name: String, kind: ReadDocument.Kind) {
        #expect(self.kind(name).kind == kind)
    }

    @Test(arguments: [
        ("text/html; charset=utf-8", ReadDocument.Kind.html), ("application/json", .json),
        ("application/ld+json", .json), ("text/csv", .csv), ("message/rfc822", .mail), ("TEXT/MARKDOWN", .markdown),
    ])
    func `a media type that says something goes before the name`(type: String, kind: ReadDocument.Kind) {
        #expect(self.kind("download.txt", mediaType: type).kind == kind)
    }

    @Test(arguments: ["text/plain", "application/octet-stream", ""])
    func `a media type that says nothing leaves it to the name`(type: String) {
        #expect(kind("README.md", mediaType: type) == .markdown)
    }

    @Test func `the query of a URL is no part of the name`() {
        #expect(kind("https://example.org/a.html?x=b.pdf#c.csv") == .html)
    }

    @Test(arguments: [
        ("<!DOCTYPE html><p>", ReadDocument.Kind.html), ("\n <html>", .html), ("{\"a\": 1}", .json),
        ("[{\"a\": 1}]", .json), ("From a@b.example Mon Jan  5 10:00:00 2026\nSubject: x\n\n", .mail),
        ("Return-Path: <a@b>\nReceived: from x\nSubject: y\n\nz", .mail), ("#!/usr/bin/env python3\nx", .code),
        ("%PDF-1.4", .pdf), ("From here on, all is well: it was 2020.\n", .text), ("[1] A footnote", .text),
        ("---\ntitle: x\n---\ntext", .markdown),
    ])
    func `what has no telling name is what its beginning looks like`(text: String, kind: ReadDocument.Kind) {
        #expect(self.kind("stdin", text).kind == kind)
    }

    @Test(arguments: [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D], "PNG"), ([0x7F, 0x45, 0x4C, 0x46], "program"), ([0x1F, 0x8B, 8], "gzip"),
        ([0x50, 0x4B, 3, 4, 20, 0], "ZIP"), (Array("SQLite format 3\0".utf8), "SQLite"),
    ])
    func `a file that cannot be read is named for what it is, whatever it is called`(
        bytes: [UInt8], word: String
    ) async throws {
        let error = try await failure {
            try await DocumentReader().read(bytes, name: "x.txt", mediaType: "text/plain")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("x.txt") == true)
        #expect(error?.message.contains(word) == true)
    }

    @Test func `bytes that look like nothing are refused as no text`() async throws {
        let bytes = (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 97) }
        let error = try await failure { try await DocumentReader().read(bytes, name: "data", mediaType: nil) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("not text") == true)
    }

    @Test(arguments: ["", " \n\t\n", "\u{FEFF}"])
    func `a file without text is refused as empty`(text: String) async throws {
        let error = try await failure { try await read(text, as: "x.txt") }
        #expect(error?.code == .empty)
    }
}
