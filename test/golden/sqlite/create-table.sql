CREATE TABLE "comments" (
  "id" integer NOT NULL,
  "post" integer DEFAULT 1 NOT NULL,
  "body" text DEFAULT 'it''s' NOT NULL,
  "seen" integer DEFAULT 0,
  "at" text DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "score" real DEFAULT -1.5,
  "tags" text DEFAULT '["a"]',
  "raw" blob DEFAULT X'01',
  "when" integer DEFAULT (unixepoch()),
  CONSTRAINT "comments_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "comments_body" UNIQUE ("post", "body"),
  CONSTRAINT "comments_score" CHECK (score > (-5) OR score IS NULL),
  CONSTRAINT "comments_post" FOREIGN KEY ("post") REFERENCES "posts" ("id") ON DELETE SET NULL ON UPDATE NO ACTION
);
