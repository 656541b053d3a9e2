-- The outbox of orders (protocol-notes 6). An order stays until its node's watermark has passed it.
CREATE TABLE dispatch_node (
    node_id TEXT NOT NULL PRIMARY KEY,
    last_sequence BIGINT NOT NULL, -- highest dispatch sequence given
    settled BIGINT NOT NULL, -- every sequence up to it is settled
    confirmed BIGINT NOT NULL -- the highest watermark the node has reported
);

CREATE TABLE dispatch_order (
    order_id TEXT NOT NULL PRIMARY KEY, -- ULID
    node_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    owner TEXT NOT NULL, -- the service that wants it done
    subject TEXT NOT NULL, -- what of that service's it is for
    not_start_after BIGINT NOT NULL,
    state SMALLINT NOT NULL, -- 0 queued, 1 seen, 2 held, 3 withdrawn, 4 settled, 5 abandoned
    cancel_requested SMALLINT NOT NULL
);
