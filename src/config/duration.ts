const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration as people write it ("5s", "2min", "500ms"), or null when it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)$/.exec(text.trim());
  if (!match) return null;
  return Math.round(Number(match[1]) * (units[match[2] ?? ""] ?? 0));
}
