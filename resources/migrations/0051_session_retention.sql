-- How long a session's recording is kept: an instant, UTC microseconds; null: it has none, or none any more.
ALTER TABLE session ADD COLUMN recording_until BIGINT;
UPDATE session SET recording_until = started_at + 31536000000000 WHERE recorded = 1;
CREATE INDEX session_by_recording_until ON session (recording_until);
