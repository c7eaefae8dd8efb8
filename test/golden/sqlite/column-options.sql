CREATE TABLE "columns" (
  "a" text COLLATE NOCASE DEFAULT 'x' NOT NULL,
  "b" text,
  "c" text GENERATED ALWAYS AS (a || '!') STORED NOT NULL,
  "d" text COLLATE rtrim GENERATED ALWAYS AS (upper(a)) VIRTUAL
);
