/** Timing whole processes in turn, and printing them as ratios to a floor. */
import { spawn } from "node:child_process";

/** Run a command to its end; its seconds. Another end than with `code` is an error: a fast failure is no result. */
export function time({ command = process.execPath, args, cwd, env, code: wanted = 0 }) {
  return new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("error", failed);
    child.on("close", (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (code === wanted) done(seconds);
      else failed(new Error(`${command} ${args.join(" ")} ended with ${code}\n${stderr}`));
    });
  });
}

/**
 * Measure `floor` and `subjects` in turn, `runs` times after a warm-up, and print a table. A subject may have `before`,
 * which is not timed, and `limit`, the ratio that it should not exceed.
 */
export async function compare(title, { floor, subjects, runs = 9, warmUps = 1 }) {
  const all = [floor, ...subjects];
  const seconds = new Map(all.map((subject) => [subject, []]));
  for (let run = -warmUps; run < runs; run++) {
    for (const subject of all) {
      await subject.before?.();
      const took = await time(subject);
      if (run >= 0) seconds.get(subject).push(took);
    }
  }
  const base = seconds.get(floor);
  print(
    title,
    all.map((subject) => {
      const own = seconds.get(subject);
      const ratio = median(own.map((value, at) => value / base[at]));
      return { name: subject.name, seconds: median(own), ratio, limit: subject.limit };
    }),
  );
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function print(title, rows) {
  console.log(`\n## ${title}\n\n| what | s | × floor | aim |\n|---|---|---|---|`);
  for (const { name, seconds, ratio, limit } of rows) {
    const aim = limit === undefined ? "" : `≤ ${limit}${ratio > limit ? " (missed)" : ""}`;
    console.log(`| ${name} | ${seconds.toFixed(3)} | ${ratio.toFixed(2)} | ${aim} |`);
  }
}
