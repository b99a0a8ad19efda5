-- Chunks of heatmap points as they came, docs/wire.md, beside what a report chooses them by: a point takes two bytes here, a
-- row of its own took fifty. A table with its rows in the order of the path would be read sooner by a few milliseconds, and
-- is half as large again: long rows leave gaps in it.
CREATE TABLE heat (
    id INTEGER PRIMARY KEY,
    page INTEGER NOT NULL REFERENCES pages,
    seq INTEGER NOT NULL,
    -- Of the document when the points were made, CSS pixels.
    page_width INTEGER NOT NULL,
    -- Points of each kind.
    clicks INTEGER NOT NULL,
    moves INTEGER NOT NULL,
    hovers INTEGER NOT NULL,
    rages INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    -- Bit n: some were made with the pointer of code n.
    pointers INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (page, seq)
) STRICT;
