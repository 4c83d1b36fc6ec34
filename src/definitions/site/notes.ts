import type { LocalChange } from '../../rules/rule.ts';
import type { Fault } from '../definition-error.ts';
import { type Entry, faultAt, type Place } from './entry.ts';

/** What is noted while the entries of one day are put into the module. */
export class Notes {
  readonly faults: Fault[] = [];
  readonly warnings: string[] = [];
  readonly changes: LocalChange[] = [];
  private readonly places = new Map<string, Place[]>();

  /** @param within the part of the entry that is wrong */
  fault(entry: Entry, message: string, within: readonly PropertyKey[] = []): void {
    this.faults.push(faultAt(entry.place, `${entry.name}: ${message}`, within));
  }

  warn(entry: Entry, message: string): void {
    const { file, line } = faultAt(entry.place, '');
    this.warnings.push(`${file}:${line}: ${entry.name} ${message}`);
  }

  change({ name, from }: Entry, what: LocalChange['what']): void {
    this.changes.push({ entry: name, from, what });
  }

  /** What stands there has changed a file of the module. */
  touch(file: string, place: Place): void {
    this.places.set(file, [...(this.places.get(file) ?? []), place]);
  }

  /**
   * The place in the overlay that a fault of the changed module comes from: where the name that is wrong stands, first
   * in what has changed that file, then in everything; else the first change of the file.
   */
  locate(fault: Fault): Fault {
    const quoted = [...fault.message.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    const names = fault.about === undefined ? quoted : [fault.about, ...quoted];
    const ofFile = this.places.get(fault.file) ?? [];
    const others = [...this.places.values()].flat();
    for (const name of names) {
      for (const { source, path } of [...ofFile, ...others]) {
        const line = source.find(name, source.span(path));
        if (line !== undefined) return { file: source.file, line, message: fault.message };
      }
    }
    const [place] = [...ofFile, ...others];
    const message = ofFile.length > 0 ? fault.message : `${fault.file}: ${fault.message}`;
    return place ? faultAt(place, message) : fault;
  }
}
