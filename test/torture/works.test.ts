/** What people do to tables in one revision: it works, and what is not meant stays. */
import { tortureCases } from "./cases.ts";
import { files } from "./works/files.ts";
import { renames } from "./works/renames.ts";
import { several } from "./works/several.ts";
import { shortRows } from "./works/short-rows.ts";
import { values } from "./works/values.ts";
import { works } from "./works.ts";

tortureCases("rows that are older than a column", shortRows, works);
tortureCases(
  "what people do in one revision",
  { ...renames, ...values, ...several, ...files },
  works,
);
