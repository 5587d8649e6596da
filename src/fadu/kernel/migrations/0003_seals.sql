-- The seals over the record. Digests only, so no rights by row; nothing here is ever updated or deleted.

-- One leaf an event, in the order of sealing; seq counts from 0 and is the leaf's index in the tree.
-- No foreign key: a leaf must outlive an event that somebody removes, so that the removal is seen.
CREATE TABLE kernel_leaf (
    seq bigint PRIMARY KEY,
    stream_id bigint NOT NULL,
    position int NOT NULL,
    hash bytea NOT NULL,
    UNIQUE (stream_id, position)
);

-- Roots of full subtrees of 16, 256, 4096, … leaves: what makes proofs quick. Recomputed by every verification.
CREATE TABLE kernel_node (
    level int NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (level, number)
);

-- Public keys in the order of their use. name: digest of the key; the first names the house.
-- endorsement: the key before signs this one; NULL for the first, and where the one before was lost.
CREATE TABLE kernel_sealkey (
    number int PRIMARY KEY,
    name text NOT NULL UNIQUE,
    public bytea NOT NULL,
    endorsement bytea,
    reason text NOT NULL,
    moment timestamptz NOT NULL
);

-- Signed heads, chained: previous is the hash of the head before (32 zero bytes for the first).
CREATE TABLE kernel_head (
    size bigint PRIMARY KEY,
    root bytea NOT NULL,
    previous bytea NOT NULL UNIQUE,
    moment timestamptz NOT NULL,
    key text NOT NULL REFERENCES kernel_sealkey (name),
    algorithm text NOT NULL,
    signature bytea NOT NULL
);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['kernel_leaf', 'kernel_node', 'kernel_sealkey', 'kernel_head']
    LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
                       ' FOR EACH STATEMENT EXECUTE FUNCTION fadu_append_only()', t);
        EXECUTE format('REVOKE ALL ON %I FROM fadu_app', t);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO fadu_app', t);
    END LOOP;
END $$;

-- Gives every committed event without a leaf its leaf; the caller holds the sealer's lock.
-- The events of a stream become visible in the order of their positions, so a leaf's stream has no holes.
CREATE FUNCTION fadu_seal_leaves() RETURNS bigint LANGUAGE sql AS $$
    WITH added AS (
        INSERT INTO kernel_leaf (seq, stream_id, position, hash)
        SELECT (SELECT coalesce(max(seq) + 1, 0) FROM kernel_leaf)
                   + row_number() OVER (ORDER BY e.stream_id, e.position) - 1,
               e.stream_id, e.position, e.hash
        FROM kernel_stream s
        CROSS JOIN LATERAL (
            SELECT coalesce(max(l.position), 0) AS last FROM kernel_leaf l WHERE l.stream_id = s.id) sealed
        JOIN kernel_event e ON e.stream_id = s.id AND e.position > sealed.last
        WHERE s.position > sealed.last
        RETURNING 1)
    SELECT count(*) FROM added
$$;
