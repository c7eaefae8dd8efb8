/** The extensions of TypeScript. */
export const TYPESCRIPT: ReadonlySet<string> = new Set([".ts", ".tsx", ".mts", ".cts"]);

/** The extensions of JavaScript. */
export const JAVASCRIPT: ReadonlySet<string> = new Set([".js", ".jsx", ".mjs", ".cjs"]);

/** The files that a written extension may mean, the source before what was made of it. */
export const MEANT: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};
