UPDATE "users" SET "age" = (length(email)) WHERE "age" IS NULL;
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;
