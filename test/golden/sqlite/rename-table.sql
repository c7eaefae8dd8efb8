ALTER TABLE "users" RENAME TO "people";
ALTER TABLE "people" RENAME TO "_mig_people";
ALTER TABLE "_mig_people" RENAME TO "People";
