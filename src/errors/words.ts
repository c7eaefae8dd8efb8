/** `a, b and c`. */
export function list(words: readonly string[], conjunction: "and" | "or"): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

/** A duration for people: "850 ms", "1.2 s", "3 min 4 s". */
export function formatDuration(ms: number): string {
  const whole = Math.round(ms);
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1_000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What to do about a revision that does not run on an empty database. */
export function markingHelp(revision: string): string {
  return `correct the revision; if it needs what an empty database lacks, make that first with \`scratch: { prepare: { … } }\` in the config, or leave it out with \`scratch: { skip: ["${revision}"] }\``;
}

/** As many names as a reader can look through. */
export function some(names: readonly string[]): string {
  const shown = 5;
  return names.length > shown
    ? `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`
    : list(names, "and");
}
