CREATE TABLE "_mig_users" (id integer CONSTRAINT users_pkey PRIMARY KEY AUTOINCREMENT, email text, age integer, CONSTRAINT users_email UNIQUE (email));
INSERT INTO "_mig_users" SELECT * FROM "users";
PRAGMA legacy_alter_table = ON;
DROP TABLE "users";
ALTER TABLE "_mig_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
