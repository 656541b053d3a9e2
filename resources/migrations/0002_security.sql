-- Operators, the vault, certificates and the audit log. Instants are UTC microseconds.

CREATE TABLE operator_account (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Which master key the vault is sealed with (its id, not the key).
CREATE TABLE vault_key (
    key_id TEXT PRIMARY KEY,
    stored_at BIGINT NOT NULL
);

-- Secrets, each in its own envelope (AES-256-GCM); purpose, name and version are bound into it.
CREATE TABLE vault_item (
    purpose TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    envelope ${BLOB} NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (purpose, name)
);

-- Every certificate the fleet's CA has issued. owner: a node id, or "engine".
CREATE TABLE certificate (
    serial TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    public_key_sha256 TEXT NOT NULL,
    revoked_at BIGINT,
    revoked_reason TEXT
);

CREATE INDEX certificate_by_owner ON certificate (owner, not_after);
CREATE INDEX certificate_by_revoked ON certificate (revoked_at);

CREATE TABLE audit_entry (
    sequence BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    source TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    result TEXT NOT NULL,
    diff TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE audit_anchor (
    name TEXT PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL,
    mac TEXT NOT NULL
);
