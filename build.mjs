/**
 * Builds the JavaScript of dist: the library, and the command line in pieces that are loaded when they are needed. Node
 * compiles all of a file before it runs any of it, so a command is not to pay for the others.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { build, transform } from "esbuild";

const common = { platform: "node", target: "node20.19", logLevel: "warning" };
const moduleUrl = "const moduleUrl = require('node:url').pathToFileURL(__filename).href;";
const minify = { minifyWhitespace: true, minifySyntax: true };

await build({
  ...common,
  entryPoints: ["src/index.ts", "src/testing.ts"],
  bundle: true,
  // Every config and every revision imports the library: what the Migrator needs is beside it, and loaded on use.
  splitting: true,
  chunkNames: "lib/[name]-[hash]",
  format: "esm",
  packages: "external",
  sourcemap: true,
  outdir: "dist",
});
await buildCommandLine();

/** esbuild splits only ES modules, and CommonJS spares the start-up Node's loader of those: first the one, then the other. */
async function buildCommandLine() {
  const { outputFiles } = await build({
    ...common,
    ...minify,
    entryPoints: { cli: "src/cli/main.ts" },
    bundle: true,
    splitting: true,
    format: "esm",
    external: [
      "oxc-transform",
      "oxc-resolver",
      "@clack/prompts",
      "pg",
      "better-sqlite3",
      "drizzle-orm",
    ],
    outdir: "dist",
    chunkNames: "cli/[name]-[hash]",
    outExtension: { ".js": ".cjs" },
    sourcemap: "inline",
    write: false,
  });
  // The entry comes last: whoever runs it meanwhile finds all that it asks for.
  const isEntry = ({ path }) => basename(path) === "cli.cjs";
  for (const piece of outputFiles.toSorted((a, b) => isEntry(a) - isEntry(b))) {
    await writePiece(piece, isEntry(piece));
  }
}

async function writePiece({ path, text }, isEntry) {
  const { code, map } = await transform(text, {
    ...common,
    ...minify,
    format: "cjs",
    sourcefile: relative(dirname(path), path),
    sourcemap: "external",
    define: { "import.meta.url": "moduleUrl" },
    banner: text.includes("import.meta.url") ? moduleUrl : "",
  });
  // A piece that is loaded later is required, too: `import()` would start the other loader.
  const required = withPlainExports(code).replace(
    /\bimport\(("\.[^"]+")\)/g,
    "Promise.resolve().then(()=>require($1))",
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.map`, map);
  const mode = isEntry ? 0o755 : 0o644;
  writeFileSync(path, `${required}//# sourceMappingURL=${basename(path)}.map\n`, { mode });
}

/**
 * esbuild gives the exports of a piece as a copy, for importers that look for `__esModule`, and names them once more for
 * Node's lexer. The other pieces do neither, and would pay for it with every call from one to another.
 */
function withPlainExports(code) {
  return code
    .replace(/\bmodule\.exports=__toCommonJS\((\w+)\);/, "module.exports=$1;")
    .replace(/\b0&&\(module\.exports=\{[^}]*\}\);/, "");
}
