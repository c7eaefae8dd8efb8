CREATE TABLE "_mig_posts" (id integer PRIMARY KEY, author integer GENERATED ALWAYS AS (id * 2) VIRTUAL, title text, shout text GENERATED ALWAYS AS (title || '!') STORED, size integer AS (length(title)));
INSERT INTO "_mig_posts" ("id", "title")
SELECT "id", "title" FROM "posts";
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "_mig_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX posts_title ON posts (title COLLATE NOCASE DESC) WHERE title IS NOT NULL;
