CREATE TABLE IF NOT EXISTS "options" (
  "a" text,
  "b" text,
  CONSTRAINT "options_pkey" PRIMARY KEY ("a")
) STRICT, WITHOUT ROWID;
