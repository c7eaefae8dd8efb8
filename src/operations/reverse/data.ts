/** Rows, SQL and work: what they did is not known. */
import type { DataOperation } from "../kinds/data.ts";
import { never, type Reversers } from "./reversal.ts";

export const dataReversers: Reversers<DataOperation> = {
  insert: () => never("rows that were inserted cannot be told from others"),
  execute: () => never("what SQL does is not known; what undoes it has to be written by hand"),
  run: () => never("what work does is not known; what undoes it has to be written by hand"),
};
