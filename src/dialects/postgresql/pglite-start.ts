/**
 * Starting PGlite. To make a database is seconds of work (initdb), and to unpack one that was made a tenth of that: an empty
 * one is kept beside what else mig keeps. Nothing depends on it.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { placeOf } from "../packages.ts";

type Package = typeof import("@electric-sql/pglite");

/** The database in `folder`, or a new one; in memory where that is null. */
export async function start(
  { PGlite }: Package,
  folder: string | null,
  root: string,
): Promise<PGlite> {
  if (folder !== null && existsSync(folder)) return PGlite.create(folder);
  const dataDir = folder ?? "memory://";
  const kept = keptAt(root);
  if (kept === null) return PGlite.create(dataDir);
  if (existsSync(kept)) {
    const unpacked = await unpack(PGlite, dataDir, kept);
    if (unpacked !== null) return unpacked;
  }
  const made = await PGlite.create(dataDir);
  await keep(made, kept);
  return made;
}

async function unpack(
  Engine: Package["PGlite"],
  dataDir: string,
  kept: string,
): Promise<PGlite | null> {
  try {
    return await Engine.create(dataDir, { loadDataDir: new Blob([readFileSync(kept)]) });
  } catch {
    // Whatever is wrong with it: without it all goes on.
    rmSync(kept, { force: true });
    return null;
  }
}

async function keep(database: PGlite, kept: string): Promise<void> {
  const content = await database.dumpDataDir("none");
  const partial = `${kept}.${process.pid}`;
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(partial, Buffer.from(await content.arrayBuffer()));
    renameSync(partial, kept);
  } catch {
    rmSync(partial, { force: true });
  }
}

/** The file for this version of PGlite, in the nearest node_modules; null where there is none. */
function keptAt(root: string): string | null {
  const place = placeOf("@electric-sql/pglite", root);
  const manifest = place === null ? "" : join(dirname(dirname(place)), "package.json");
  if (!existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  for (let folder = root; ; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (existsSync(modules)) return join(modules, ".cache/mig", `pglite-${version}.tar`);
    if (folder === dirname(folder)) return null;
  }
}
