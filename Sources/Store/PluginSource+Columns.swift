import Core
import GRDB

/// A source as three columns: its kind, the place, and the kind of address that answered at a URL.
extension PluginSource {
    var kind: String {
        switch self {
        case .file: "file"
        case .url: "url"
        case .inline: "inline"
        }
    }

    var addressClass: AddressClass? {
        if case .url(_, let kind) = self { kind } else { nil }
    }

    init(_ row: Row, kind: String, place: String, from addressClass: String) {
        let place: String = row[place] ?? ""
        let answered: String? = row[addressClass]
        switch row[kind] as String {
        case "file": self = .file(place)
        case "inline": self = .inline
        // What is not understood is trusted least.
        default: self = .url(place, from: answered.flatMap(AddressClass.init) ?? .global)
        }
    }

    /// What a place was that a Squire before version 7 of the schema has stored as text alone. Files were stored as
    /// absolute paths and inline texts without a place, so that everything else came from the network, however it is
    /// spelled. What kind of address answered was not stored: the host tells where it is an address, and counts as public
    /// where it is a name.
    init(storedBeforeKinds place: String?) {
        guard let place else {
            self = .inline
            return
        }
        guard !place.hasPrefix("/") else {
            self = .file(place)
            return
        }
        let url = try? WebURL(place)
        self = .url(url?.text ?? place, from: url?.origin.host.certainClass ?? .global)
    }
}

extension Schema {
    /// Where a plugin's texts came from, decided when they were read; and what is remembered of plugins in folders, which
    /// was kept among the registered ones under sources that began with `folder:`.
    static let pluginSources = """
        ALTER TABLE plugins ADD COLUMN sourceKind TEXT NOT NULL DEFAULT 'inline'
            CHECK (sourceKind IN ('file', 'url', 'inline'));
        ALTER TABLE plugins ADD COLUMN sourceClass TEXT;
        ALTER TABLE plugins ADD COLUMN documentKind TEXT NOT NULL DEFAULT 'inline'
            CHECK (documentKind IN ('file', 'url', 'inline'));
        ALTER TABLE plugins ADD COLUMN documentClass TEXT;

        CREATE TABLE disabledFolderPlugins (
            name TEXT NOT NULL PRIMARY KEY
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE fetchedDocuments (
            manifest TEXT NOT NULL PRIMARY KEY,
            url TEXT NOT NULL,
            document TEXT NOT NULL,
            documentKind TEXT NOT NULL CHECK (documentKind IN ('file', 'url', 'inline')),
            documentSource TEXT,
            documentClass TEXT
        ) STRICT;
        """
}

extension GRDB.Database {
    /// Fills the columns that `Schema.pluginSources` adds.
    func classifyPluginSources() throws {
        try execute(
            sql: """
                INSERT INTO disabledFolderPlugins (name)
                    SELECT name FROM plugins WHERE substr(source, 1, 7) = 'folder:' AND NOT isEnabled;
                DELETE FROM plugins WHERE substr(source, 1, 7) = 'folder:';
                """)
        for row in try Row.fetchAll(self, sql: "SELECT name, source, documentSource FROM plugins") {
            let name: String = row["name"]
            let source = PluginSource(storedBeforeKinds: row["source"])
            let document = PluginSource(storedBeforeKinds: row["documentSource"])
            try execute(
                sql: """
                    UPDATE plugins SET sourceKind = ?, source = ?, sourceClass = ?,
                        documentKind = ?, documentSource = ?, documentClass = ? WHERE name = ?
                    """,
                arguments: [
                    source.kind, source.place, source.addressClass?.rawValue, document.kind, document.place,
                    document.addressClass?.rawValue, name,
                ])
        }
    }
}
