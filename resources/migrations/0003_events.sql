-- The event bus: one row an event, in bus order. Instants are UTC microseconds.

CREATE TABLE event (
    sequence BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    detail_type TEXT NOT NULL,
    source TEXT NOT NULL,
    time BIGINT NOT NULL,
    resources TEXT NOT NULL,
    detail TEXT NOT NULL,
    depth BIGINT NOT NULL
);

CREATE INDEX event_by_time ON event (time);
