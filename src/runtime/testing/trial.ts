/** What a test of a history is told, and what it has at hand while it goes on. */
import type { Connection } from "../../dialects/dialect.ts";
import type { ReflectScope } from "../../dialects/reflection.ts";
import type { ScratchOptions } from "../replay.ts";
import type { Target } from "../target.ts";
import type { Finding } from "./finding.ts";

export interface TrialOptions extends ScratchOptions {
  readonly scope: ReflectScope;
}

export interface Trial {
  readonly options: TrialOptions;
  readonly connection: Connection;
  readonly target: Target;
  readonly findings: Finding[];
  /** Each is told once. */
  readonly notes: Set<string>;
}
