-- Managed nodes and the tags of every kind of resource (spec/fleet-manager.md).
CREATE TABLE node (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    ping_status TEXT NOT NULL,
    ping_reason TEXT NOT NULL,
    last_ping_at BIGINT,
    computer_name TEXT NOT NULL,
    platform_type TEXT NOT NULL,
    platform_name TEXT NOT NULL,
    platform_version TEXT NOT NULL,
    agent_version TEXT NOT NULL,
    ip_address TEXT NOT NULL,
    kernel TEXT NOT NULL,
    architecture TEXT NOT NULL,
    cpu_model TEXT NOT NULL,
    cpu_count INTEGER NOT NULL,
    memory_bytes BIGINT NOT NULL,
    boot_time BIGINT,
    time_zone TEXT NOT NULL,
    virtualization TEXT NOT NULL,
    runs_as_root INTEGER NOT NULL,
    run_as_user TEXT NOT NULL,
    machine_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    activation_id TEXT NOT NULL,
    iam_role TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    deregistered_at BIGINT,
    source_id TEXT NOT NULL,
    lease_epoch BIGINT NOT NULL
);
CREATE INDEX node_state ON node (state);
CREATE INDEX node_activation ON node (activation_id);
CREATE INDEX node_last_ping ON node (last_ping_at);

CREATE TABLE tag (
    resource_type TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    tag_key TEXT NOT NULL,
    tag_value TEXT NOT NULL,
    PRIMARY KEY (resource_type, resource_id, tag_key)
);
CREATE INDEX tag_value ON tag (tag_key, tag_value, resource_type);
