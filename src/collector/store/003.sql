-- Chunks of heatmap points as they came, docs/wire.md, beside what a report chooses them by: a point takes two to ten bytes
-- here, a row of its own took 38. WITHOUT ROWID, in the order of path and time, a path's chunks would lie together and be read a
-- third sooner, and the table be half as large again: long rows leave gaps there.
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
