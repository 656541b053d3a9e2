-- What the store knows of itself, and the artifacts' rows. Instants are UTC microseconds.

CREATE TABLE store_state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Numbers that are never given twice, also after their rows are gone.
CREATE TABLE sequence (
    name TEXT PRIMARY KEY,
    last_number BIGINT NOT NULL
);

CREATE TABLE artifact (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    durable_length BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sealed_at BIGINT
);

CREATE INDEX artifact_by_sha256 ON artifact (sha256);

-- The bytes themselves where several engines share a database; empty with SQLite, which keeps files.
CREATE TABLE artifact_chunk (
    artifact_id TEXT NOT NULL REFERENCES artifact (id) ON DELETE CASCADE,
    start_offset BIGINT NOT NULL,
    bytes ${BLOB} NOT NULL,
    PRIMARY KEY (artifact_id, start_offset)
);
