CREATE TABLE "_mig_users" (id integer, email text, age integer DEFAULT 1, CONSTRAINT users_pkey PRIMARY KEY (id), CONSTRAINT users_email UNIQUE (email));
INSERT INTO "_mig_users" ("id", "email", "age")
SELECT "id", "email", (coalesce((age * 2), (0))) FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
