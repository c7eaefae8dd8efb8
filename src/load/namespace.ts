/** What a module exports: each name is read when it is used, as ES modules have it. */
export type Exports = Record<string, unknown>;

/** An empty namespace. */
export function createExports(): Exports {
  return Object.defineProperty(Object.create(null), Symbol.toStringTag, { value: "Module" });
}

/** `export * from`: every name of `from` that `to` does not have. Tells whether there was any. */
export function copyStar(from: object, to: Exports): boolean {
  const names = Object.keys(from).filter((name) => name !== "default" && !(name in to));
  for (const name of names) defineName(to, name, () => Reflect.get(from, name));
  return names.length > 0;
}

/** What a CommonJS module offers to `import`: `default` is its module.exports, whose own names come beside it. */
export function fillFromCommonJs(exports: Exports, read: () => unknown): Exports {
  defineName(exports, "default", read);
  const value = read();
  if (isObject(value)) copyStar(value, exports);
  return exports;
}

/** What an import statement wants from a module that Node has loaded. */
export interface Wanted {
  /** Undefined for all names. */
  readonly names: readonly string[] | undefined;
  /** True in CommonJS files, where TypeScript takes `exports.default` of a compiled ES module for its default. */
  readonly compiledDefault: () => boolean;
}

/**
 * The namespace, or one that also has the names that only its `default` has: Node guesses the names of a CommonJS
 * module from its text, and misses some.
 */
export function withCommonJsNames(namespace: Exports, { names, compiledDefault }: Wanted): Exports {
  const value: unknown = Reflect.get(namespace, "default");
  if (!isObject(value)) return namespace;
  const unwrap =
    "__esModule" in value &&
    "default" in value &&
    (names === undefined || names.includes("default")) &&
    compiledDefault();
  if (!unwrap && !misses(namespace, value, names)) return namespace;

  const whole = createExports();
  if (unwrap) defineName(whole, "default", () => value.default);
  else defineName(whole, "default", () => value);
  copyStar(namespace, whole);
  copyStar(value, whole);
  for (const name of names ?? []) {
    if (!(name in whole)) defineName(whole, name, () => Reflect.get(value, name));
  }
  return whole;
}

/** The names that Node gives to every CommonJS module. */
const ALWAYS = new Set(["default", "module.exports"]);

function misses(namespace: object, value: object, names: readonly string[] | undefined): boolean {
  if (names === undefined) return Object.keys(namespace).every((name) => ALWAYS.has(name));
  return names.some((name) => !(name in namespace) && name in value);
}

function defineName(exports: Exports, name: string, get: () => unknown): void {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
