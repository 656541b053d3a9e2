-- Operators as people who sign in: what they may do beyond their role, and the keys they sign calls with. Instants are UTC microseconds.

ALTER TABLE operator_account ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1;
-- argon2id, as libsodium writes it; empty: cannot sign in with a password
ALTER TABLE operator_account ADD COLUMN password_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE operator_account ADD COLUMN password_changed_at BIGINT;
ALTER TABLE operator_account ADD COLUMN failed_sign_ins BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operator_account ADD COLUMN locked_until BIGINT;
ALTER TABLE operator_account ADD COLUMN last_sign_in_at BIGINT;
-- JSON: what all permissions are narrowed to
ALTER TABLE operator_account ADD COLUMN scope TEXT NOT NULL DEFAULT '{}';
-- JSON: a list of statements
ALTER TABLE operator_account ADD COLUMN statements TEXT NOT NULL DEFAULT '[]';

CREATE TABLE operator_group (
    name TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    statements TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE operator_group_member (
    group_name TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    PRIMARY KEY (group_name, operator_name)
);

CREATE INDEX operator_group_member_by_operator ON operator_group_member (operator_name);

-- The secret half is a vault item: purpose "access-key", name the id.
CREATE TABLE access_key (
    access_key_id TEXT PRIMARY KEY,
    operator_name TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    last_used_from TEXT NOT NULL
);

CREATE INDEX access_key_by_operator ON access_key (operator_name);
