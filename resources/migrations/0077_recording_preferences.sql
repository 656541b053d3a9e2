-- Where recordings of remote desktops would go (spec/fleet-manager.md 6, ssm-guiconnect): one row at most. body: JSON of the preferences.
CREATE TABLE recording_preferences (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
