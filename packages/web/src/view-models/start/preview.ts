import type { FilePreview, NeedView, WireDiagnostic } from '@signalbox/api';

/** A line of the file, with the mistakes that begin in it. */
export interface PreviewLine {
  readonly number: number;
  readonly text: string;
  readonly problems: readonly WireDiagnostic[];
}

/** A line without a mistake is shown when one of its neighbours has one; so many on each side. */
const AROUND = 3;

/** The parts of the file that have mistakes, each with the lines around it; none where the file is right. */
export function faultyParts(preview: FilePreview, path: string): readonly (readonly PreviewLine[])[] {
  const own = preview.problems.filter(({ file }) => sameFile(file, path));
  const lines = preview.text.split('\n').map((text, index): PreviewLine => ({
    number: index + 1,
    text,
    problems: own.filter(({ line }) => line === index + 1),
  }));
  const parts: PreviewLine[][] = [];
  for (const line of lines) {
    const near = lines.slice(Math.max(0, line.number - 1 - AROUND), line.number + AROUND);
    if (near.every(({ problems }) => problems.length === 0)) continue;
    const last = parts.at(-1);
    if (last?.at(-1)?.number === line.number - 1) last.push(line);
    else parts.push([line]);
  }
  return parts;
}

/** Mistakes of other files, for example of templates, and those behind the end of what is shown. */
export function otherProblems(preview: FilePreview, path: string): readonly WireDiagnostic[] {
  const count = preview.text.split('\n').length;
  return preview.problems.filter(({ file, line }) => !sameFile(file, path) || line > count);
}

function sameFile(a: string, b: string): boolean {
  return a.replace(/^\/+/, '') === b.replace(/^\/+/, '');
}

const KINDS: Readonly<Record<NeedView['type'], string>> = {
  environment: 'environment',
  endpoint: 'service connection',
  variablegroup: 'variable group',
  repository: 'repository',
  securefile: 'secure file',
  queue: 'agent pool',
};

/** What a file needs, as the page says it. */
export interface NeedLine {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad';
  /** Where something can be done about it, as `Link` takes it. */
  readonly to?: string;
}

const PLACES: Readonly<Record<NeedView['type'], string>> = {
  environment: 'environments',
  endpoint: 'library',
  variablegroup: 'library',
  repository: 'triggers',
  securefile: 'library',
  queue: 'pools',
};

/** What the file needs: first what stops a run, then what waits for somebody, then what is there. */
export function needLines(needs: readonly NeedView[]): readonly NeedLine[] {
  const rank: Readonly<Record<NeedView['state'], number>> = { missing: 0, closed: 1, made: 2, ready: 3 };
  return needs
    .toSorted((a, b) => rank[a.state] - rank[b.state])
    .map((need) => ({
      key: `${need.type} ${need.name}`,
      kind: KINDS[need.type],
      name: need.name,
      ...wordsOf(need),
    }));
}

function wordsOf({ state, type }: NeedView): Pick<NeedLine, 'text' | 'tone' | 'to'> {
  switch (state) {
    case 'missing':
      return { text: 'does not exist: no run is possible before it is made', tone: 'bad', to: PLACES[type] };
    case 'closed':
      return {
        text: 'is not open to new pipelines: the first run waits until somebody permits it',
        tone: 'warn',
        to: PLACES[type],
      };
    case 'made':
      return { text: 'is made with the pipeline', tone: 'good' };
    case 'ready':
      return { text: 'is there', tone: 'good' };
  }
}

/** The environments of all stages, each once, in the order of the stages. */
export function environmentsIn(preview: FilePreview): readonly string[] {
  const names = preview.stages.flatMap(({ environments }) => environments);
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
