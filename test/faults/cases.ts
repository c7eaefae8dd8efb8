/** Counting the cases of the fault suite: each that was planned has to run, and the run of the tests says how many did. */
import { appendFileSync } from "node:fs";
import { test } from "vitest";

/** Lines of a word and a number; the global setup of the tests adds them up. */
function record(what: "planned" | "ran" | "ms", count: number): void {
  const file = process.env.MIG_FAULT_CASES;
  if (file !== undefined) appendFileSync(file, `${what} ${count}\n`);
}

/** A test that is one case. */
export function fault(name: string, body: () => Promise<void>, timeout?: number): void {
  record("planned", 1);
  test(
    name,
    () =>
      timed(async () => {
        await body();
        record("ran", 1);
      }),
    timeout,
  );
}

/** Cases whose number shows while they run. */
export interface Cases {
  plan(count: number): void;
  ran(): void;
}

/** A test of many cases. */
export function faults(
  name: string,
  body: (cases: Cases) => Promise<void>,
  timeout?: number,
): void {
  const cases: Cases = {
    plan: (count) => record("planned", count),
    ran: () => record("ran", 1),
  };
  test(name, () => timed(() => body(cases)), timeout);
}

async function timed(work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  record("ms", Math.round(performance.now() - started));
}
