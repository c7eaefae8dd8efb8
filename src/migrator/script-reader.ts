import type { ScriptReader } from "../runtime/script-file.ts";
import type { Project } from "./project.ts";
import type { Session } from "./session.ts";

export interface ScriptOptions {
  /** `op.args` of the revisions. */
  readonly args?: Readonly<Record<string, string>> | undefined;
  /** Leave BEGIN and COMMIT of .sql revisions out. */
  readonly stripTransactions?: boolean | undefined;
  /** What is in the files that were read already, by their paths. */
  readonly texts?: ReadonlyMap<string, string> | undefined;
}

/** How the scripts of the project's revisions are read. */
export function scriptReader(
  { loader, root }: Project,
  { args = {}, stripTransactions = false, texts = new Map() }: ScriptOptions,
  { dialect }: Pick<Session, "dialect">,
): ScriptReader {
  return { dialect, loader, root, args, stripTransactions, texts };
}
