CREATE TABLE "more" (
  "a" integer,
  "b" integer,
  "c" integer,
  "d" text DEFAULT 'happy',
  "e" text,
  "f" text DEFAULT '[]',
  "g" text,
  "h" text
);
