/** From a URL to the dialect that speaks it. The dialects are loaded on use. */
import { fail } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import type { Dialect } from "./dialect.ts";
import { masked } from "./mask.ts";

/** The dialect of `url`; URL_INVALID when no dialect speaks it. */
export function dialectNameOf(url: string): DialectName {
  if (/^(sqlite|file):/i.test(url)) return "sqlite";
  if (/^(postgres(ql)?:\/\/|pglite:)/i.test(url)) return "postgresql";
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0];
  return fail("URL_INVALID", {
    url: masked(url),
    why: scheme ? `mig does not know "${scheme}"` : "it does not say which database",
  });
}

export async function loadDialect(name: DialectName): Promise<Dialect> {
  switch (name) {
    case "sqlite":
      return (await import("./sqlite/index.ts")).sqlite;
    case "postgresql":
      return (await import("./postgresql/index.ts")).postgresql;
  }
}
