DROP INDEX "posts_title";
CREATE INDEX "posts_by_title" ON posts (title COLLATE NOCASE DESC) WHERE title IS NOT NULL;
