DROP VIEW "titles";
CREATE VIEW "titles" AS SELECT id, title, author FROM posts;
CREATE TRIGGER retitle INSTEAD OF UPDATE ON titles BEGIN UPDATE posts SET title = new.title WHERE id = new.id; END;
