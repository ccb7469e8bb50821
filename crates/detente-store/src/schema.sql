-- The store, form 1. docs/store.md says what every table and column means.
CREATE TABLE coder (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    version   TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    model     TEXT NOT NULL,
    UNIQUE (name, version, knowledge, model)
) STRICT;

CREATE TABLE document (
    id        INTEGER PRIMARY KEY,
    key       BLOB NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    day       INTEGER NOT NULL,
    date      TEXT,
    title     TEXT,
    publisher TEXT,
    source    TEXT NOT NULL,
    url       TEXT,
    language  TEXT,
    coder     INTEGER NOT NULL REFERENCES coder (id),
    private   INTEGER NOT NULL,
    body      INTEGER NOT NULL,
    runs      INTEGER NOT NULL,
    sketch    BLOB NOT NULL,
    head      INTEGER NOT NULL
) STRICT;
CREATE INDEX document_name ON document (name);
CREATE INDEX document_body ON document (body);
CREATE INDEX document_head ON document (head);

CREATE TABLE record (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    bytes    BLOB NOT NULL
) STRICT;

CREATE TABLE band (
    stretch  INTEGER NOT NULL,
    band     INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (stretch, band, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document (id),
    position   INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    last       INTEGER NOT NULL,
    dated      INTEGER NOT NULL,
    type       TEXT NOT NULL,
    status     TEXT NOT NULL,
    quad       INTEGER NOT NULL,
    score      REAL NOT NULL,
    cameo      TEXT,
    background INTEGER NOT NULL,
    reciprocal INTEGER NOT NULL,
    place      TEXT,
    country    TEXT,
    confidence REAL NOT NULL,
    link       INTEGER,
    gist       BLOB,
    happening  INTEGER NOT NULL
) STRICT;
CREATE INDEX event_document ON event (document);
CREATE INDEX event_happening ON event (happening);
CREATE INDEX event_link ON event (day, link) WHERE link IS NOT NULL;

CREATE TABLE party (
    event  INTEGER NOT NULL REFERENCES event (id),
    side   INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    code   TEXT,
    sector TEXT,
    name   TEXT,
    PRIMARY KEY (event, side, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    position INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    code     TEXT,
    sector   TEXT,
    name     TEXT
) STRICT;
CREATE INDEX statement_document ON statement (document);

CREATE TABLE commitment (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    position INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT,
    parties  TEXT NOT NULL,
    status   TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_document ON commitment (document);

CREATE TABLE issue (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    position INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    topic    TEXT NOT NULL,
    pair     TEXT NOT NULL,
    stance   TEXT NOT NULL
) STRICT;
CREATE INDEX issue_document ON issue (document);

CREATE TABLE note (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    made     TEXT NOT NULL,
    author   TEXT,
    address  TEXT,
    text     TEXT NOT NULL,
    private  INTEGER NOT NULL
) STRICT;
CREATE INDEX note_document ON note (document);

CREATE VIRTUAL TABLE document_index USING fts5 (words, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2 tokenchars ''=''');
CREATE VIRTUAL TABLE event_index USING fts5 (words, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2 tokenchars ''=''');
CREATE VIRTUAL TABLE statement_index USING fts5 (words, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2 tokenchars ''=''');
CREATE VIRTUAL TABLE commitment_index USING fts5 (words, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2 tokenchars ''=''');
CREATE VIRTUAL TABLE issue_index USING fts5 (words, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2 tokenchars ''=''');
