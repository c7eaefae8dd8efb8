DROP TABLE "posts";
DROP TABLE IF EXISTS "nothing";
