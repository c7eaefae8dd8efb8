CREATE TABLE "strict types" (
  "id" integer,
  "a" text,
  "b" text,
  "c" real,
  "d" integer DEFAULT 1,
  "e" text,
  "f" text,
  "g" text DEFAULT '[]',
  "h" text,
  "i" text,
  "j" blob,
  "k" integer,
  "l" ANY,
  CONSTRAINT "strict_pkey" PRIMARY KEY ("id")
) STRICT;
