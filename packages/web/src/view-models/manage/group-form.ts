import type { NewVariableGroup, WireVariableGroup } from '@signalbox/api';

/** A variable as the form has it. */
export interface VariableRow {
  /** Tells rows apart while names change. */
  readonly key: number;
  readonly name: string;
  /** Empty of a secret that is there already: it stays. */
  readonly value: string;
  readonly secret: boolean;
  /** The name under which the server has a value of this secret; absent of what is new. */
  readonly kept?: string;
}

/** A variable group as the form has it. */
export interface GroupForm {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly VariableRow[];
}

/** The names that variables can have: they reach the environment of a process (VARD-7). */
const NAME = /^[\w. -]{1,256}$/u;

/** The form of a group, or of a new one. */
export function groupForm(group?: WireVariableGroup): GroupForm {
  const rows = Object.entries(group?.variables ?? {})
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([name, { value, isSecret }], key): VariableRow => {
      const secret = isSecret === true;
      return { key, name, value: value ?? '', secret, ...(secret && { kept: name }) };
    });
  return { name: group?.name ?? '', description: group?.description ?? '', rows };
}

/** The form with one more empty row. */
export function withRow(form: GroupForm): GroupForm {
  const key = Math.max(-1, ...form.rows.map((row) => row.key)) + 1;
  return { ...form, rows: [...form.rows, { key, name: '', value: '', secret: false }] };
}

/** The form with a row changed; a secret that is made plain, or renamed, has to be typed again. */
export function changedRow(form: GroupForm, key: number, change: Partial<VariableRow>): GroupForm {
  return { ...form, rows: form.rows.map((row) => (row.key === key ? { ...row, ...change } : row)) };
}

/** The form without a row. */
export function withoutRow(form: GroupForm, key: number): GroupForm {
  return { ...form, rows: form.rows.filter((row) => row.key !== key) };
}

/** Whether the server keeps the value of a row if nothing is typed. */
export function isKept({ secret, kept, name }: VariableRow): boolean {
  return secret && kept !== undefined && kept.toLowerCase() === name.trim().toLowerCase();
}

/** What is wrong with rows, by key, each in one sentence. */
export function rowProblems({ rows }: GroupForm): ReadonlyMap<number, string> {
  const problems = new Map<number, string>();
  const seen = new Set<string>();
  for (const row of rows) {
    const name = row.name.trim();
    const problem = problemOf(row, name, seen);
    if (problem !== undefined) problems.set(row.key, problem);
    seen.add(name.toLowerCase());
  }
  return problems;
}

function problemOf(row: VariableRow, name: string, seen: ReadonlySet<string>): string | undefined {
  if (name === '') return 'Give it a name, or remove the row.';
  if (!NAME.test(name)) return 'A name has letters, digits, dots, spaces, _ and -, at most 256 of them.';
  if (seen.has(name.toLowerCase())) return 'This name is there twice; letter case does not count.';
  if (row.secret && row.kept !== undefined && !isKept(row) && row.value === '')
    return 'A secret that gets another name has to be typed again.';
  if (!row.secret && row.kept !== undefined && row.value === '')
    return 'A secret that becomes plain has to be typed again.';
  return undefined;
}

/** The form as the server takes it: a secret that was not typed again is `null`, and stays. */
export function groupOrder({ name, description, rows }: GroupForm): NewVariableGroup {
  const variables = rows.map((row) => {
    const value = isKept(row) && row.value === '' ? null : row.value;
    return [row.name.trim(), { value, ...(row.secret && { isSecret: true as const }) }] as const;
  });
  return {
    name: name.trim(),
    type: 'Vsts',
    description: description.trim(),
    variables: Object.fromEntries(variables),
  };
}
