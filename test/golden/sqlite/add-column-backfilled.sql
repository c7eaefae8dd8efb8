ALTER TABLE "users" ADD COLUMN "name" text;
UPDATE "users" SET "name" = (lower(email));
