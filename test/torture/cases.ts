/** Cases that are data, each a test, counted. */
import { afterAll, describe, test } from "vitest";

/** A test for each of `cases`; at the end it is said how many ran. */
export function tortureCases<Case>(
  title: string,
  cases: Readonly<Record<string, Case>>,
  run: (it: Case, name: string) => Promise<void>,
): void {
  const all = Object.entries(cases);
  let ran = 0;
  describe(title, () => {
    test.each(all)("%s", async (name, it) => {
      ran++;
      await run(it, name);
    });
    afterAll(() => console.log(`${ran} of ${all.length} torture cases ran: ${title}`));
  });
}
