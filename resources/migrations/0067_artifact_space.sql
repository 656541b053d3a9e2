-- Room for artifacts (spec/security-and-robustness.md R12): of what kind each is, the oldest first, and when one was removed to make room.
ALTER TABLE artifact ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE artifact SET kind = CASE
    WHEN owner LIKE 'runcommand/%' THEN 'output'
    WHEN owner LIKE 'session/%' THEN 'recording'
    WHEN owner LIKE 'document-file/%' THEN 'document-file'
    WHEN owner LIKE 'agent-build/%' THEN 'agent-build'
    ELSE '' END;
CREATE INDEX artifact_by_age ON artifact (kind, sealed_at, id) WHERE state = 'sealed';
CREATE INDEX artifact_open ON artifact (id) WHERE state = 'open';

ALTER TABLE run_command_step ADD COLUMN out_removed_at BIGINT;
ALTER TABLE run_command_step ADD COLUMN err_removed_at BIGINT;
ALTER TABLE session ADD COLUMN recording_removed_at BIGINT;
