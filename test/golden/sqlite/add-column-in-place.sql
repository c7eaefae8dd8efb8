CREATE TABLE "_mig_users" ("rank" integer DEFAULT 0, id integer, "name" text, email text, age integer, "last" text, CONSTRAINT users_pkey PRIMARY KEY (id), CONSTRAINT users_email UNIQUE (email));
INSERT INTO "_mig_users" ("id", "email", "age")
SELECT "id", "email", "age" FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
