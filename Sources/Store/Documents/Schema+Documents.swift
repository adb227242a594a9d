extension Schema {
    /// Documents, their passages, and the two indexes over what passages say.
    ///
    /// A passage says a content, and a content that several say is stored, indexed and embedded once. `words` holds no
    /// text of its own (sqlite.org/fts5.html, 4.4.1): what was indexed is worked out again from the content when it is
    /// taken out. It is given stems divided by spaces, which its tokenizer leaves as they are.
    static let documents = """
        CREATE TABLE collections (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE roots (
            collection INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            PRIMARY KEY (collection, path)
        ) STRICT;
        CREATE TABLE documents (
            id TEXT NOT NULL PRIMARY KEY,
            collection INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
            source BLOB,
            title TEXT NOT NULL,
            type TEXT NOT NULL,
            language TEXT NOT NULL,
            hash BLOB NOT NULL,
            bytes INTEGER NOT NULL,
            changedAt INTEGER NOT NULL,
            addedAt INTEGER NOT NULL,
            -- Last: SQLite reads a row up to the column that is asked for.
            text TEXT NOT NULL,
            UNIQUE (collection, source)
        ) STRICT;
        CREATE INDEX documentsByLanguage ON documents(language);
        -- A number is never given twice: a vector that comes late would be taken for another content's.
        CREATE TABLE contents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            hash BLOB NOT NULL UNIQUE,
            title TEXT NOT NULL,
            headings TEXT NOT NULL,
            text TEXT NOT NULL,
            language TEXT NOT NULL
        ) STRICT;
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY,
            document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            content INTEGER NOT NULL REFERENCES contents(id),
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            title TEXT NOT NULL,
            location TEXT NOT NULL,
            line INTEGER,
            UNIQUE (document, position)
        ) STRICT;
        CREATE INDEX passagesByContent ON passages(content);
        -- Empty but within a transaction: contents that may be said by nobody any more.
        CREATE TABLE orphans (content INTEGER PRIMARY KEY) STRICT;
        CREATE VIRTUAL TABLE words USING fts5(
            title, headings, body, content='',
            tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
        CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
        CREATE TABLE vectors (
            content INTEGER NOT NULL REFERENCES contents(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY (content, model)
        ) STRICT, WITHOUT ROWID;
        """

    /// Whether symbolic links that lead out of a followed folder are followed; in folders from before, not.
    static let linksOfRoots = "ALTER TABLE roots ADD COLUMN followsLinks INTEGER NOT NULL DEFAULT 0;"

    /// Where the models' files are: a model that was used before serves until another has made vectors of its own.
    static let embeddingModels = """
        CREATE TABLE embeddingModels (
            name TEXT NOT NULL PRIMARY KEY,
            path TEXT NOT NULL
        ) STRICT;
        """
}
