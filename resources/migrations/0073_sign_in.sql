-- Signing in at a console: the second step, and the sessions of those who did. Instants are UTC microseconds.

-- The secret is a vault item: purpose "two-step", name the operator's.
CREATE TABLE operator_two_step (
    operator_name TEXT PRIMARY KEY,
    -- NULL: it is being set up
    confirmed_at BIGINT,
    -- of 30 s, since 1970: no code of it or of an earlier one counts again
    last_step BIGINT NOT NULL
);

CREATE TABLE operator_recovery_code (
    operator_name TEXT NOT NULL,
    -- hex HMAC-SHA-256 under a key of the vault
    code_hash TEXT NOT NULL,
    PRIMARY KEY (operator_name, code_hash)
);

CREATE TABLE operator_session (
    session_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- hex SHA-256
    token_hash TEXT NOT NULL,
    -- when the password that it began with was set
    password_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    machine_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    locked_at BIGINT,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    end_reason TEXT NOT NULL
);

CREATE INDEX operator_session_by_operator ON operator_session (operator_name, created_at);
CREATE INDEX operator_session_by_token ON operator_session (token_hash);
CREATE INDEX operator_session_by_end ON operator_session (ended_at);
