-- Who reached a goal is asked for with every heatmap: few visits did, and they lie side by side here.
CREATE INDEX events_by_name ON events (name, session);
