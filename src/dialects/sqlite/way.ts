/** Telling the way that a change of a table will go, before it goes. */
import type { Recorded } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import { ownWay } from "../own-way.ts";
import { alterTable } from "./alter.ts";
import { isPlain } from "./plain.ts";

/** The way of `recorded` on the database that `reader` shows, which is not changed, not even to try something. */
export async function way({ operation }: Recorded, reader: Reader): Promise<string | null> {
  if (operation.kind !== "alterTable" || isPlain(operation)) return null;
  let supposed = false;
  const looking: Reader = {
    all: (sql, params) => reader.all(sql, params),
    async wouldFind() {
      supposed = true;
      return false;
    },
  };
  const { way, setsKeysAside } = await alterTable(operation, looking);
  if (way === "nothing") return null;
  if (setsKeysAside) return `${way}, foreign keys set aside`;
  const told = way === "native" ? ownWay : way;
  return supposed && way === "schema text"
    ? `${told}, or a general copy where rows are older than the column`
    : told;
}
