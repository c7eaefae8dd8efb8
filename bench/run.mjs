/** Run the benchmarks that are named, or all of them. */
const tables = ["startup", "history", "apply", "roundtrips", "rebuild", "check", "replay"];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !tables.includes(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark "${unknown}"; there are ${tables.join(", ")}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : tables) {
  const { run } = await import(`./${name}.mjs`);
  await run();
}
