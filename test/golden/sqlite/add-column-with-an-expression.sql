CREATE TABLE "_mig_users" (id integer PRIMARY KEY, email text, age integer, "at" text DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO "_mig_users" ("id", "email", "age")
SELECT "id", "email", "age" FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
