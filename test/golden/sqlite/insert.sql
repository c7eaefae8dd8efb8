INSERT INTO "users" ("id", "email", "age") VALUES
  (3, 'it''s', NULL),
  (4, lower('X'), 1);
INSERT INTO "users" ("email") VALUES
  ('y');
INSERT INTO "users" DEFAULT VALUES;
