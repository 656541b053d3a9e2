-- What nodes may do and how their agents work (spec/fleet-manager.md 3.10). body: JSON of the profile.
CREATE TABLE node_profile (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
INSERT INTO node_profile (name, body, changed_at, changed_by) VALUES ('Default', '{"Name":"Default"}', 0, '');
CREATE INDEX node_iam_role ON node (iam_role);
