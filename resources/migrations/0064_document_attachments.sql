-- Files of documents (spec/documents.md 3.7). Bytes are artifacts named by their hash, one for all that hold it; orphaned_at says since when
-- nothing names one, so that commands that still wait for their nodes can have it.
CREATE TABLE document_file (
    sha256 TEXT PRIMARY KEY,
    size_bytes BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    orphaned_at BIGINT
);
CREATE INDEX document_file_by_orphaned ON document_file (orphaned_at);

CREATE TABLE document_attachment (
    document_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES document_file (sha256),
    PRIMARY KEY (document_name, version, name),
    FOREIGN KEY (document_name, version) REFERENCES document_version (document_name, version) ON DELETE CASCADE
);
CREATE INDEX document_attachment_by_file ON document_attachment (sha256);

-- artifact://<folder>/<name>
CREATE TABLE artifact_entry (
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES document_file (sha256),
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (folder, name)
);
CREATE INDEX artifact_entry_by_file ON artifact_entry (sha256);
