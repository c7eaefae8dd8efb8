CREATE TABLE "_mig_users" (id integer, email text, age integer, "upper" text GENERATED ALWAYS AS (upper(email)) STORED NOT NULL, CONSTRAINT users_pkey PRIMARY KEY (id), CONSTRAINT users_email UNIQUE (email));
INSERT INTO "_mig_users" ("id", "email", "age")
SELECT "id", "email", "age" FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
