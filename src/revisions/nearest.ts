/** The names that `word` may have been meant to be, most alike first: at most `limit`, often none. */
export function nearest(word: string, names: Iterable<string>, limit = 3): string[] {
  const furthest = Math.max(1, Math.floor(word.length / 3));
  const alike: { name: string; distance: number }[] = [];
  for (const name of names) {
    const distance = isWithin(name, word) ? 0 : editDistance(word, name, furthest);
    if (distance <= furthest) alike.push({ name, distance });
  }
  // The sort is stable: names that are equally alike stay in the order of the files.
  return alike
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** People paste the name of a file where its id belongs. */
function isWithin(id: string, fileName: string): boolean {
  return id.length >= 4 && id.length < fileName.length && fileName.includes(id);
}

/** Levenshtein distance, or any number above `furthest` as soon as it must be greater than that. */
function editDistance(a: string, b: string, furthest: number): number {
  if (Math.abs(a.length - b.length) > furthest) return furthest + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, at(row, j) + 1, at(next, j - 1) + 1));
    }
    if (Math.min(...next) > furthest) return furthest + 1;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
