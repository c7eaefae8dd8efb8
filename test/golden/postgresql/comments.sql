-- with what they are of

CREATE ROLE "golden_commented";

CREATE TABLE "My Blog"."Posts" (
  "id" integer,
  "Title" text,
  CONSTRAINT "Posts_pk" PRIMARY KEY ("id"),
  CONSTRAINT "title_key" UNIQUE ("Title"),
  CONSTRAINT "title_check" CHECK (id > 0),
  CONSTRAINT "self_fk" FOREIGN KEY ("id") REFERENCES "My Blog"."Posts" ("id")
);

COMMENT ON TABLE "My Blog"."Posts" IS 'all -- of ; them'
;

COMMENT ON COLUMN "My Blog"."Posts"."id" IS 'it''s';

COMMENT ON COLUMN "My Blog"."Posts"."Title" IS 'line
line';

COMMENT ON CONSTRAINT "Posts_pk" ON "My Blog"."Posts" IS 'key';

COMMENT ON CONSTRAINT "title_key" ON "My Blog"."Posts" IS 'once';

COMMENT ON CONSTRAINT "title_check" ON "My Blog"."Posts" IS 'some';

COMMENT ON CONSTRAINT "self_fk" ON "My Blog"."Posts" IS 'itself';

CREATE POLICY "all of it" ON "My Blog"."Posts" AS PERMISSIVE FOR ALL TO PUBLIC;

ALTER TABLE "My Blog"."Posts" ADD COLUMN "late" text;

COMMENT ON COLUMN "My Blog"."Posts"."late" IS 'added';

COMMENT ON COLUMN "My Blog"."Posts"."late" IS 'altered';

ALTER TABLE "My Blog"."Posts" ADD CONSTRAINT "late_check" CHECK (late <> '');

COMMENT ON CONSTRAINT "late_check" ON "My Blog"."Posts" IS 'added';

-- by themselves

COMMENT ON TABLE "My Blog"."Posts" IS E'E''it''''s \\ table';

COMMENT ON COLUMN "My Blog"."Posts"."Title" IS E'E''it''''s \\ table column';

COMMENT ON CONSTRAINT "title_check" ON "My Blog"."Posts" IS E'E''it''''s \\ table constraint';

COMMENT ON INDEX "My Blog"."Posts_pk" IS E'E''it''''s \\ table index';

COMMENT ON POLICY "all of it" ON "My Blog"."Posts" IS E'E''it''''s \\ table policy';

COMMENT ON VIEW "My Blog"."seen" IS E'E''it''''s \\ view';

COMMENT ON MATERIALIZED VIEW "My Blog"."kept" IS E'E''it''''s \\ view materialized';

COMMENT ON TYPE "My Blog"."mood" IS E'E''it''''s \\ enum';

COMMENT ON SEQUENCE "My Blog"."numbers" IS E'E''it''''s \\ sequence';

COMMENT ON SCHEMA "My Blog" IS E'E''it''''s \\ schema';

COMMENT ON ROLE "golden_commented" IS E'E''it''''s \\ role';

COMMENT ON EXTENSION "plpgsql" IS 'PL/pgSQL procedural language';

-- gone

COMMENT ON TABLE "My Blog"."Posts" IS NULL;

COMMENT ON COLUMN "My Blog"."Posts"."late" IS NULL;

-- down

COMMENT ON TABLE "My Blog"."Posts" IS NULL;

COMMENT ON COLUMN "My Blog"."Posts"."Title" IS NULL;

COMMENT ON CONSTRAINT "title_check" ON "My Blog"."Posts" IS NULL;

COMMENT ON INDEX "My Blog"."Posts_pk" IS NULL;

COMMENT ON POLICY "all of it" ON "My Blog"."Posts" IS NULL;

COMMENT ON VIEW "My Blog"."seen" IS NULL;

COMMENT ON MATERIALIZED VIEW "My Blog"."kept" IS NULL;

COMMENT ON TYPE "My Blog"."mood" IS NULL;

COMMENT ON SEQUENCE "My Blog"."numbers" IS NULL;

COMMENT ON SCHEMA "My Blog" IS NULL;

COMMENT ON ROLE "golden_commented" IS NULL;

DROP TABLE "My Blog"."Posts";

DROP ROLE "golden_commented";
