import { changes } from "./changes.ts";
import { comments } from "./comments.ts";
import { enums } from "./enums.ts";
import type { Family } from "./family.ts";
import { indexes } from "./indexes.ts";
import { names } from "./names.ts";
import { objects } from "./objects.ts";
import { operations } from "./operations.ts";
import { security } from "./security.ts";
import { tables } from "./tables.ts";
import { views } from "./views.ts";

/** What every server from PostgreSQL 15 on can do. */
export const families: readonly Family[] = [
  operations,
  tables,
  changes,
  indexes,
  enums,
  objects,
  views,
  security,
  comments,
  names,
];
