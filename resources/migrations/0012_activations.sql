-- Activations and the answers given to enrolments (spec/fleet-manager.md part B).
CREATE TABLE activation (
    id TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    default_name TEXT NOT NULL,
    iam_role TEXT NOT NULL,
    registration_limit INTEGER NOT NULL,
    registrations INTEGER NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    tags TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    code_salt ${BLOB} NOT NULL,
    code_hash ${BLOB} NOT NULL
);
CREATE INDEX activation_created ON activation (created_at, id);

CREATE TABLE enrolment (
    request_hash ${BLOB} PRIMARY KEY,
    node_id TEXT NOT NULL,
    certificate ${BLOB} NOT NULL,
    activation_id TEXT NOT NULL,
    kept_until BIGINT NOT NULL
);
CREATE INDEX enrolment_kept_until ON enrolment (kept_until);
