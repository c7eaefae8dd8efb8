/**
 * Changes of a large SQLite table, against better-sqlite3 following the documented procedure by hand:
 * https://www.sqlite.org/lang_altertable.html#otheralter. MIG_BENCH_ROWS is the size of the table, a million when not set.
 */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median, time } from "./measure.mjs";
import { mig, repository, temporaryFolder } from "./projects.mjs";
import { byHand, fill, many, one, projectOf } from "./rebuild-table.mjs";

const rows = Number(process.env.MIG_BENCH_ROWS ?? 1_000_000);
const runs = Number(process.env.MIG_BENCH_RUNS ?? (rows > 2_000_000 ? 3 : 5));

export async function run() {
  const folder = temporaryFolder();
  const seed = join(folder, "seed.db");
  fill(seed, rows);
  const title = `Changing a SQLite table of ${rows.toLocaleString("en")} rows`;
  const subjects = [
    {
      name: "by hand: new table, copy, drop, rename, indexes",
      ...script(folder, byHand(one.hand)),
    },
    subject("general copy: a type", one.general, 1.15),
    subject("general copy: ten changes in ten calls", many, null),
    subject("transfer copy: a unique constraint less", one.transfer, 0.6),
    subject("schema text: a default and a foreign key", one.text, 0.25),
    subject("native: a column more", one.native, null),
  ];
  await measure(title, seed, subjects);
}

function script(folder, text) {
  writeFileSync(join(folder, "by-hand.mjs"), text);
  return { cwd: folder, args: ["by-hand.mjs"] };
}

function subject(name, calls, limit) {
  const cwd = temporaryFolder();
  projectOf(cwd, calls);
  return { name, cwd, args: [mig, "upgrade", "head"], limit };
}

/** Each in turn, on a copy of the same file; its seconds, of the clock and of the processor, and its largest memory. */
async function measure(title, seed, subjects) {
  const found = new Map(subjects.map((it) => [it, { seconds: [], cpu: [], peak: [] }]));
  for (let run = 0; run < runs; run++) {
    for (const it of subjects) {
      const own = found.get(it);
      const file = join(it.cwd, "bench.db");
      copyFileSync(seed, file);
      const used = join(it.cwd, "used.json");
      const NODE_OPTIONS = `--require ${join(repository, "bench/rebuild-peak.cjs")}`;
      own.seconds.push(await time({ ...it, env: { MIG_BENCH_PEAK: used, NODE_OPTIONS } }));
      const { cpu, peak } = JSON.parse(readFileSync(used, "utf8"));
      own.cpu.push(cpu);
      own.peak.push(peak);
      for (const more of ["", "-journal", "-wal", "-shm"]) rmSync(file + more, { force: true });
    }
  }
  print(title, subjects, found);
}

function print(title, subjects, found) {
  const base = found.get(subjects[0]);
  const ratio = (own, to, what) => median(own[what].map((value, at) => value / to[what][at]));
  console.log(
    `\n## ${title}\n\n| what | s | × by hand | CPU × by hand | aim | peak MB | more than by hand (aim ≤ 60) |\n|---|---|---|---|---|---|---|`,
  );
  for (const it of subjects) {
    const own = found.get(it);
    const [wall, cpu] = [ratio(own, base, "seconds"), ratio(own, base, "cpu")];
    const aim = it.limit ? `≤ ${it.limit}${wall > it.limit ? " (missed)" : ""}` : "";
    const more = median(own.peak) - median(base.peak);
    console.log(
      `| ${it.name} | ${median(own.seconds).toFixed(3)} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${aim} | ${median(own.peak).toFixed(0)} | ${more.toFixed(0)} |`,
    );
  }
  const [, one, ten] = subjects.map((it) => found.get(it));
  const times = ratio(ten, one, "seconds");
  console.log(
    `\nTen changes cost ${times.toFixed(2)} × one (aim ≤ 1.15${times > 1.15 ? ", missed" : ""}); of the processor ${ratio(ten, one, "cpu").toFixed(2)} ×.`,
  );
}
