type Decorator = (target: object, key?: string, about?: unknown) => unknown;

/** What TypeScript's `experimentalDecorators` compile to: the helpers that tsc writes into each file. */
export const decoratorHelpers = {
  decorate(
    decorators: readonly Decorator[],
    target: object,
    key?: string,
    about?: unknown,
  ): unknown {
    const present = decorators.filter((it) => it !== undefined);
    if (key === undefined) {
      return present.reduceRight<unknown>((it, decorator) => decorator(Object(it)) || it, target);
    }
    // tsc passes null for "look the descriptor up", undefined for a field, which has none.
    const own = about === null ? Object.getOwnPropertyDescriptor(target, key) : undefined;
    const result = present.reduceRight<PropertyDescriptor | undefined>(
      (it, decorator) => (decorator(target, key, it) as PropertyDescriptor | undefined) || it,
      own,
    );
    if (result) Object.defineProperty(target, key, result);
    return result;
  },
  decorateParam:
    (index: number, decorator: Decorator): Decorator =>
    (target, key) =>
      decorator(target, key, index),
  decorateMetadata(key: string, value: unknown): unknown {
    const metadata: unknown = Reflect.get(Reflect, "metadata");
    return typeof metadata === "function" ? metadata(key, value) : undefined;
  },
} as const;
