/** What is asked of a draft, and what comes of it. */
import type { Rendered } from "../autogenerate/render/render.ts";
import type { DialectName } from "../model/schema.ts";
import type { RenameOptions } from "./decide-renames.ts";
import type { GlobalOptions } from "./project.ts";

export interface DraftOptions extends GlobalOptions, RenameOptions {
  readonly fromEmpty?: boolean;
  /** Draft for this database only. */
  readonly dialect?: DialectName;
}

/** The two scripts, and the names that they import; null where nothing differs. */
export interface DraftedScripts {
  readonly upgrade: string;
  readonly downgrade: string;
  readonly imports: readonly string[];
}

export const command = "mig revision --autogenerate";

export function scriptsOf(upgrade: Rendered, downgrade: Rendered): DraftedScripts {
  const imports = [...new Set([...upgrade.imports, ...downgrade.imports])].sort();
  return { upgrade: upgrade.text, downgrade: downgrade.text, imports };
}
