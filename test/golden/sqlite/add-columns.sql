ALTER TABLE "users" ADD COLUMN "name" text;
ALTER TABLE "users" ADD COLUMN "active" integer DEFAULT 1 NOT NULL;
ALTER TABLE "posts" ADD COLUMN "slug" text DEFAULT 'x';
