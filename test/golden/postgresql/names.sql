-- "say \"no\"; --"

CREATE SCHEMA "say ""no""; --"
;

COMMENT ON SCHEMA "say ""no""; --" IS 'say "no"; --'
;

CREATE TYPE "say ""no""; --"."e" AS ENUM ('a', 'say "no"; --')
;

CREATE SEQUENCE "say ""no""; --"."s"
;

CREATE TABLE "say ""no""; --"."say ""no""; --" (
  "say ""no""; --" integer NOT NULL,
  "enum" "say ""no""; --"."e" DEFAULT 'say "no"; --',
  "other" integer,
  CONSTRAINT "say ""no""; --pk" PRIMARY KEY ("say ""no""; --")
);

COMMENT ON COLUMN "say ""no""; --"."say ""no""; --"."say ""no""; --" IS 'say "no"; --'
;

COMMENT ON CONSTRAINT "say ""no""; --pk" ON "say ""no""; --"."say ""no""; --" IS 'say "no"; --'
;

ALTER TABLE "say ""no""; --"."say ""no""; --" ADD CONSTRAINT "say ""no""; --" FOREIGN KEY ("other") REFERENCES "say ""no""; --"."say ""no""; --" ("say ""no""; --")
;

ALTER TABLE "say ""no""; --"."say ""no""; --" RENAME CONSTRAINT "say ""no""; --" TO "fk"
;

ALTER TABLE "say ""no""; --"."say ""no""; --" RENAME CONSTRAINT "fk" TO "say ""no""; --"
;

CREATE INDEX "i" ON "say ""no""; --"."say ""no""; --" ("say ""no""; --" DESC) INCLUDE ("say ""no""; --")
;

COMMENT ON INDEX "say ""no""; --"."i" IS 'say "no"; --'
;

ALTER INDEX "say ""no""; --"."i" RENAME TO "say ""no""; --ix"
;

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"say ""no""; --"."say ""no""; --"'::regclass AND attname = 'say "no"; --') = '' THEN
    ALTER TABLE "say ""no""; --"."say ""no""; --" ALTER COLUMN "say ""no""; --" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"say ""no""; --"."say ""no""; --"', 'say "no"; --'), max("say ""no""; --")) FROM "say ""no""; --"."say ""no""; --" HAVING max("say ""no""; --") >= 1;
  ELSE
    ALTER TABLE "say ""no""; --"."say ""no""; --" ALTER COLUMN "say ""no""; --" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "say ""no""; --"."e" RENAME TO "e__former"
;

CREATE TYPE "say ""no""; --"."e" AS ENUM ('say "no"; --', 'b')
;

ALTER TABLE "say ""no""; --"."say ""no""; --" ALTER COLUMN "enum" DROP DEFAULT
;

ALTER TABLE "say ""no""; --"."say ""no""; --" ALTER COLUMN "enum" TYPE "say ""no""; --"."e" USING (CASE "enum"::text WHEN 'a' THEN 'say "no"; --' ELSE "enum"::text END)::"say ""no""; --"."e"
;

ALTER TABLE "say ""no""; --"."say ""no""; --" ALTER COLUMN "enum" SET DEFAULT 'say "no"; --'
;

DO $$
DECLARE
  comment text := obj_description('"say ""no""; --"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"say ""no""; --"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"say ""no""; --"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"say ""no""; --"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"say ""no""; --"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"say ""no""; --"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"say ""no""; --"."e"', owner);
  END IF;
END
$$;

DROP TYPE "say ""no""; --"."e__former"
;

CREATE POLICY "say ""no""; --" ON "say ""no""; --"."say ""no""; --" AS PERMISSIVE FOR ALL TO PUBLIC USING (true)
;

COMMENT ON POLICY "say ""no""; --" ON "say ""no""; --"."say ""no""; --" IS 'say "no"; --'
;

CREATE MATERIALIZED VIEW "say ""no""; --"."v" ("say ""no""; --") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "say ""no""; --"."v" IS 'say "no"; --'
;

GRANT SELECT ("say ""no""; --") ON TABLE "say ""no""; --"."say ""no""; --" TO CURRENT_USER
;

-- "a.b"

CREATE SCHEMA "a.b";

COMMENT ON SCHEMA "a.b" IS 'a.b';

CREATE TYPE "a.b"."e" AS ENUM ('a', 'a.b');

CREATE SEQUENCE "a.b"."s";

CREATE TABLE "a.b"."a.b" (
  "a.b" integer NOT NULL,
  "enum" "a.b"."e" DEFAULT 'a.b',
  "other" integer,
  CONSTRAINT "a.bpk" PRIMARY KEY ("a.b")
);

COMMENT ON COLUMN "a.b"."a.b"."a.b" IS 'a.b';

COMMENT ON CONSTRAINT "a.bpk" ON "a.b"."a.b" IS 'a.b';

ALTER TABLE "a.b"."a.b" ADD CONSTRAINT "a.b" FOREIGN KEY ("other") REFERENCES "a.b"."a.b" ("a.b");

ALTER TABLE "a.b"."a.b" RENAME CONSTRAINT "a.b" TO "fk";

ALTER TABLE "a.b"."a.b" RENAME CONSTRAINT "fk" TO "a.b";

CREATE INDEX "i" ON "a.b"."a.b" ("a.b" DESC) INCLUDE ("a.b");

COMMENT ON INDEX "a.b"."i" IS 'a.b';

ALTER INDEX "a.b"."i" RENAME TO "a.bix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"a.b"."a.b"'::regclass AND attname = 'a.b') = '' THEN
    ALTER TABLE "a.b"."a.b" ALTER COLUMN "a.b" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"a.b"."a.b"', 'a.b'), max("a.b")) FROM "a.b"."a.b" HAVING max("a.b") >= 1;
  ELSE
    ALTER TABLE "a.b"."a.b" ALTER COLUMN "a.b" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "a.b"."e" RENAME TO "e__former";

CREATE TYPE "a.b"."e" AS ENUM ('a.b', 'b');

ALTER TABLE "a.b"."a.b" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "a.b"."a.b" ALTER COLUMN "enum" TYPE "a.b"."e" USING (CASE "enum"::text WHEN 'a' THEN 'a.b' ELSE "enum"::text END)::"a.b"."e";

ALTER TABLE "a.b"."a.b" ALTER COLUMN "enum" SET DEFAULT 'a.b';

DO $$
DECLARE
  comment text := obj_description('"a.b"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"a.b"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"a.b"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"a.b"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"a.b"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"a.b"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"a.b"."e"', owner);
  END IF;
END
$$;

DROP TYPE "a.b"."e__former";

CREATE POLICY "a.b" ON "a.b"."a.b" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "a.b" ON "a.b"."a.b" IS 'a.b';

CREATE MATERIALIZED VIEW "a.b"."v" ("a.b") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "a.b"."v" IS 'a.b';

GRANT SELECT ("a.b") ON TABLE "a.b"."a.b" TO CURRENT_USER;

-- "😀 é"

CREATE SCHEMA "😀 é";

COMMENT ON SCHEMA "😀 é" IS '😀 é';

CREATE TYPE "😀 é"."e" AS ENUM ('a', '😀 é');

CREATE SEQUENCE "😀 é"."s";

CREATE TABLE "😀 é"."😀 é" (
  "😀 é" integer NOT NULL,
  "enum" "😀 é"."e" DEFAULT '😀 é',
  "other" integer,
  CONSTRAINT "😀 épk" PRIMARY KEY ("😀 é")
);

COMMENT ON COLUMN "😀 é"."😀 é"."😀 é" IS '😀 é';

COMMENT ON CONSTRAINT "😀 épk" ON "😀 é"."😀 é" IS '😀 é';

ALTER TABLE "😀 é"."😀 é" ADD CONSTRAINT "😀 é" FOREIGN KEY ("other") REFERENCES "😀 é"."😀 é" ("😀 é");

ALTER TABLE "😀 é"."😀 é" RENAME CONSTRAINT "😀 é" TO "fk";

ALTER TABLE "😀 é"."😀 é" RENAME CONSTRAINT "fk" TO "😀 é";

CREATE INDEX "i" ON "😀 é"."😀 é" ("😀 é" DESC) INCLUDE ("😀 é");

COMMENT ON INDEX "😀 é"."i" IS '😀 é';

ALTER INDEX "😀 é"."i" RENAME TO "😀 éix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"😀 é"."😀 é"'::regclass AND attname = '😀 é') = '' THEN
    ALTER TABLE "😀 é"."😀 é" ALTER COLUMN "😀 é" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"😀 é"."😀 é"', '😀 é'), max("😀 é")) FROM "😀 é"."😀 é" HAVING max("😀 é") >= 1;
  ELSE
    ALTER TABLE "😀 é"."😀 é" ALTER COLUMN "😀 é" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "😀 é"."e" RENAME TO "e__former";

CREATE TYPE "😀 é"."e" AS ENUM ('😀 é', 'b');

ALTER TABLE "😀 é"."😀 é" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "😀 é"."😀 é" ALTER COLUMN "enum" TYPE "😀 é"."e" USING (CASE "enum"::text WHEN 'a' THEN '😀 é' ELSE "enum"::text END)::"😀 é"."e";

ALTER TABLE "😀 é"."😀 é" ALTER COLUMN "enum" SET DEFAULT '😀 é';

DO $$
DECLARE
  comment text := obj_description('"😀 é"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"😀 é"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"😀 é"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"😀 é"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"😀 é"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"😀 é"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"😀 é"."e"', owner);
  END IF;
END
$$;

DROP TYPE "😀 é"."e__former";

CREATE POLICY "😀 é" ON "😀 é"."😀 é" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "😀 é" ON "😀 é"."😀 é" IS '😀 é';

CREATE MATERIALIZED VIEW "😀 é"."v" ("😀 é") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "😀 é"."v" IS '😀 é';

GRANT SELECT ("😀 é") ON TABLE "😀 é"."😀 é" TO CURRENT_USER;

-- "select"

CREATE SCHEMA "select";

COMMENT ON SCHEMA "select" IS 'select';

CREATE TYPE "select"."e" AS ENUM ('a', 'select');

CREATE SEQUENCE "select"."s";

CREATE TABLE "select"."select" (
  "select" integer NOT NULL,
  "enum" "select"."e" DEFAULT 'select',
  "other" integer,
  CONSTRAINT "selectpk" PRIMARY KEY ("select")
);

COMMENT ON COLUMN "select"."select"."select" IS 'select';

COMMENT ON CONSTRAINT "selectpk" ON "select"."select" IS 'select';

ALTER TABLE "select"."select" ADD CONSTRAINT "select" FOREIGN KEY ("other") REFERENCES "select"."select" ("select");

ALTER TABLE "select"."select" RENAME CONSTRAINT "select" TO "fk";

ALTER TABLE "select"."select" RENAME CONSTRAINT "fk" TO "select";

CREATE INDEX "i" ON "select"."select" ("select" DESC) INCLUDE ("select");

COMMENT ON INDEX "select"."i" IS 'select';

ALTER INDEX "select"."i" RENAME TO "selectix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"select"."select"'::regclass AND attname = 'select') = '' THEN
    ALTER TABLE "select"."select" ALTER COLUMN "select" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"select"."select"', 'select'), max("select")) FROM "select"."select" HAVING max("select") >= 1;
  ELSE
    ALTER TABLE "select"."select" ALTER COLUMN "select" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "select"."e" RENAME TO "e__former";

CREATE TYPE "select"."e" AS ENUM ('select', 'b');

ALTER TABLE "select"."select" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "select"."select" ALTER COLUMN "enum" TYPE "select"."e" USING (CASE "enum"::text WHEN 'a' THEN 'select' ELSE "enum"::text END)::"select"."e";

ALTER TABLE "select"."select" ALTER COLUMN "enum" SET DEFAULT 'select';

DO $$
DECLARE
  comment text := obj_description('"select"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"select"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"select"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"select"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"select"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"select"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"select"."e"', owner);
  END IF;
END
$$;

DROP TYPE "select"."e__former";

CREATE POLICY "select" ON "select"."select" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "select" ON "select"."select" IS 'select';

CREATE MATERIALIZED VIEW "select"."v" ("select") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "select"."v" IS 'select';

GRANT SELECT ("select") ON TABLE "select"."select" TO CURRENT_USER;

-- "Aa"

CREATE SCHEMA "Aa";

COMMENT ON SCHEMA "Aa" IS 'Aa';

CREATE TYPE "Aa"."e" AS ENUM ('a', 'Aa');

CREATE SEQUENCE "Aa"."s";

CREATE TABLE "Aa"."Aa" (
  "Aa" integer NOT NULL,
  "enum" "Aa"."e" DEFAULT 'Aa',
  "other" integer,
  CONSTRAINT "Aapk" PRIMARY KEY ("Aa")
);

COMMENT ON COLUMN "Aa"."Aa"."Aa" IS 'Aa';

COMMENT ON CONSTRAINT "Aapk" ON "Aa"."Aa" IS 'Aa';

ALTER TABLE "Aa"."Aa" ADD CONSTRAINT "Aa" FOREIGN KEY ("other") REFERENCES "Aa"."Aa" ("Aa");

ALTER TABLE "Aa"."Aa" RENAME CONSTRAINT "Aa" TO "fk";

ALTER TABLE "Aa"."Aa" RENAME CONSTRAINT "fk" TO "Aa";

CREATE INDEX "i" ON "Aa"."Aa" ("Aa" DESC) INCLUDE ("Aa");

COMMENT ON INDEX "Aa"."i" IS 'Aa';

ALTER INDEX "Aa"."i" RENAME TO "Aaix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"Aa"."Aa"'::regclass AND attname = 'Aa') = '' THEN
    ALTER TABLE "Aa"."Aa" ALTER COLUMN "Aa" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"Aa"."Aa"', 'Aa'), max("Aa")) FROM "Aa"."Aa" HAVING max("Aa") >= 1;
  ELSE
    ALTER TABLE "Aa"."Aa" ALTER COLUMN "Aa" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "Aa"."e" RENAME TO "e__former";

CREATE TYPE "Aa"."e" AS ENUM ('Aa', 'b');

ALTER TABLE "Aa"."Aa" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "Aa"."Aa" ALTER COLUMN "enum" TYPE "Aa"."e" USING (CASE "enum"::text WHEN 'a' THEN 'Aa' ELSE "enum"::text END)::"Aa"."e";

ALTER TABLE "Aa"."Aa" ALTER COLUMN "enum" SET DEFAULT 'Aa';

DO $$
DECLARE
  comment text := obj_description('"Aa"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"Aa"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"Aa"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"Aa"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"Aa"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"Aa"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"Aa"."e"', owner);
  END IF;
END
$$;

DROP TYPE "Aa"."e__former";

CREATE POLICY "Aa" ON "Aa"."Aa" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "Aa" ON "Aa"."Aa" IS 'Aa';

CREATE MATERIALIZED VIEW "Aa"."v" ("Aa") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "Aa"."v" IS 'Aa';

GRANT SELECT ("Aa") ON TABLE "Aa"."Aa" TO CURRENT_USER;

-- "$$"

CREATE SCHEMA "$$";

COMMENT ON SCHEMA "$$" IS '$$';

CREATE TYPE "$$"."e" AS ENUM ('a', '$$');

CREATE SEQUENCE "$$"."s";

CREATE TABLE "$$"."$$" (
  "$$" integer NOT NULL,
  "enum" "$$"."e" DEFAULT '$$',
  "other" integer,
  CONSTRAINT "$$pk" PRIMARY KEY ("$$")
);

COMMENT ON COLUMN "$$"."$$"."$$" IS '$$';

COMMENT ON CONSTRAINT "$$pk" ON "$$"."$$" IS '$$';

ALTER TABLE "$$"."$$" ADD CONSTRAINT "$$" FOREIGN KEY ("other") REFERENCES "$$"."$$" ("$$");

ALTER TABLE "$$"."$$" RENAME CONSTRAINT "$$" TO "fk";

ALTER TABLE "$$"."$$" RENAME CONSTRAINT "fk" TO "$$";

CREATE INDEX "i" ON "$$"."$$" ("$$" DESC) INCLUDE ("$$");

COMMENT ON INDEX "$$"."i" IS '$$';

ALTER INDEX "$$"."i" RENAME TO "$$ix";

DO 'BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = ''"$$"."$$"''::regclass AND attname = ''$$'') = '''' THEN
    ALTER TABLE "$$"."$$" ALTER COLUMN "$$" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence(''"$$"."$$"'', ''$$''), max("$$")) FROM "$$"."$$" HAVING max("$$") >= 1;
  ELSE
    ALTER TABLE "$$"."$$" ALTER COLUMN "$$" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END';

ALTER TYPE "$$"."e" RENAME TO "e__former";

CREATE TYPE "$$"."e" AS ENUM ('$$', 'b');

ALTER TABLE "$$"."$$" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "$$"."$$" ALTER COLUMN "enum" TYPE "$$"."e" USING (CASE "enum"::text WHEN 'a' THEN '$$' ELSE "enum"::text END)::"$$"."e";

ALTER TABLE "$$"."$$" ALTER COLUMN "enum" SET DEFAULT '$$';

DO 'DECLARE
  comment text := obj_description(''"$$"."e__former"''::regtype, ''pg_type'');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = ''"$$"."e__former"''::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = ''"$$"."e__former"''::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format(''COMMENT ON TYPE %s IS %L'', ''"$$"."e"'', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format(''REVOKE ALL ON TYPE %s FROM PUBLIC'', ''"$$"."e"'');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format(''GRANT USAGE ON TYPE %s TO %s %s'', ''"$$"."e"'',
      CASE given.grantee WHEN 0 THEN ''PUBLIC'' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN ''WITH GRANT OPTION'' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format(''ALTER TYPE %s OWNER TO %I'', ''"$$"."e"'', owner);
  END IF;
END';

DROP TYPE "$$"."e__former";

CREATE POLICY "$$" ON "$$"."$$" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "$$" ON "$$"."$$" IS '$$';

CREATE MATERIALIZED VIEW "$$"."v" ("$$") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "$$"."v" IS '$$';

GRANT SELECT ("$$") ON TABLE "$$"."$$" TO CURRENT_USER;

-- "'q'"

CREATE SCHEMA "'q'";

COMMENT ON SCHEMA "'q'" IS '''q''';

CREATE TYPE "'q'"."e" AS ENUM ('a', '''q''');

CREATE SEQUENCE "'q'"."s";

CREATE TABLE "'q'"."'q'" (
  "'q'" integer NOT NULL,
  "enum" "'q'"."e" DEFAULT '''q''',
  "other" integer,
  CONSTRAINT "'q'pk" PRIMARY KEY ("'q'")
);

COMMENT ON COLUMN "'q'"."'q'"."'q'" IS '''q''';

COMMENT ON CONSTRAINT "'q'pk" ON "'q'"."'q'" IS '''q''';

ALTER TABLE "'q'"."'q'" ADD CONSTRAINT "'q'" FOREIGN KEY ("other") REFERENCES "'q'"."'q'" ("'q'");

ALTER TABLE "'q'"."'q'" RENAME CONSTRAINT "'q'" TO "fk";

ALTER TABLE "'q'"."'q'" RENAME CONSTRAINT "fk" TO "'q'";

CREATE INDEX "i" ON "'q'"."'q'" ("'q'" DESC) INCLUDE ("'q'");

COMMENT ON INDEX "'q'"."i" IS '''q''';

ALTER INDEX "'q'"."i" RENAME TO "'q'ix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"''q''"."''q''"'::regclass AND attname = '''q''') = '' THEN
    ALTER TABLE "'q'"."'q'" ALTER COLUMN "'q'" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"''q''"."''q''"', '''q'''), max("'q'")) FROM "'q'"."'q'" HAVING max("'q'") >= 1;
  ELSE
    ALTER TABLE "'q'"."'q'" ALTER COLUMN "'q'" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "'q'"."e" RENAME TO "e__former";

CREATE TYPE "'q'"."e" AS ENUM ('''q''', 'b');

ALTER TABLE "'q'"."'q'" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "'q'"."'q'" ALTER COLUMN "enum" TYPE "'q'"."e" USING (CASE "enum"::text WHEN 'a' THEN '''q''' ELSE "enum"::text END)::"'q'"."e";

ALTER TABLE "'q'"."'q'" ALTER COLUMN "enum" SET DEFAULT '''q''';

DO $$
DECLARE
  comment text := obj_description('"''q''"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"''q''"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"''q''"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"''q''"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"''q''"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"''q''"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"''q''"."e"', owner);
  END IF;
END
$$;

DROP TYPE "'q'"."e__former";

CREATE POLICY "'q'" ON "'q'"."'q'" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "'q'" ON "'q'"."'q'" IS '''q''';

CREATE MATERIALIZED VIEW "'q'"."v" ("'q'") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "'q'"."v" IS '''q''';

GRANT SELECT ("'q'") ON TABLE "'q'"."'q'" TO CURRENT_USER;

-- "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

CREATE SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

COMMENT ON SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

CREATE TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e" AS ENUM ('a', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');

CREATE SEQUENCE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."s";

CREATE TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (
  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" integer NOT NULL,
  "enum" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e" DEFAULT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  "other" integer,
  CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxpk" PRIMARY KEY ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
);

COMMENT ON COLUMN "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

COMMENT ON CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxpk" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOREIGN KEY ("other") REFERENCES "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TO "fk";

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME CONSTRAINT "fk" TO "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

CREATE INDEX "i" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DESC) INCLUDE ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

COMMENT ON INDEX "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."i" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

ALTER INDEX "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."i" RENAME TO "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxix";

DO $$
BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"'::regclass AND attname = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') = '' THEN
    ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'), max("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")) FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" HAVING max("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") >= 1;
  ELSE
    ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET GENERATED ALWAYS SET INCREMENT BY 1 SET NO MINVALUE SET NO MAXVALUE SET START WITH 1 SET CACHE 1 SET NO CYCLE;
  END IF;
END
$$;

ALTER TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e" RENAME TO "e__former";

CREATE TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e" AS ENUM ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'b');

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "enum" DROP DEFAULT;

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "enum" TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e" USING (CASE "enum"::text WHEN 'a' THEN 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' ELSE "enum"::text END)::"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e";

ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "enum" SET DEFAULT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

DO $$
DECLARE
  comment text := obj_description('"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e__former"'::regtype, 'pg_type');
  owner name := (SELECT pg_get_userbyid(typowner) FROM pg_type WHERE oid = '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e__former"'::regtype);
  privileges aclitem[] := (SELECT typacl FROM pg_type WHERE oid = '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e__former"'::regtype);
  given record;
BEGIN
  IF comment IS NOT NULL THEN
    EXECUTE format('COMMENT ON TYPE %s IS %L', '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e"', comment);
  END IF;
  IF privileges IS NOT NULL THEN
    EXECUTE format('REVOKE ALL ON TYPE %s FROM PUBLIC', '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e"');
  END IF;
  FOR given IN SELECT grantee, is_grantable FROM aclexplode(privileges) LOOP
    EXECUTE format('GRANT USAGE ON TYPE %s TO %s %s', '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e"',
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END,
      CASE WHEN given.is_grantable THEN 'WITH GRANT OPTION' END);
  END LOOP;
  IF owner <> current_user THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e"', owner);
  END IF;
END
$$;

DROP TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e__former";

CREATE POLICY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS PERMISSIVE FOR ALL TO PUBLIC USING (true);

COMMENT ON POLICY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

CREATE MATERIALIZED VIEW "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."v" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") AS
SELECT 1 AS a;

COMMENT ON MATERIALIZED VIEW "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."v" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

GRANT SELECT ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") ON TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TO CURRENT_USER;

-- down

DROP MATERIALIZED VIEW "say ""no""; --"."v"
;

DROP TABLE "say ""no""; --"."say ""no""; --"
;

DROP SEQUENCE "say ""no""; --"."s"
;

DROP TYPE "say ""no""; --"."e"
;

DROP SCHEMA "say ""no""; --"
;

DROP MATERIALIZED VIEW "a.b"."v";

DROP TABLE "a.b"."a.b";

DROP SEQUENCE "a.b"."s";

DROP TYPE "a.b"."e";

DROP SCHEMA "a.b";

DROP MATERIALIZED VIEW "😀 é"."v";

DROP TABLE "😀 é"."😀 é";

DROP SEQUENCE "😀 é"."s";

DROP TYPE "😀 é"."e";

DROP SCHEMA "😀 é";

DROP MATERIALIZED VIEW "select"."v";

DROP TABLE "select"."select";

DROP SEQUENCE "select"."s";

DROP TYPE "select"."e";

DROP SCHEMA "select";

DROP MATERIALIZED VIEW "Aa"."v";

DROP TABLE "Aa"."Aa";

DROP SEQUENCE "Aa"."s";

DROP TYPE "Aa"."e";

DROP SCHEMA "Aa";

DROP MATERIALIZED VIEW "$$"."v";

DROP TABLE "$$"."$$";

DROP SEQUENCE "$$"."s";

DROP TYPE "$$"."e";

DROP SCHEMA "$$";

DROP MATERIALIZED VIEW "'q'"."v";

DROP TABLE "'q'"."'q'";

DROP SEQUENCE "'q'"."s";

DROP TYPE "'q'"."e";

DROP SCHEMA "'q'";

DROP MATERIALIZED VIEW "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."v";

DROP TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

DROP SEQUENCE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."s";

DROP TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."e";

DROP SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
