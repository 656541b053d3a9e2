-- Who may become, or be again, a node (spec/fleet-manager.md B2, B3.1, B3.3, B3.5).
ALTER TABLE activation ADD COLUMN requires_approval INTEGER NOT NULL DEFAULT 0;
ALTER TABLE activation ADD COLUMN allowed_networks TEXT NOT NULL DEFAULT '';
-- A re-enrolment token: an activation for this node alone.
ALTER TABLE activation ADD COLUMN bound_node TEXT NOT NULL DEFAULT '';

-- Waiting for an operator. A node whose certificate has expired brings a request for the next one; its answer is kept until it is used.
CREATE TABLE approval (
    node_id TEXT PRIMARY KEY,
    cause TEXT NOT NULL,
    address TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    csr ${BLOB},
    certificate ${BLOB},
    approved_at BIGINT
);
CREATE INDEX approval_asked ON approval (asked_at);
