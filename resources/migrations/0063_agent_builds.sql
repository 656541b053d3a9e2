-- Builds of the agent that nodes may take (spec/documents.md 3.12); the bytes are an artifact, one for all builds of a hash.
CREATE TABLE agent_build (
    version TEXT NOT NULL,
    platform TEXT NOT NULL,
    architecture TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    signature ${BLOB} NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (version, platform, architecture)
);
CREATE INDEX agent_build_by_sha256 ON agent_build (sha256);

-- One row at most: the Ed25519 key that signs them, told to nodes when they are registered.
CREATE TABLE release_key (
    id INTEGER PRIMARY KEY,
    public_key ${BLOB} NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL
);
