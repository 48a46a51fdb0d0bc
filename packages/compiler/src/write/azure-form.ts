import type { Entry, MappingNode, Node, ScalarNode } from '../read/node.ts';

/** Keys of a root with `steps` that belong to its one job (REC-161). */
const JOB_KEYS: ReadonlySet<string> = new Set([
  'pool',
  'container',
  'services',
  'workspace',
  'continueOnError',
  'strategy',
  'queue',
  'server',
]);

/** Keys that hold the body, which comes last as `stages`. */
const FORM_KEYS: ReadonlySet<string> = new Set(['stages', 'jobs', 'phases', 'steps', 'extends']);

/**
 * An expanded pipeline in the order and in the forms of Azure's preview: always with `stages` (REC-160), the keys of
 * the file as they are written (REC-162), short forms in full (REC-163).
 */
export function azureForm(root: Node, source: Node): MappingNode {
  const entries = root.kind === 'mapping' ? root.entries : [];
  const isSteps = entries.some(({ key }) => key.text === 'steps');
  const others = entries.filter(
    ({ key }) => !FORM_KEYS.has(key.text) && !(isSteps && JOB_KEYS.has(key.text)),
  );
  const parameters = entryOf(source, 'parameters');
  const echo = parameters === undefined ? [] : [{ key: parameters.key, value: echoed(parameters.value) }];
  const order = source.kind === 'mapping' ? source.entries.map(({ key }) => key.text) : [];
  const rank = ({ key }: Entry): number =>
    order.includes(key.text) ? order.indexOf(key.text) : order.length;
  const written = [...echo, ...others.map(normalRoot)].toSorted((a, b) => rank(a) - rank(b));
  return { kind: 'mapping', entries: [...written, stagesOf(entries, root)], at: root.at };
}

/** `stages` for every form of a pipeline: jobs are wrapped in a stage, steps also in a job. */
function stagesOf(entries: readonly Entry[], root: Node): Entry {
  const find = (name: string): Entry | undefined => entries.find(({ key }) => key.text === name);
  const [stages, jobs, steps] = [find('stages'), find('jobs') ?? find('phases'), find('steps')];
  if (stages !== undefined) return { key: stages.key, value: mapItems(stages.value, normalStage) };
  const own = entries.filter(({ key }) => JOB_KEYS.has(key.text));
  // Keys of the first preview go with its word for a job.
  const kind = find('queue') === undefined && find('server') === undefined ? 'job' : 'phase';
  const job = mapping([pair(kind, 'Job', root), ...own, ...(steps === undefined ? [] : [steps])], root);
  const list = {
    key: text('jobs', root),
    value: jobs?.value ?? ({ kind: 'list', items: [job], at: root.at } as const),
  };
  const stage = mapping([pair('stage', '__default', root), list], root);
  return { key: text('stages', root), value: { kind: 'list', items: [normalStage(stage)], at: root.at } };
}

function normalRoot({ key, value }: Entry): Entry {
  if (key.text === 'variables') return { key, value: variableList(value) };
  if (key.text === 'trigger' || key.text === 'pr') return { key, value: fullTrigger(value) };
  return { key, value };
}

/** `none` and lists of branches in full; a mapping as it is. */
function fullTrigger(value: Node): Node {
  if (value.kind === 'scalar' && value.text === 'none')
    return mapping([pair('enabled', 'false', value)], value);
  if (value.kind !== 'list') return value;
  const include = { key: text('include', value), value };
  return mapping([{ key: text('branches', value), value: mapping([include], value) }], value);
}

function normalStage(stage: Node): Node {
  return mapEntries(stage, ({ key, value }) => {
    if (key.text === 'dependsOn') return { key, value: asList(value) };
    if (key.text === 'variables') return { key, value: variableList(value) };
    return key.text === 'jobs' ? { key, value: mapItems(value, normalJob) } : { key, value };
  });
}

function normalJob(job: Node): Node {
  return mapEntries(job, ({ key, value }) => {
    switch (key.text) {
      case 'dependsOn':
        return { key, value: asList(value) };
      case 'variables':
        return { key, value: variableList(value) };
      case 'environment':
        return { key, value: named(value, 'name') };
      case 'container':
        return { key, value: named(value, 'alias') };
      case 'services':
        return {
          key,
          value: mapEntries(value, (one) => ({ key: one.key, value: named(one.value, 'alias') })),
        };
      default:
        return { key, value };
    }
  });
}

/** Parameters as they are written: nothing as empty text, a lone string literal as its text (REC-162). */
function echoed(node: Node): Node {
  if (node.kind === 'list') return { ...node, items: node.items.map(echoed) };
  if (node.kind === 'mapping') {
    return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: echoed(value) })) };
  }
  if (node.quoted !== true && /^(?:~|null|Null|NULL)$/.test(node.text)) return { ...node, text: '' };
  const string = /^\$\{\{\s*'((?:[^']|'')*)'\s*\}\}$/.exec(node.text)?.[1];
  return string === undefined ? node : { ...node, text: string.replaceAll("''", "'") };
}

function variableList(value: Node): Node {
  if (value.kind !== 'mapping') return value;
  const items = value.entries.map((entry) => {
    const name = { key: text('name', entry.key), value: entry.key };
    return mapping([name, { key: text('value', entry.key), value: entry.value }], entry.key);
  });
  return { kind: 'list', items, at: value.at };
}

function asList(value: Node): Node {
  return value.kind === 'scalar' && value.text !== ''
    ? { kind: 'list', items: [value], at: value.at }
    : value;
}

function named(value: Node, key: string): Node {
  return value.kind === 'scalar' && value.text !== ''
    ? mapping([{ key: text(key, value), value }], value)
    : value;
}

function mapItems(node: Node, change: (item: Node) => Node): Node {
  return node.kind === 'list' ? { ...node, items: node.items.map(change) } : node;
}

function mapEntries(node: Node, change: (entry: Entry) => Entry): Node {
  return node.kind === 'mapping' ? { ...node, entries: node.entries.map(change) } : node;
}

function entryOf(node: Node, name: string): Entry | undefined {
  return node.kind === 'mapping' ? node.entries.find(({ key }) => key.text === name) : undefined;
}

function mapping(entries: readonly Entry[], { at }: Node): MappingNode {
  return { kind: 'mapping', entries, at };
}

function pair(name: string, value: string, from: Node): Entry {
  return { key: text(name, from), value: text(value, from) };
}

function text(value: string, { at }: Node): ScalarNode {
  return { kind: 'scalar', text: value, at };
}
