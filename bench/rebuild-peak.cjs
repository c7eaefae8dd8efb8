/** Loaded into what is measured: at its end it writes the largest memory that it had, in MB, and its seconds of CPU. */
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const file = process.env.MIG_BENCH_PEAK;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (file)
    writeFileSync(
      file,
      JSON.stringify({ peak: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 }),
    );
});
