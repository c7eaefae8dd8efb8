-- every option

CREATE UNIQUE INDEX "everything" ON "users" USING "btree" ("email" COLLATE "C" "text_pattern_ops" DESC NULLS LAST, (lower(email) || 'x') COLLATE "pg_catalog"."POSIX" ASC, "age" NULLS FIRST) INCLUDE ("id") NULLS NOT DISTINCT WITH ("fillfactor"=70, "deduplicate_items"=false) WHERE age > 18;

COMMENT ON INDEX "everything" IS 'all of it';

CREATE INDEX IF NOT EXISTS "posts tags" ON "My Blog"."posts" USING "gin" ("tags") WITH ("fastupdate"=false);

COMMENT ON INDEX "My Blog"."posts tags" IS 'of the blog';

CREATE INDEX "classes" ON "users" ("email" "pg_catalog"."varchar_pattern_ops", (age + 1) "int4_ops");

CREATE INDEX "signed" ON "My Blog"."posts" USING "gist" ((to_tsvector('simple', "Title")) "tsvector_ops"(siglen=16)) WITH ("buffering"='auto');

CREATE INDEX "brin" ON "My Blog"."posts" USING "brin" ("at") WITH ("pages_per_range"=4);

CREATE INDEX "only this" ON ONLY "parted" ("id");

-- beside others

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "busy" ON "My Blog"."posts" ("Title" DESC);

COMMENT ON INDEX "My Blog"."busy" IS 'built beside others';

COMMENT ON INDEX "My Blog"."busy" IS 'and said again';

COMMENT ON COLUMN "My Blog"."posts"."Title" IS 'what it is called';

CREATE INDEX CONCURRENTLY "alone" ON ONLY "users" ("id");

DROP INDEX CONCURRENTLY "alone";

-- renames

ALTER INDEX "everything" RENAME TO "Everything";

ALTER INDEX "My Blog"."busy" RENAME TO "so ""busy""";

-- down

COMMENT ON COLUMN "My Blog"."posts"."Title" IS NULL;

DROP INDEX IF EXISTS "My Blog"."so ""busy""";

DROP INDEX "My Blog"."posts tags";

DROP INDEX "My Blog"."signed";

DROP INDEX "My Blog"."brin";

DROP INDEX "Everything";

DROP INDEX "classes";

DROP INDEX "only this";
