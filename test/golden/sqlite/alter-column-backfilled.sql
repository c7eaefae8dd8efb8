UPDATE "users" SET "age" = (length(email)) WHERE "age" IS NULL;
