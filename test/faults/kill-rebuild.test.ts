/** A rebuild that is killed, or runs out of disk, at every point there is: the database is as it was before, or after. */
import { describe, expect } from "vitest";
import { type Cases, faults } from "./cases.ts";
import {
  faulty,
  finishes,
  type Journal,
  journals,
  siteOf,
  wholeAt,
} from "./kill-rebuild-support.ts";

describe.each(journals)("journal mode %s", (journal) => {
  faults(
    "SIGKILL before every statement, each run after the last that was killed",
    (cases) => killEverywhere(journal, {}, cases),
    180_000,
  );

  faults("SIGKILL while a statement runs", async ({ plan, ran }) => {
    const site = await siteOf(journal, 20_000);
    const codes: (number | null)[] = [];
    for (const point of ["INSERT:4", "INSERT:15", "COMMIT:0", "COMMIT:3"]) {
      plan(1);
      const path = site.copy();
      codes.push((await faulty(site, path, { FAULT_KILL_IN: point })).code);
      await finishes(site, path);
      ran();
    }
    expect(codes).toContain(null);
  });

  faults("a disk that is full, sooner or later", async ({ plan, ran }) => {
    const site = await siteOf(journal, 2_000);
    const codes: (number | null)[] = [];
    for (const pages of [0, 5, 15, 1_000]) {
      plan(1);
      const path = site.copy();
      const result = await faulty(site, path, { FAULT_PAGES: String(pages) });
      codes.push(result.code);
      if (result.code !== 0) {
        const { error } = result.json<{ error: Record<string, string> }>();
        expect(error.message).toContain("database or disk is full");
        expect(error.state).toContain("the database is still at made");
      }
      expect(await finishes(site, path)).toBe(result.code === 0 ? "after" : "before");
      ran();
    }
    expect(codes).toEqual([1, 1, 1, 0]);
  });

  faults("a system that lets no file grow any more", async ({ plan, ran }) => {
    const site = await siteOf(journal, 2_000);
    const codes: (number | null)[] = [];
    for (const blocks of ["0", "300", "unlimited"]) {
      plan(1);
      const path = site.copy();
      const result = await faulty(site, path, {}, blocks);
      codes.push(result.code);
      if (result.code !== 0) expect(result.json()).toHaveProperty("error.message");
      expect(await finishes(site, path)).toBe(result.code === 0 ? "after" : "before");
      ran();
    }
    expect(codes).toEqual([1, 1, 0]);
  });
});

faults(
  "SIGKILL before every statement, where foreign keys cannot be switched off",
  (cases) => killEverywhere("DELETE", { FAULT_KEYS: "stay" }, cases),
  180_000,
);

async function killEverywhere(
  journal: Journal,
  fault: Readonly<Record<string, string>>,
  { plan, ran }: Cases,
) {
  const site = await siteOf(journal, 300);
  const seen: string[] = [];
  let path = site.copy();
  for (let ended = false; !ended; ) {
    plan(1);
    const { code } = await faulty(site, path, { ...fault, FAULT_KILL: String(seen.length + 1) });
    const was = wholeAt(site, path);
    seen.push(was);
    ran();
    ended = code === 0;
    if (!ended) expect(code).toBeNull();
    // Behind the commit there is nothing to do for the next run: it gets another database.
    if (was === "after") path = site.copy();
  }
  const how = [journal, ...Object.keys(fault)].join(", ");
  console.log(`killed before each of ${seen.length - 1} statements, ${how}`);
  expect(seen.length).toBeGreaterThan(20);
  // Once it is done it stays done.
  expect(seen.indexOf("after")).toBeGreaterThan(seen.lastIndexOf("before"));
}
