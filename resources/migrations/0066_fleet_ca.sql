-- Which of the fleet's CAs are in use while one takes the place of another (spec/security-and-robustness.md T18). One row. Their keys are in the
-- vault: "key" is the first one's, "key-2" the second's.
CREATE TABLE fleet_ca (
    id INTEGER PRIMARY KEY,
    current_ca BIGINT NOT NULL,
    next_ca BIGINT,
    phase TEXT NOT NULL,
    bundle_version BIGINT NOT NULL,
    bundle_signature ${BLOB},
    begun_at BIGINT,
    issuing_since BIGINT
);
INSERT INTO fleet_ca (id, current_ca, phase, bundle_version) VALUES (1, 1, 'Stable', 0);

ALTER TABLE certificate ADD COLUMN ca_number BIGINT NOT NULL DEFAULT 1;

-- The bundle of CAs that each node says it keeps, and why it has refused a newer one. No row: the one it was enrolled with.
CREATE TABLE node_trust (
    node_id TEXT PRIMARY KEY,
    bundle_version BIGINT NOT NULL,
    refusal TEXT NOT NULL
);
