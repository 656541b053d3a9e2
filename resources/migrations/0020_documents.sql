-- The document store. Instants are UTC microseconds.

-- Contents, each stored once however many versions hold it. Kept for a while after the last of them has gone, for the histories that
-- name it by hash; orphaned_at says since when.
CREATE TABLE document_content (
    hash TEXT PRIMARY KEY,
    content ${BLOB} NOT NULL,
    orphaned_at BIGINT
);

CREATE INDEX document_content_by_orphaned ON document_content (orphaned_at);

-- owner: an account id, or Amazon for built-ins. highest_version never goes down, so that numbers are never used again.
CREATE TABLE document (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    document_type TEXT NOT NULL,
    default_version BIGINT NOT NULL,
    latest_version BIGINT NOT NULL,
    highest_version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX document_by_type ON document (document_type, name);

CREATE TABLE document_version (
    document_name TEXT NOT NULL REFERENCES document (name) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    version_name TEXT,
    content_hash TEXT NOT NULL REFERENCES document_content (hash),
    format TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    display_name TEXT NOT NULL,
    target_type TEXT NOT NULL,
    description TEXT NOT NULL,
    parameters TEXT NOT NULL,
    platform_types TEXT NOT NULL,
    required_documents TEXT NOT NULL,
    search_text TEXT NOT NULL,
    status TEXT NOT NULL,
    status_information TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (document_name, version),
    UNIQUE (document_name, version_name)
);

CREATE INDEX document_version_by_content ON document_version (content_hash);

CREATE TABLE document_requirement (
    document_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    required_name TEXT NOT NULL,
    PRIMARY KEY (document_name, version, required_name),
    FOREIGN KEY (document_name, version) REFERENCES document_version (document_name, version) ON DELETE CASCADE
);

CREATE INDEX document_requirement_by_required ON document_requirement (required_name);

CREATE TABLE document_tag (
    document_name TEXT NOT NULL REFERENCES document (name) ON DELETE CASCADE,
    tag_key TEXT NOT NULL,
    tag_value TEXT NOT NULL,
    PRIMARY KEY (document_name, tag_key)
);

CREATE INDEX document_tag_by_key ON document_tag (tag_key, tag_value);

-- Editable documents that the program brought once; one that its operator has deleted stays deleted.
CREATE TABLE document_brought (
    name TEXT PRIMARY KEY,
    brought_at BIGINT NOT NULL
);
