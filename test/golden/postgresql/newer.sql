-- columns that are computed when they are read

ALTER TABLE "sums" ADD COLUMN "tripled" integer GENERATED ALWAYS AS (a * 3) VIRTUAL;

-- computed in another way

ALTER TABLE "sums" ALTER COLUMN "doubled" SET EXPRESSION AS (a + a);

COMMENT ON COLUMN "sums"."doubled" IS 'twice';

-- down

ALTER TABLE "sums" ALTER COLUMN "doubled" SET EXPRESSION AS (a * 2);

COMMENT ON COLUMN "sums"."doubled" IS NULL;

ALTER TABLE "sums" DROP COLUMN "tripled";
