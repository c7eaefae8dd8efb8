CREATE VIEW "adults" AS SELECT email FROM users WHERE age > 17;
CREATE VIEW "named" ("number", "address") AS SELECT id, email FROM users;
DROP VIEW "adults";
CREATE VIEW "adults" AS SELECT id FROM users;
CREATE VIEW "fresh" AS SELECT 1 AS one;
