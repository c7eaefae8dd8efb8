/** Things in the order of their needs: each after those that it needs, where no circle forbids it. */
export function sorted<Thing>(
  things: readonly Thing[],
  needs: (thing: Thing) => readonly Thing[],
): readonly Thing[] {
  const done = new Set<Thing>();
  const path = new Set<Thing>();
  const result: Thing[] = [];
  const known = new Set(things);
  for (const start of things) {
    const stack = [{ thing: start, entered: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { thing, entered } = top;
      if (entered) {
        path.delete(thing);
        if (!done.has(thing)) result.push(thing);
        done.add(thing);
      } else if (!done.has(thing) && !path.has(thing)) {
        path.add(thing);
        stack.push({ thing, entered: true });
        for (const need of [...needs(thing)].reverse()) {
          if (known.has(need)) stack.push({ thing: need, entered: false });
        }
      }
    }
  }
  return result;
}
