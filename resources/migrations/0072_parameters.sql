-- Parameter Store (spec/parameter-store.md). Instants are UTC microseconds.

-- Keys that SecureStrings are sealed under. The keys themselves are in the vault, one for each generation.
CREATE TABLE parameter_key (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    deletion_at BIGINT
);

CREATE TABLE parameter_key_generation (
    key_name TEXT NOT NULL REFERENCES parameter_key (name) ON DELETE CASCADE,
    generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (key_name, generation)
);

-- Rotations that are not through: versions of older generations are being wrapped again.
CREATE TABLE parameter_key_rotation (
    key_name TEXT PRIMARY KEY REFERENCES parameter_key (name) ON DELETE CASCADE,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);

-- canonical_name has its leading slash always, name is as it was created; parent_path ends with a slash. Type, data type, tier and key
-- are those of the newest version.
CREATE TABLE parameter (
    id ${IDENTITY},
    canonical_name ${BYTEWISE} NOT NULL UNIQUE,
    name TEXT NOT NULL,
    parent_path ${BYTEWISE} NOT NULL,
    type TEXT NOT NULL,
    data_type TEXT NOT NULL,
    tier TEXT NOT NULL,
    key_name TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX parameter_by_parent ON parameter (parent_path, canonical_name);
CREATE INDEX parameter_by_tier ON parameter (tier);

-- value: UTF-8 text; of a SecureString the sealed blob, whose wrapping key and generation stand beside it.
CREATE TABLE parameter_version (
    parameter_id BIGINT NOT NULL REFERENCES parameter (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    value ${BLOB} NOT NULL,
    data_type TEXT NOT NULL,
    tier TEXT NOT NULL,
    description TEXT NOT NULL,
    allowed_pattern TEXT NOT NULL,
    policies TEXT NOT NULL,
    key_name TEXT,
    key_generation BIGINT,
    modified_at BIGINT NOT NULL,
    modified_by TEXT NOT NULL,
    PRIMARY KEY (parameter_id, version),
    FOREIGN KEY (key_name, key_generation) REFERENCES parameter_key_generation (key_name, generation)
);

CREATE INDEX parameter_version_by_key ON parameter_version (key_name, key_generation, parameter_id, version);

CREATE TABLE parameter_label (
    parameter_id BIGINT NOT NULL,
    label ${BYTEWISE} NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (parameter_id, label),
    FOREIGN KEY (parameter_id, version) REFERENCES parameter_version (parameter_id, version) ON DELETE CASCADE
);

CREATE INDEX parameter_label_by_version ON parameter_label (parameter_id, version);

CREATE TABLE parameter_tag (
    parameter_id BIGINT NOT NULL REFERENCES parameter (id) ON DELETE CASCADE,
    tag_key TEXT NOT NULL,
    tag_value TEXT NOT NULL,
    PRIMARY KEY (parameter_id, tag_key)
);

CREATE INDEX parameter_tag_by_key ON parameter_tag (tag_key, tag_value);

-- Policies of the newest version. next_due: when the next thing is to be done; nothing once it is.
CREATE TABLE parameter_policy (
    parameter_id BIGINT NOT NULL REFERENCES parameter (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    policy_type TEXT NOT NULL,
    policy_text TEXT NOT NULL,
    status TEXT NOT NULL,
    due BIGINT NOT NULL,
    next_due BIGINT,
    PRIMARY KEY (parameter_id, position)
);

CREATE INDEX parameter_policy_due ON parameter_policy (next_due) WHERE next_due IS NOT NULL;

-- How many parameters stand right below a path and anywhere below it: what a tree shows without counting. path ends with a slash.
CREATE TABLE parameter_path (
    path ${BYTEWISE} PRIMARY KEY,
    parent_path ${BYTEWISE} NOT NULL,
    children BIGINT NOT NULL,
    total BIGINT NOT NULL
);

CREATE INDEX parameter_path_by_parent ON parameter_path (parent_path, path);
