CREATE TABLE "deferred" (
  "a" integer,
  "b" integer,
  "c" integer,
  CONSTRAINT "one" FOREIGN KEY ("a") REFERENCES "users" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "two" FOREIGN KEY ("b") REFERENCES "users" ("id") DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT "three" UNIQUE ("c"),
  CONSTRAINT "four" CHECK (a > b)
);
