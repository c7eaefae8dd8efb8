CREATE TABLE "_mig_posts" (id integer PRIMARY KEY, author integer CONSTRAINT posts_author REFERENCES users (id), title text, shout text DEFAULT 'X', size integer);
INSERT INTO "_mig_posts" ("id", "author", "title", "shout", "size")
SELECT "id", "author", "title", ("shout"), ("size") FROM "posts";
PRAGMA legacy_alter_table = ON;
DROP TABLE "posts";
ALTER TABLE "_mig_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX posts_title ON posts (title COLLATE NOCASE DESC) WHERE title IS NOT NULL;
