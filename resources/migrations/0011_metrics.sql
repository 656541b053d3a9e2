-- Metric series and their one-minute buckets (spec/events-and-metrics.md 3.10, tier T1).
CREATE TABLE metric_series (
    id ${IDENTITY},
    metric_namespace TEXT NOT NULL,
    metric_name TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    series_key TEXT NOT NULL UNIQUE
);
CREATE INDEX metric_series_node ON metric_series (instance_id);

CREATE TABLE metric_point (
    series_id BIGINT NOT NULL REFERENCES metric_series (id),
    bucket BIGINT NOT NULL,
    point_count BIGINT NOT NULL,
    point_sum DOUBLE PRECISION NOT NULL,
    point_min DOUBLE PRECISION NOT NULL,
    point_max DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (series_id, bucket)
);
CREATE INDEX metric_point_bucket ON metric_point (bucket);
