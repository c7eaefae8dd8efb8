CREATE TABLE "_mig_posts" (id integer PRIMARY KEY, author integer REFERENCES users (id) ON DELETE CASCADE, title text NOT NULL, "slug" text, CONSTRAINT "posts_slug" UNIQUE ("slug", "author"));
INSERT INTO "_mig_posts" ("id", "author", "title")
SELECT "id", "author", "title" FROM "posts";
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "_mig_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX posts_title ON posts (title);
ALTER TABLE "posts" RENAME COLUMN "author" TO "author_id";
