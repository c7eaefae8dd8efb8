DROP VIEW "titles";
CREATE VIEW "headlines" AS SELECT id, title FROM posts;
CREATE TRIGGER retitle INSTEAD OF UPDATE ON "headlines" BEGIN UPDATE posts SET title = new.title WHERE id = new.id; END;
