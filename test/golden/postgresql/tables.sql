-- columns of every kind

CREATE TABLE "people" (
  "small" smallserial,
  "middle" serial,
  "big" bigserial,
  "always" bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY -2 MINVALUE -9223372036854775808 MAXVALUE 100 START WITH 10 CACHE 5 CYCLE),
  "mood" "My Blog"."mood" DEFAULT 'happy',
  "tags" text[] DEFAULT '{}' NOT NULL,
  "grid" numeric(10, 2)[][],
  "seen" timestamp(3) with time zone[],
  "moods" "My Blog"."mood"[],
  "words" tsvector[],
  "name" text COLLATE "C" NOT NULL,
  "title" varchar(9) COLLATE "pg_catalog"."C",
  "shout" text GENERATED ALWAYS AS (upper(name)) STORED,
  "double" integer GENERATED ALWAYS AS (small * 2) STORED,
  "number" integer
);

-- constraints of every kind

CREATE TABLE "My Blog"."Posts" (
  "id" integer,
  "other id" integer NOT NULL,
  "slug" text,
  "body" text,
  "order" integer,
  CONSTRAINT "Posts_pk" PRIMARY KEY ("id") INCLUDE ("order") DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT "slug_key" UNIQUE NULLS NOT DISTINCT ("slug", "other id") INCLUDE ("body", "order") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "other_fk" FOREIGN KEY ("other id") REFERENCES "others" ("id") ON DELETE SET DEFAULT ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "order_fk" FOREIGN KEY ("order") REFERENCES "others" ("id") DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT "slug_check" CHECK (slug <> 'it''s'),
  CONSTRAINT "everywhere" CHECK (1 = 1)
);

-- renames and moves

ALTER TABLE "people" SET SCHEMA "My Blog";

ALTER TABLE "My Blog"."people" RENAME TO "People";

ALTER TABLE "My Blog"."Posts" SET SCHEMA "public";

-- down

DROP TABLE "Posts";

DROP TABLE "My Blog"."People";
