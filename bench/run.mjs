/** Run the benchmarks that are named, or all of them. */
const tables = ["startup", "history", "apply", "roundtrips", "rebuild", "check", "draft", "replay"];
/** Long, and only run when they are named. */
const others = ["converge"];
const asked = process.argv.slice(2);
const known = [...tables, ...others];
const unknown = asked.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark "${unknown}"; there are ${known.join(", ")}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : tables) {
  const { run } = await import(`./${name}.mjs`);
  await run();
}
