-- Why a visit is hardly a person's, empty where nothing speaks against one; and where its visitor first came from, where
-- that is not `source`.
ALTER TABLE sessions ADD COLUMN bot TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN first_source TEXT;

-- Reports count the visits of a period, with bots or without: by the index alone.
DROP INDEX sessions_by_start;
CREATE INDEX sessions_by_start ON sessions (site, started_at, bot);
