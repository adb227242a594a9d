import GRDB

/// The tables, version by version. A version that was released is never changed: a new one is added after it.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 conversations and plugins") { database in
            try database.execute(sql: "PRAGMA application_id = \(DatabaseFile.applicationID)")
            try database.execute(sql: conversations)
            try database.execute(sql: plugins)
        }
        migrator.registerMigration("2 documents") { database in
            try database.execute(sql: documents)
        }
        migrator.registerMigration("3 embedding models") { database in
            try database.execute(sql: embeddingModels)
        }
        migrator.registerMigration("4 approvals") { database in
            try database.execute(sql: approvals)
        }
        migrator.registerMigration("5 context") { database in
            try database.execute(sql: context)
        }
        migrator.registerMigration("6 search of messages") { database in
            try database.execute(sql: messageWords)
        }
        migrator.registerMigration("7 sources of plugins") { database in
            try database.execute(sql: pluginSources)
            try database.classifyPluginSources()
        }
        migrator.registerMigration("8 links out of followed folders") { database in
            try database.execute(sql: linksOfRoots)
        }
        migrator.registerMigration("9 permissions bound to operations") { database in
            try database.execute(sql: boundApprovals)
        }
        migrator.registerMigration("10 support of answers") { database in
            try database.execute(sql: support)
        }
        return migrator
    }

    /// Times are milliseconds since 1970. `sequence` is the order in which messages were stored. A
    /// message's parent is in the message's own conversation, which the database itself sees to.
    private static let conversations = """
        CREATE TABLE conversations (
            id TEXT NOT NULL PRIMARY KEY,
            title TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX conversationsByUpdate ON conversations(updatedAt);

        CREATE TABLE messages (
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            parent TEXT,
            role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
            text TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            citations TEXT NOT NULL,
            finishReason TEXT,
            promptTokens INTEGER,
            cachedTokens INTEGER,
            completionTokens INTEGER,
            firstTokenSeconds REAL,
            totalSeconds REAL,
            UNIQUE (conversation, id),
            FOREIGN KEY (conversation, parent) REFERENCES messages(conversation, id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX messagesInOrder ON messages(conversation, sequence);
        CREATE INDEX messagesByParent ON messages(conversation, parent);

        CREATE TABLE steps (
            message TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            plugin TEXT NOT NULL,
            operation TEXT NOT NULL,
            arguments TEXT NOT NULL,
            status TEXT,
            result TEXT,
            error TEXT,
            seconds REAL,
            PRIMARY KEY (message, position)
        ) STRICT;
        """

    /// The words of messages, which are never changed (an index without a text of its own: sqlite.org/fts5.html, 4.4.3).
    private static let messageWords = """
        CREATE VIRTUAL TABLE messageWords USING fts5(
            text, content = 'messages', content_rowid = 'sequence', tokenize = 'porter unicode61 remove_diacritics 2');
        INSERT INTO messageWords (messageWords) VALUES ('rebuild');
        CREATE TRIGGER messageWordsInsert AFTER INSERT ON messages BEGIN
            INSERT INTO messageWords (rowid, text) VALUES (new.sequence, new.text);
        END;
        CREATE TRIGGER messageWordsDelete AFTER DELETE ON messages BEGIN
            INSERT INTO messageWords (messageWords, rowid, text) VALUES ('delete', old.sequence, old.text);
        END;
        """

    private static let plugins = """
        CREATE TABLE plugins (
            name TEXT NOT NULL PRIMARY KEY,
            source TEXT,
            manifest TEXT,
            document TEXT NOT NULL,
            documentSource TEXT,
            isEnabled INTEGER NOT NULL,
            registeredAt INTEGER NOT NULL
        ) STRICT;
        """

    /// Operations that the user has allowed for good. A plugin of a folder has no row of its own in `plugins`.
    private static let approvals = """
        CREATE TABLE approvals (
            plugin TEXT NOT NULL,
            operation TEXT NOT NULL,
            PRIMARY KEY (plugin, operation)
        ) STRICT, WITHOUT ROWID;
        """

    /// What was allowed before says nothing of what the operation was: it holds no longer. Times as above.
    private static let boundApprovals = """
        DROP TABLE approvals;
        CREATE TABLE approvals (
            plugin TEXT NOT NULL,
            operation TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            grantedAt INTEGER NOT NULL,
            expiresAt INTEGER,
            PRIMARY KEY (plugin, operation)
        ) STRICT;

        ALTER TABLE steps ADD COLUMN errorKind TEXT;
        """

    /// What the model had before it, as JSON; and summaries, each of the path to its message.
    private static let support = """
        ALTER TABLE messages ADD COLUMN support TEXT;
        """

    private static let context = """
        ALTER TABLE messages ADD COLUMN context TEXT;

        CREATE TABLE summaries (
            conversation TEXT NOT NULL,
            message TEXT NOT NULL,
            text TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            PRIMARY KEY (conversation, message),
            FOREIGN KEY (conversation, message) REFERENCES messages(conversation, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """
}
