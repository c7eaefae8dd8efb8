/** What a way of changing a table is chosen for. */
import type { Recreate } from "../../operations/kinds/tables.ts";
import type { Reader } from "../dialect.ts";
import type { Change, Subject } from "./arrange.ts";
import type { TableText } from "./ddl/table.ts";
import type { Allowed } from "./native.ts";
import type { Ground } from "./rows.ts";
import type { Play } from "./stage.ts";

/** What a way is chosen for. */
export interface Choice {
  readonly play: Play;
  readonly subject: Subject;
  /** The table's text as it is. */
  readonly text: TableText;
  readonly ground: Ground;
  readonly reader: Reader;
  readonly changes: readonly Change[];
  readonly allowed: Allowed;
  readonly recreate: Recreate;
  /** The tables whose foreign keys refer to this one. */
  readonly children: readonly string[];
}
