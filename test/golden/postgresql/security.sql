-- roles

CREATE ROLE "golden reader";

CREATE ROLE "golden_writer" LOGIN NOCREATEDB NOCREATEROLE INHERIT NOBYPASSRLS;

COMMENT ON ROLE "golden_writer" IS 'writes';

ALTER ROLE "golden_writer" NOLOGIN CREATEDB BYPASSRLS;

ALTER ROLE "golden_writer" RENAME TO "Golden writer";

-- privileges

GRANT USAGE ON SCHEMA "My Blog" TO "golden reader", PUBLIC;

GRANT SELECT, INSERT ON TABLE "My Blog"."posts" TO "Golden writer" WITH GRANT OPTION;

GRANT SELECT ("id", "Owner"), UPDATE ("id", "Owner") ON TABLE "My Blog"."posts" TO "golden reader";

GRANT ALL ON SEQUENCE "My Blog"."numbers" TO "Golden writer", CURRENT_USER;

GRANT USAGE ON TYPE "My Blog"."mood" TO "golden reader";

GRANT ALL PRIVILEGES ON TABLE "My Blog"."posts" TO SESSION_USER, CURRENT_ROLE;

REVOKE GRANT OPTION FOR INSERT ON TABLE "My Blog"."posts" FROM "Golden writer";

REVOKE UPDATE ("id") ON TABLE "My Blog"."posts" FROM "golden reader";

-- policies

ALTER TABLE "My Blog"."posts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "My Blog"."posts" FORCE ROW LEVEL SECURITY;

CREATE POLICY "everyone" ON "My Blog"."posts" AS PERMISSIVE FOR ALL TO PUBLIC;

CREATE POLICY "own ""posts""" ON "My Blog"."posts" AS RESTRICTIVE FOR UPDATE TO "golden reader", CURRENT_USER, SESSION_USER, CURRENT_ROLE USING ("Owner" = current_user) WITH CHECK (title <> 'it''s');

COMMENT ON POLICY "own ""posts""" ON "My Blog"."posts" IS 'their own';

ALTER POLICY "own ""posts""" ON "My Blog"."posts" TO PUBLIC USING (true);

ALTER POLICY "everyone" ON "My Blog"."posts" WITH CHECK (id > 0);

ALTER POLICY "everyone" ON "My Blog"."posts" RENAME TO "Everyone";

ALTER TABLE "My Blog"."posts" NO FORCE ROW LEVEL SECURITY;

-- down

DROP POLICY "Everyone" ON "My Blog"."posts";

DROP POLICY IF EXISTS "own ""posts""" ON "My Blog"."posts";

ALTER TABLE "My Blog"."posts" DISABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "My Blog"."posts" FROM "golden reader", "Golden writer";

REVOKE ALL ON SEQUENCE "My Blog"."numbers" FROM "Golden writer";

REVOKE ALL ON TYPE "My Blog"."mood" FROM "golden reader";

REVOKE ALL ON SCHEMA "My Blog" FROM "golden reader", PUBLIC;

DROP ROLE "golden reader";

DROP ROLE IF EXISTS "Golden writer";
