-- With whom documents are shared. account_id: 12 digits, or all. shared_version: $DEFAULT, $LATEST or $ALL.
CREATE TABLE document_share (
    document_name TEXT NOT NULL REFERENCES document (name) ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    shared_version TEXT NOT NULL,
    PRIMARY KEY (document_name, account_id)
);

CREATE INDEX document_share_by_account ON document_share (account_id, document_name);
