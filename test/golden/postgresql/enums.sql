-- made

CREATE TYPE "mood" AS ENUM ('sad', 'it''s', E'a\\b');

COMMENT ON TYPE "mood" IS 'how they are';

CREATE TYPE "My Blog"."Empty one" AS ENUM ();

CREATE TABLE "people" (
  "now" "mood" DEFAULT 'sad' NOT NULL,
  "all" "mood"[] DEFAULT '{sad}',
  "ever" "mood"
);

INSERT INTO "people" ("now", "all", "ever") VALUES
  ('it''s', '{it''s,NULL,sad}', E'a\\b');

-- values

ALTER TYPE "mood" ADD VALUE 'happy';

ALTER TYPE "mood" ADD VALUE 'first' BEFORE 'sad';

ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'so so' AFTER 'it''s';

ALTER TYPE "My Blog"."Empty one" ADD VALUE IF NOT EXISTS 'full';

ALTER TYPE "mood" RENAME VALUE 'it''s' TO 'it was';

ALTER TYPE "My Blog"."Empty one" RENAME TO "Full one";

-- other values

ALTER TYPE "mood" RENAME TO "mood__former";

CREATE TYPE "mood" AS ENUM ('happy', 'sad');

ALTER TABLE "people" ALTER COLUMN "now" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "now" TYPE "mood" USING (CASE "now"::text WHEN 'it was' THEN 'happy' WHEN E'a\\b' THEN 'sad' ELSE "now"::text END)::"mood";

ALTER TABLE "people" ALTER COLUMN "now" SET DEFAULT 'happy';

ALTER TABLE "people" ALTER COLUMN "all" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "all" TYPE "mood"[] USING array_replace(array_replace("all"::text[], 'it was', 'happy'), E'a\\b', 'sad')::"mood"[];

ALTER TABLE "people" ALTER COLUMN "all" SET DEFAULT '{}';

ALTER TABLE "people" ALTER COLUMN "ever" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "ever" TYPE "mood" USING (CASE "ever"::text WHEN 'it was' THEN 'happy' WHEN E'a\\b' THEN 'sad' ELSE "ever"::text END)::"mood";

DO $$
DECLARE
  comment text := obj_description('"mood__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"mood__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"mood__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"mood"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"mood"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"mood"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"mood"', owner);
  END IF;
END
$$;

DROP TYPE "mood__former";

ALTER TYPE "My Blog"."Full one" RENAME TO "Full one__former";

CREATE TYPE "My Blog"."Full one" AS ENUM ('empty', 'full');

DO $$
DECLARE
  comment text := obj_description('"My Blog"."Full one__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"My Blog"."Full one__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"My Blog"."Full one__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"My Blog"."Full one"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"My Blog"."Full one"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"My Blog"."Full one"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"My Blog"."Full one"', owner);
  END IF;
END
$$;

DROP TYPE "My Blog"."Full one__former";

-- values that change places

ALTER TYPE "mood" RENAME TO "mood__former";

CREATE TYPE "mood" AS ENUM ('happy', 'sad', 'new');

ALTER TABLE "people" ALTER COLUMN "now" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "now" TYPE "mood" USING (CASE "now"::text WHEN 'happy' THEN 'sad' WHEN 'sad' THEN 'happy' ELSE "now"::text END)::"mood";

ALTER TABLE "people" ALTER COLUMN "now" SET DEFAULT 'new';

ALTER TABLE "people" ALTER COLUMN "all" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "all" TYPE "mood"[] USING array_replace(array_replace(array_replace(array_replace("all"::text[], 'happy', '---------------------------------------------------------------> sad'), 'sad', '---------------------------------------------------------------> happy'), '---------------------------------------------------------------> sad', 'sad'), '---------------------------------------------------------------> happy', 'happy')::"mood"[]
;

ALTER TABLE "people" ALTER COLUMN "ever" DROP DEFAULT;

ALTER TABLE "people" ALTER COLUMN "ever" TYPE "mood" USING (CASE "ever"::text WHEN 'happy' THEN 'sad' WHEN 'sad' THEN 'happy' ELSE "ever"::text END)::"mood";

DO $$
DECLARE
  comment text := obj_description('"mood__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"mood__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"mood__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"mood"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"mood"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"mood"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"mood"', owner);
  END IF;
END
$$;

DROP TYPE "mood__former";

-- down

DROP TABLE "people";

DROP TYPE "mood";

DROP TYPE IF EXISTS "My Blog"."Full one";
