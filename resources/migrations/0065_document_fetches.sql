-- Versions whose attachments are still being fetched (spec/documents.md 2.2): what is missing, so that a restarted engine goes on.
-- started_at tells a version from one of a document of the same name that was deleted and made again.
CREATE TABLE document_fetch (
    document_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    sources TEXT NOT NULL,
    PRIMARY KEY (document_name, version),
    FOREIGN KEY (document_name, version) REFERENCES document_version (document_name, version) ON DELETE CASCADE
);
