CREATE TABLE "_mig_users" (id integer, email text, "number" integer CONSTRAINT "users_number" PRIMARY KEY AUTOINCREMENT NOT NULL, CONSTRAINT users_email UNIQUE (email), CONSTRAINT "users_id" UNIQUE ("id"));
INSERT INTO "_mig_users" ("id", "email", "number")
SELECT "id", "email", rowid FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
