-- plain

CREATE VIEW "names" AS
SELECT id, name FROM users WHERE id > 0;

CREATE VIEW "My Blog"."Named" ("user id", "user name") WITH ("security_barrier"=true, "check_option"='local') AS
SELECT id, name FROM users;

COMMENT ON VIEW "My Blog"."Named" IS 'who there is';

CREATE OR REPLACE VIEW "names" AS
SELECT id, name, 1 AS one FROM users -- more
;

ALTER VIEW "My Blog"."Named" RENAME TO "named";

-- materialized

CREATE MATERIALIZED VIEW "My Blog"."Kept" ("id", "called") USING "heap" WITH ("fillfactor"=70, "autovacuum_enabled"=false, "toast"."autovacuum_enabled"=true) TABLESPACE "pg_default" AS
SELECT id, name FROM users -- kept
WITH NO DATA;

COMMENT ON MATERIALIZED VIEW "My Blog"."Kept" IS 'kept';

CREATE MATERIALIZED VIEW "copies" AS
SELECT 1 AS id;

REFRESH MATERIALIZED VIEW "My Blog"."Kept";

CREATE UNIQUE INDEX "kept_key" ON "My Blog"."Kept" ("id");

REFRESH MATERIALIZED VIEW CONCURRENTLY "My Blog"."Kept";

ALTER MATERIALIZED VIEW "copies" RENAME TO "Copies";

-- down

DROP MATERIALIZED VIEW "Copies";

DROP MATERIALIZED VIEW IF EXISTS "My Blog"."Kept";

DROP VIEW "names";

DROP VIEW IF EXISTS "My Blog"."named";
