-- Run Command: commands, one row a node, one row a step with its output (spec/run-command.md 2).

-- The text that commands were sent with: the document may change or go away while they run.
CREATE TABLE run_command_content (
    content_hash TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);

CREATE TABLE run_command (
    command_id TEXT NOT NULL PRIMARY KEY,
    document_name TEXT NOT NULL,
    resolved_version TEXT NOT NULL,
    content_hash TEXT NOT NULL REFERENCES run_command_content (content_hash),
    request TEXT NOT NULL, -- SendCommand's input as JSON
    state SMALLINT NOT NULL,
    error_limit BIGINT NOT NULL,
    concurrency BIGINT NOT NULL,
    cancelled SMALLINT NOT NULL,
    stopped SMALLINT NOT NULL,
    triggered_alarms TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    deliver_by BIGINT NOT NULL,
    expires_after BIGINT NOT NULL,
    completed_at BIGINT,
    requested_by TEXT NOT NULL,
    requester_role TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    target_count BIGINT NOT NULL,
    pending_count BIGINT NOT NULL,
    delayed_count BIGINT NOT NULL,
    in_progress_count BIGINT NOT NULL,
    cancelling_count BIGINT NOT NULL,
    success_count BIGINT NOT NULL,
    failed_count BIGINT NOT NULL,
    delivery_timed_out_count BIGINT NOT NULL,
    undeliverable_count BIGINT NOT NULL,
    invalid_platform_count BIGINT NOT NULL,
    access_denied_count BIGINT NOT NULL,
    cancelled_count BIGINT NOT NULL,
    terminated_count BIGINT NOT NULL
);
CREATE INDEX run_command_by_time ON run_command (requested_at DESC, command_id);
CREATE INDEX run_command_by_document ON run_command (document_name, requested_at DESC);
CREATE INDEX run_command_by_state ON run_command (state, requested_at DESC);
CREATE INDEX run_command_open ON run_command (expires_after) WHERE completed_at IS NULL;
CREATE INDEX run_command_completed ON run_command (completed_at) WHERE completed_at IS NOT NULL;

CREATE TABLE run_command_invocation (
    command_id TEXT NOT NULL REFERENCES run_command (command_id) ON DELETE CASCADE,
    node_id TEXT NOT NULL,
    node_name TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- place in the release order
    state SMALLINT NOT NULL,
    response_code INTEGER NOT NULL,
    trace TEXT NOT NULL,
    note TEXT NOT NULL,
    rebooting SMALLINT NOT NULL,
    order_id TEXT NOT NULL, -- empty until released
    requested_at BIGINT NOT NULL,
    released_at BIGINT,
    acknowledged_at BIGINT,
    started_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (command_id, node_id)
);
CREATE INDEX run_command_invocation_by_node ON run_command_invocation (node_id, requested_at DESC);
CREATE INDEX run_command_invocation_by_state ON run_command_invocation (state, requested_at DESC);
CREATE INDEX run_command_invocation_by_time ON run_command_invocation (requested_at DESC, command_id, node_id);
CREATE INDEX run_command_invocation_open ON run_command_invocation (command_id, ordinal) WHERE state < 10;

CREATE TABLE run_command_step (
    command_id TEXT NOT NULL,
    node_id TEXT NOT NULL,
    step_index INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    plugin TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'InProgress',
    response_code INTEGER NOT NULL DEFAULT -1,
    started_at BIGINT,
    ended_at BIGINT,
    note TEXT NOT NULL DEFAULT '',
    out_length BIGINT NOT NULL DEFAULT 0,
    out_inline ${BLOB},
    out_artifact TEXT NOT NULL DEFAULT '',
    out_dropped BIGINT NOT NULL DEFAULT 0,
    out_complete SMALLINT NOT NULL DEFAULT 0,
    err_length BIGINT NOT NULL DEFAULT 0,
    err_inline ${BLOB},
    err_artifact TEXT NOT NULL DEFAULT '',
    err_dropped BIGINT NOT NULL DEFAULT 0,
    err_complete SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (command_id, node_id, step_index),
    FOREIGN KEY (command_id, node_id) REFERENCES run_command_invocation (command_id, node_id) ON DELETE CASCADE
);
