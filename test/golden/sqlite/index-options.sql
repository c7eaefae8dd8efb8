CREATE UNIQUE INDEX "users_all" ON "users" ("email" COLLATE nocase DESC, (age || email) COLLATE RTRIM ASC, age + 1) WHERE age > 1;
CREATE INDEX "users_btree" ON "users" ("age");
