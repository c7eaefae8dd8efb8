DROP VIEW "titles";
DROP VIEW IF EXISTS "titles";
