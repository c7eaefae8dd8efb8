/** The arguments of a call, by the names of its parameters. */
import type { Argument, Expression } from "../python/tree.ts";
import {
  flagOf,
  isNone,
  numberOf,
  type Scope,
  stringOf,
  stringOrNull,
  stringsOf,
  Untranslated,
} from "./scope.ts";

/** Guards that whatever a call says is read: what nobody asked for is something that the translation would lose. */
export class Arguments {
  readonly #scope: Scope;
  readonly #positional: Expression[];
  readonly #named: Map<string, Expression>;

  constructor(args: readonly Argument[], scope: Scope) {
    this.#scope = scope;
    this.#positional = args.flatMap(({ name, value }) => (name === null ? [value] : []));
    this.#named = new Map(
      args.flatMap(({ name, value }) =>
        name === null || isForOthers(name) ? [] : [[name, value] as const],
      ),
    );
  }

  /** The one of that name, or the next by its place. */
  take(name: string): Expression | null {
    return this.option(name) ?? this.#positional.shift() ?? null;
  }

  /** The one of that name. */
  option(name: string): Expression | null {
    const found = this.#named.get(name) ?? null;
    this.#named.delete(name);
    return found;
  }

  /** All that are left by their places. */
  rest(): readonly Expression[] {
    return this.#positional.splice(0);
  }

  need(name: string): Expression {
    return this.take(name) ?? failWithout(name);
  }

  string(name: string): string {
    return stringOf(this.need(name), this.#scope);
  }

  strings(name: string): readonly string[] {
    return stringsOf(this.need(name), this.#scope);
  }

  /** Undefined where it is not given, or None. */
  optionalString(name: string): string | undefined {
    const found = this.option(name);
    return found === null ? undefined : (stringOrNull(found, this.#scope) ?? undefined);
  }

  optionalNumber(name: string): number | undefined {
    const found = this.option(name);
    return found === null || isNone(found, this.#scope) ? undefined : numberOf(found, this.#scope);
  }

  optionalFlag(name: string): boolean | undefined {
    const found = this.option(name);
    return found === null || isNone(found, this.#scope) ? undefined : flagOf(found, this.#scope);
  }

  /** What says nothing to a database. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#named.delete(name);
  }

  /** Throws Untranslated for what was not asked for. */
  end(): void {
    const [name] = this.#named.keys();
    if (name !== undefined) throw new Untranslated(`${name}=… has no counterpart`);
    if (this.#positional.length > 0) throw new Untranslated("more arguments than are known");
  }
}

/** Options of databases that mig does not run on. */
function isForOthers(name: string): boolean {
  return /^(?:mysql|mariadb|mssql|oracle|snowflake|redshift)_/.test(name);
}

function failWithout(name: string): never {
  throw new Untranslated(`no ${name}`);
}
