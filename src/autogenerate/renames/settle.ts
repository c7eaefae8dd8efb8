/** Which renames there were: asked one by one, tables before their columns. */
import type { Schema } from "../../model/schema.ts";
import { apply } from "../../operations/apply.ts";
import type { Operation } from "../../operations/operation.ts";
import { inOneOrder } from "../in-order.ts";
import { memberQuestions, objectQuestions, type Told } from "./candidates.ts";
import { type Question, type Rename, renameOperation, spell } from "./rename.ts";
import { respelled } from "./respell.ts";

/** The rename that it was, or null for something that goes and something else that comes. */
export type Decide = (question: Question) => Promise<Rename | null>;

export interface Settled {
  readonly operations: readonly Operation[];
  /** The schema with its new names. */
  readonly current: Schema;
}

export async function settleRenames(
  current: Schema,
  desired: Schema,
  decide: Decide,
  told: Told = () => false,
): Promise<Settled> {
  const [from, to] = [inOneOrder(current), inOneOrder(desired)];
  const objects = await settle(from, objectQuestions(from, to, told), decide);
  const between = objects.current;
  const members = await settle(between, memberQuestions(between, to, told), decide);
  return { ...members, operations: [...objects.operations, ...members.operations] };
}

async function settle(
  current: Schema,
  questions: readonly Question[],
  decide: Decide,
): Promise<Settled> {
  const taken = new Set<string>();
  const operations: Operation[] = [];
  for (const question of questions) {
    const choices = question.choices.filter((it) => !taken.has(place(it)));
    const chosen = choices.length === 0 ? null : await decide({ ...question, choices });
    if (chosen === null) continue;
    taken.add(place(chosen));
    operations.push(renameOperation(chosen));
  }
  const after = (schema: Schema, it: Operation) => respelled(apply(schema, it), it);
  return { operations, current: operations.reduce(after, current) };
}

function place(rename: Rename): string {
  return `${rename.kind} ${spell(rename).to}`;
}
