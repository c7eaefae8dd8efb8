CREATE UNIQUE INDEX "users_email" ON "users" ("email", lower(email) DESC) WHERE age > 3;
CREATE INDEX IF NOT EXISTS "users_age" ON "users" ("age");
DROP INDEX "users_age";
DROP INDEX IF EXISTS "users_age";
