/** The modules that the tool gives itself, each loaded once, when first asked for. */
export interface Tools {
  load(name: string): Promise<object>;
  /** For require(), which cannot wait: load them all beforehand. */
  loadAll(): Promise<void>;
  loaded(name: string): object;
}

/** The tool's own modules, given how each is loaded. */
export function createTools(loaders: Readonly<Record<string, () => Promise<object>>>): Tools {
  const loading = new Map<string, Promise<object>>();
  const ready = new Map<string, object>();

  async function start(name: string): Promise<object> {
    const module = await loaders[name]?.();
    if (module === undefined) throw new Error(`${name} is not a module of the tool`);
    ready.set(name, module);
    return module;
  }

  function load(name: string): Promise<object> {
    const known = loading.get(name) ?? start(name);
    loading.set(name, known);
    return known;
  }

  return {
    load,
    async loadAll() {
      await Promise.all(Object.keys(loaders).map(load));
    },
    loaded(name) {
      const module = ready.get(name);
      if (module === undefined) throw new Error(`${name} is not loaded yet: import it instead`);
      return module;
    },
  };
}
