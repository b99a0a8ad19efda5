-- Ids that came from a browser are BLOB(16) in `uuid`, once; rows refer to each other by small integers.
-- All times are milliseconds since 1970 by the collector's clock.

CREATE TABLE sites (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE visitors (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    user TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES sites,
    uuid BLOB NOT NULL,
    visitor INTEGER NOT NULL REFERENCES visitors,
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    -- The collector's clock minus the browser's when the visit was first heard of. It holds for the whole visit, so that
    -- the order of its events stays that of the browser.
    skew_ms INTEGER NOT NULL,
    source TEXT,
    UNIQUE (site, uuid)
) STRICT;
CREATE INDEX sessions_by_start ON sessions (site, started_at);

CREATE TABLE paths (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES sites,
    path TEXT NOT NULL,
    UNIQUE (site, path)
) STRICT;

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,
    session INTEGER NOT NULL REFERENCES sessions,
    path INTEGER NOT NULL REFERENCES paths,
    opened_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    referrer TEXT NOT NULL,
    language TEXT NOT NULL,
    viewport_width INTEGER NOT NULL,
    viewport_height INTEGER NOT NULL,
    document_width INTEGER NOT NULL,
    document_height INTEGER NOT NULL
) STRICT;
CREATE INDEX pages_by_path ON pages (path, opened_at);

CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages,
    seq INTEGER NOT NULL,
    -- Those of its page, again: reports go from visits to events.
    site INTEGER NOT NULL REFERENCES sites,
    session INTEGER NOT NULL REFERENCES sessions,
    name INTEGER NOT NULL REFERENCES names,
    at INTEGER NOT NULL,
    params TEXT,
    UNIQUE (page, seq)
) STRICT;
CREATE INDEX events_by_session ON events (session, name, at);
CREATE INDEX events_by_site ON events (site);

CREATE TABLE selectors (id INTEGER PRIMARY KEY, selector TEXT NOT NULL UNIQUE) STRICT;

-- `n` counts the points of the chunk that `page` and `seq` name.
CREATE TABLE points (
    page INTEGER NOT NULL REFERENCES pages,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    selector INTEGER NOT NULL REFERENCES selectors,
    at INTEGER NOT NULL,
    -- Share of the element's width and height, 0 to 32767.
    share_x INTEGER NOT NULL,
    share_y INTEGER NOT NULL,
    -- Place in the page, CSS pixels.
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (page, seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE losses (
    batch BLOB NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    site INTEGER NOT NULL REFERENCES sites,
    at INTEGER NOT NULL,
    PRIMARY KEY (batch, reason)
) STRICT, WITHOUT ROWID;
