import { fold } from '@signalbox/model';
import { listOf, recordOf, textOf, type JsonRecord } from '../json.ts';
import type { Side } from '../side.ts';

/** The inputs of checks that name a service connection by its id. */
const CONNECTION_INPUTS = [
  'connectedservicename',
  'connectedservicenamearm',
  'connectedservicenameazuredevops',
  'azureserviceconnection',
];

const PEOPLE = ['approvers', 'blockedApprovers'];

/** Settings in names instead of ids. What the definition of the task is called, and its version, is the server's. */
export function settingsOf(side: Side, settings: JsonRecord): JsonRecord {
  return mapped(settings, (name, value) => {
    if (PEOPLE.includes(name)) return listOf(value).map(approverOf);
    if (name === 'definitionRef') return { id: fold(textOf(recordOf(value)['id'])) };
    if (name === 'inputs') return inputsOf(recordOf(value), (id) => side.nameOf('connection', id));
    return value;
  });
}

/** The same, as the target takes them. */
export function wireSettings(side: Side, settings: JsonRecord): JsonRecord {
  return mapped(settings, (name, value) =>
    name === 'inputs' ? inputsOf(recordOf(value), (known) => side.idOf('connection', known)) : value,
  );
}

/** Everybody whom approvals name, each once; their ids say whether they are a group. */
export function approversIn(
  settings: readonly JsonRecord[],
): readonly { readonly id: string; readonly name: string }[] {
  const found = new Map<string, { readonly id: string; readonly name: string }>();
  for (const one of settings.flatMap((each) => PEOPLE.flatMap((name) => listOf(each[name])))) {
    const { displayName, isContainer } = approverOf(one);
    found.set(fold(displayName), { id: isContainer ? 'group' : 'user', name: displayName });
  }
  found.delete('');
  return [...found.values()];
}

function mapped(record: JsonRecord, change: (name: string, value: unknown) => unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, change(name, value)] as const],
    ),
  );
}

function inputsOf(inputs: JsonRecord, other: (id: string) => string | undefined): JsonRecord {
  return mapped(inputs, (name, value) => {
    const text = textOf(value).trim();
    return CONNECTION_INPUTS.includes(name.toLowerCase()) ? (other(text) ?? text) : text;
  });
}

/** Azure writes a group as `[Project]\Group`; here it has its name alone. */
function approverOf(value: unknown): { readonly displayName: string; readonly isContainer: boolean } {
  const fields = recordOf(value);
  const name = textOf(fields['displayName']) || textOf(fields['uniqueName']);
  const [, group] = /^\[[^\]]*\]\\(.+)$/.exec(name) ?? [];
  return { displayName: group ?? name, isContainer: group !== undefined || fields['isContainer'] === true };
}
