CREATE TABLE "counted" (
  "a" text,
  "id" integer CONSTRAINT "counted_pkey" PRIMARY KEY AUTOINCREMENT NOT NULL,
  CONSTRAINT "counted_a" UNIQUE ("a")
);
