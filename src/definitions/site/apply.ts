import type { LocalParts } from '../assemble.ts';
import type { Module } from '../module.ts';
import { addCodes } from './apply-codes.ts';
import { changeRules } from './apply-rules.ts';
import { changeThresholds } from './apply-thresholds.ts';
import { overlayOn } from './days.ts';
import type { Notes } from './notes.ts';
import type { Declared, Overlay } from './read-overlay.ts';

/** The module as a hospital's policy makes it on a day. What cannot be done is left out and noted. */
export function applyOverlay(
  module: Module,
  overlay: Overlay,
  day: string,
  notes: Notes,
): { readonly module: Module; readonly local: LocalParts } {
  const today = overlayOn(overlay, day);
  const declaring: Module = {
    ...module,
    thresholds: declare('thresholds.yaml', module.thresholds, overlay.ownThresholds, notes),
    conditions: declare('conditions.yaml', module.conditions, overlay.ownConditions, notes),
    evidence: declare('evidence.yaml', module.evidence, overlay.ownEvidence, notes),
  };
  return {
    module: {
      ...declaring,
      thresholds: { ...declaring.thresholds, ...changeThresholds(module, today.thresholds, day, notes) },
      rules: changeRules(module, today, notes),
      valueSets: addCodes(module, today, notes),
      orderTemplates: replaceTemplates(module, today, notes),
      service: { ...module.service, services: withoutDisabled(module, today, notes) },
    },
    local: {
      askBedside: askBedside(module, today, notes),
      siteTemplates: new Set(today.orderTemplates.map(({ id }) => id)),
      prefetchKeys: renameKeys(module, today, notes),
    },
  };
}

/** What the site declares beside what is shipped; a shipped name cannot come to mean something else. */
function declare<T>(
  file: string,
  shipped: Readonly<Record<string, T>>,
  { names, source }: Declared<T>,
  notes: Notes,
): Record<string, T> {
  if (source === undefined) return { ...shipped };
  notes.touch(file, { source, path: [] });
  for (const name of Object.keys(names).filter((one) => one in shipped)) {
    const instead = file === 'thresholds.yaml' ? ': set it in site.yaml, under thresholds' : '';
    notes.faults.push({
      file: source.file,
      line: source.span([name])[0],
      message: `${name}: is shipped and cannot be declared anew${instead}`,
    });
  }
  return { ...names, ...shipped };
}

function replaceTemplates({ orderTemplates }: Module, today: Overlay, notes: Notes): Module['orderTemplates'] {
  const replaced = new Map(orderTemplates);
  for (const entry of today.orderTemplates) {
    if (!replaced.has(entry.id)) notes.fault(entry, `there is no shipped order template '${entry.id}'`);
    replaced.set(entry.id, entry.content.content);
    notes.change(entry, { kind: 'order-template', name: entry.id });
  }
  return replaced;
}

function withoutDisabled({ service }: Module, today: Overlay, notes: Notes): Module['service']['services'] {
  const disabled = new Set(today.services.map(({ id }) => id));
  for (const entry of today.services) {
    if (!service.services.some(({ id }) => id === entry.id))
      notes.fault(entry, `there is no CDS Service '${entry.id}'`);
  }
  return service.services.filter(({ id }) => !disabled.has(id));
}

function askBedside({ service }: Module, today: Overlay, notes: Notes): LocalParts['askBedside'] {
  for (const entry of today.askBedside) {
    if (entry.content.value === service.askBedside) notes.warn(entry, 'sets what is shipped');
    else notes.change(entry, { kind: 'ask-bedside', now: entry.content.value });
  }
  return today.askBedside[0]?.content.value ?? service.askBedside;
}

/** The names that clients use; each must name one read, or nobody knows what was sent. */
function renameKeys({ service }: Module, today: Overlay, notes: Notes): ReadonlyMap<string, string> {
  const reads = Object.keys(service.reads);
  const names = new Map(today.prefetchKeys.map(({ id, content }) => [id, content.name]));
  const effective = reads.map((read) => names.get(read) ?? read);
  for (const entry of today.prefetchKeys) {
    const { name } = entry.content;
    if (!reads.includes(entry.id)) notes.fault(entry, `there is no prefetch key '${entry.id}': ${reads.join(', ')}`);
    else if (effective.filter((one) => one === name).length > 1)
      notes.fault(entry, `'${name}' is the name of another key`, ['name']);
  }
  return names;
}
