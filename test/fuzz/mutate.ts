import type { Dice } from './dice.ts';
import { values } from './values.ts';

/** Changes the structure and the values of JSON. Everything follows from the dice. */

type Tree = Record<string | number, unknown>;
interface Place {
  readonly parent: Tree;
  readonly key: string | number;
}

type Mutation = (place: Place, dice: Dice, places: readonly Place[]) => void;

const mutations: readonly (readonly [weight: number, mutation: Mutation])[] = [
  [20, replace],
  [14, remove],
  [6, turn],
  [6, repeat],
  [6, swap],
  [6, copy],
  [5, rename],
  [5, addKey],
  [3, wrap],
  [3, unwrap],
  [2, shuffle],
];
const raffle = mutations.flatMap(([weight, mutation]) => Array.from({ length: weight }, () => mutation));

/** A copy with up to `most` of its places changed. */
export function mutated(value: unknown, dice: Dice, most: number): unknown {
  const root: Tree = { value: structuredClone(value) };
  const count = 1 + dice.below(most);
  for (let done = 0; done < count; done += 1) {
    const places = placesIn(root);
    // Half of the time near the top: there are few places, and the most depends on them.
    const near = dice.chance(0.3) ? places.slice(0, 40) : places;
    dice.pick(raffle)(dice.pick(near), dice, places);
  }
  return root.value;
}

/** Every place, the outer ones first. Of what was made very large, the first hundred thousand. */
function placesIn(root: Tree): readonly Place[] {
  const places: Place[] = [{ parent: root, key: 'value' }];
  for (let at = 0; at < places.length && places.length < 100_000; at += 1) {
    const { parent, key } = places[at] as Place;
    const value = parent[key];
    if (typeof value === 'object' && value !== null)
      for (const inner of Object.keys(value)) places.push({ parent: value as Tree, key: inner });
  }
  return places;
}

function replace({ parent, key }: Place, dice: Dice): void {
  put(parent, key, dice.pick(values)(dice, parent[key]));
}

function remove({ parent, key }: Place): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

/** The same in another type. */
function turn({ parent, key }: Place, dice: Dice): void {
  const value = parent[key];
  const simple = typeof value === 'object' && value !== null ? sizeOf(value) : value;
  const others = [String(simple), Number(simple), Boolean(simple), [value], { value }];
  put(parent, key, dice.pick(others));
}

/** A list of many, of what was there once. */
function repeat({ parent, key }: Place, dice: Dice): void {
  const value = parent[key];
  const times = dice.pick([2, 2, 3, 10, 50]);
  if (sizeOf(value) * times > 200_000) return;
  const many = (one: unknown) => Array.from({ length: times }, () => structuredClone(one));
  put(parent, key, Array.isArray(value) ? value.flatMap(many) : many(value));
}

function swap({ parent, key }: Place, dice: Dice, places: readonly Place[]): void {
  const other = dice.pick(places);
  const [one, two] = [structuredClone(parent[key]), structuredClone(other.parent[other.key])];
  put(parent, key, two);
  put(other.parent, other.key, one);
}

function copy({ parent, key }: Place, dice: Dice, places: readonly Place[]): void {
  const other = dice.pick(places);
  const value = other.parent[other.key];
  if (sizeOf(value) < 100_000) put(parent, key, structuredClone(value));
}

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  '',
  '\u0000',
  '0',
];

/** Another name: of a place elsewhere, or one that JavaScript knows. */
function rename(place: Place, dice: Dice, places: readonly Place[]): void {
  const { parent, key } = place;
  const value = parent[key];
  if (Array.isArray(parent)) return;
  delete parent[key];
  put(parent, dice.chance(0.3) ? dice.pick(keys) : dice.pick(places).key, value);
}

function addKey({ parent, key }: Place, dice: Dice, places: readonly Place[]): void {
  const value = parent[key];
  const target = typeof value === 'object' && value !== null ? (value as Tree) : parent;
  put(
    target,
    dice.chance(0.5) ? dice.pick(keys) : dice.pick(places).key,
    dice.pick(values)(dice, structuredClone(value)),
  );
}

function wrap({ parent, key }: Place, dice: Dice): void {
  const value = parent[key];
  put(parent, key, dice.pick([[value], [[value]], { resource: value }, [null, value], { value }]));
}

function unwrap({ parent, key }: Place): void {
  const value = parent[key];
  if (typeof value === 'object' && value !== null) put(parent, key, Object.values(value)[0]);
}

function shuffle({ parent, key }: Place, dice: Dice): void {
  const value = parent[key];
  if (Array.isArray(value)) value.sort(() => dice.below(3) - 1);
}

/** Also where the key is one that an assignment does not set. */
function put(parent: Tree, key: string | number, value: unknown): void {
  if (Array.isArray(parent) && !/^\d+$/.test(String(key))) parent.push(value);
  else Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}
