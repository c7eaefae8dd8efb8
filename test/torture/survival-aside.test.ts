/** The same copies where foreign keys stay on: every feature, those of other tables too, survives their being set aside. */
import { afterAll, expect } from "vitest";
import { keepForeignKeysOn } from "../support/keys-that-stay.ts";
import { tortureCases } from "./cases.ts";
import { copying } from "./copying.ts";
import { refusalOf } from "./scene.ts";
import { type Survival, sceneFor, survivals, survives } from "./survival.ts";
import { renames } from "./works/renames.ts";
import { several } from "./works/several.ts";
import { values } from "./works/values.ts";
import { works } from "./works.ts";

keepForeignKeysOn();

/** A general copy there and a transfer back, and one of each with a key of its own more. */
const changes = ["a type of another affinity", "a foreign key", "not null and a default"];
const some: Record<string, Survival> = {};
for (const [name, it] of Object.entries(survivals))
  if (changes.some((change) => name.endsWith(`: ${change}`))) some[name] = it;

tortureCases("what survives a copy with foreign keys on", some, async (it) => {
  const scene = await sceneFor(it, copying(it.change));
  if (it.refused === undefined) await survives(it, scene);
  else expect(await refusalOf(scene)).toContain(it.refused);
});

tortureCases(
  "what people do in one revision, with foreign keys on",
  { ...renames, ...values, ...several },
  works,
);

afterAll(() => expect(Object.keys(some).length).toBeGreaterThan(100));
