-- The seals over the record. Digests only, so no rights by row; but for the sealer's marker, nothing here is ever
-- updated or deleted.

-- One leaf an event, in the order of sealing; seq counts from 0 and is the leaf's index in the tree.
-- No foreign key: a leaf must outlive an event that somebody removes, so that the removal is seen.
CREATE TABLE kernel_leaf (
    seq bigint PRIMARY KEY,
    stream_id bigint NOT NULL,
    position int NOT NULL,
    hash bytea NOT NULL,
    UNIQUE (stream_id, position)
);

-- Roots of full subtrees of 16, 32, 64, … leaves: what makes proofs quick. Recomputed by every verification.
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

-- Up to where the sealer has come in each stream: read beside kernel_stream, whole, instead of looking into the leaves
-- of every stream. Nothing rests on it: set too high, the events left out are older than a head and have no leaf, which
-- every verification finds; set too low, the sealer stops at the leaf that is there.
CREATE TABLE kernel_sealed (
    stream_id bigint PRIMARY KEY,
    position int NOT NULL
) WITH (fillfactor = 80);
REVOKE ALL ON kernel_sealed FROM fadu_app;
GRANT SELECT, INSERT, UPDATE ON kernel_sealed TO fadu_app;

-- Gives every committed event without a leaf its leaf; the caller holds the sealer's lock.
-- The events of a stream become visible in the order of their positions, so a leaf's stream has no holes.
-- OFFSET 0: the events of a stream that has new ones are looked up, however many streams the planner expects.
CREATE FUNCTION fadu_seal_leaves() RETURNS bigint LANGUAGE sql AS $$
    WITH added AS (
        INSERT INTO kernel_leaf (seq, stream_id, position, hash)
        SELECT (SELECT coalesce(max(seq) + 1, 0) FROM kernel_leaf)
                   + row_number() OVER (ORDER BY e.stream_id, e.position) - 1,
               e.stream_id, e.position, e.hash
        FROM kernel_stream s
        LEFT JOIN kernel_sealed k ON k.stream_id = s.id
        CROSS JOIN LATERAL (
            SELECT * FROM kernel_event
            WHERE stream_id = s.id AND position > coalesce(k.position, 0) OFFSET 0) e
        WHERE s.position > coalesce(k.position, 0)
        RETURNING stream_id, position),
    marked AS (
        INSERT INTO kernel_sealed (stream_id, position)
        SELECT stream_id, max(position) FROM added GROUP BY stream_id
        ON CONFLICT (stream_id) DO UPDATE SET position = excluded.position)
    SELECT count(*) FROM added
$$;
