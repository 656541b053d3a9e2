-- Settings of the whole fleet that are not at their default (spec/fleet-manager.md 2.3).
CREATE TABLE service_setting (
    id TEXT PRIMARY KEY,
    setting_value TEXT NOT NULL,
    modified_at BIGINT,
    modified_by TEXT NOT NULL
);

-- By which hardware a node is known, and what another or a changed machine said of itself (B3.4). Records are JSON of the nine values.
CREATE TABLE node_hardware (
    node_id TEXT PRIMARY KEY,
    accepted TEXT NOT NULL,
    other TEXT NOT NULL,
    cause TEXT NOT NULL,
    other_fingerprint TEXT NOT NULL,
    other_address TEXT NOT NULL,
    seen_at BIGINT,
    told_at BIGINT
);
CREATE INDEX node_hardware_seen ON node_hardware (seen_at);

ALTER TABLE node ADD COLUMN hardware_flag TEXT NOT NULL DEFAULT 'None';
-- Of the accepted record; 0: there is none yet.
ALTER TABLE node ADD COLUMN hardware_digest BIGINT NOT NULL DEFAULT 0;
