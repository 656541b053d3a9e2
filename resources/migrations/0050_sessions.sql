-- Sessions, running and ended. Instants are UTC microseconds.
CREATE TABLE session (
    session_id TEXT NOT NULL PRIMARY KEY, -- <operator>-<17 hex>
    target TEXT NOT NULL, -- node id
    status SMALLINT NOT NULL, -- 0 Connecting, 1 Connected, 2 Disconnected, 3 Terminating, 4 Terminated, 5 Failed
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    document_name TEXT NOT NULL,
    owner TEXT NOT NULL, -- ARN
    reason TEXT NOT NULL,
    details TEXT NOT NULL,
    max_session_duration TEXT NOT NULL, -- minutes, as AWS shows it
    operator_name TEXT NOT NULL,
    session_type TEXT NOT NULL,
    run_as TEXT NOT NULL,
    client TEXT NOT NULL,
    bytes_in BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,
    recorded SMALLINT NOT NULL,
    recording_hash TEXT NOT NULL, -- head of the hash chain, hex, once ended
    exit_code BIGINT,
    token TEXT NOT NULL, -- names its stream across connections
    boot_id TEXT NOT NULL,
    idle_seconds BIGINT NOT NULL,
    max_seconds BIGINT NOT NULL,
    recording_segment BIGINT NOT NULL,
    recording_length BIGINT NOT NULL,
    recording_offset BIGINT NOT NULL,
    recording_chain TEXT NOT NULL
);
CREATE INDEX session_by_status ON session (status, started_at);
CREATE INDEX session_by_owner ON session (owner, started_at);
CREATE INDEX session_by_target ON session (target, started_at);
CREATE INDEX session_by_end ON session (ended_at);
