import type { LockPatch } from '@signalbox/api';

/** The steps from a repository to the first run, in their order, by the word in the address. */
export const START_STEPS = [
  { step: 'repository', title: 'Repository' },
  { step: 'file', title: 'File' },
  { step: 'graph', title: 'What it does' },
  { step: 'queue', title: 'Name and queue' },
] as const;

/** One of them. */
export type StartStep = (typeof START_STEPS)[number]['step'];

/** How the deployments to an environment take turns. */
export type Turn = 'inOrder' | 'newest' | 'none';

/** What was typed and chosen so far. */
export interface StartDraft {
  readonly url: string;
  /** Empty: the branch that the repository calls its default. */
  readonly branch: string;
  /** For a private repository; the user may stay empty. */
  readonly user: string;
  readonly token: string;
  /** The chosen file; empty before one is. */
  readonly path: string;
  /** Absent: the suggested one. */
  readonly name?: string;
  readonly turn: Turn;
}

/** Nothing typed; environments take turns in the order in which their runs were queued. */
export const NEW_DRAFT: StartDraft = {
  url: '',
  branch: '',
  user: '',
  token: '',
  path: '',
  turn: 'inOrder',
};

/** A way to take turns in plain words, and the lock that does it; without one nobody waits. */
export const TURNS: readonly {
  readonly turn: Turn;
  readonly title: string;
  readonly text: string;
  readonly policy?: LockPatch;
}[] = [
  {
    turn: 'inOrder',
    title: 'One at a time, in the order the runs were queued',
    text: 'Every run gets its turn. A run that was queued later waits, also when it is ready first.',
    policy: { behavior: 'sequential', orderBy: 'runQueueTime' },
  },
  {
    turn: 'newest',
    title: 'One at a time, only the newest',
    text: 'When it comes free, the newest run goes next; older ones that still wait are left out.',
    policy: { behavior: 'runLatest', orderBy: 'runQueueTime' },
  },
  {
    turn: 'none',
    title: 'Nobody waits',
    text: 'Runs deploy at the same time. You can add a queue later, on the page of the environment.',
  },
];

/** The step to show: the one that the address names, unless what comes before it is not known (any more). */
export function stepToShow(
  wanted: string | undefined,
  known: { readonly files: boolean; readonly preview: boolean; readonly right: boolean },
): StartStep {
  const open: Readonly<Record<StartStep, boolean>> = {
    repository: true,
    file: known.files,
    graph: known.files && known.preview,
    queue: known.files && known.preview && known.right,
  };
  const named = START_STEPS.findIndex(({ step }) => step === wanted);
  return (
    START_STEPS.findLast(({ step }, index) => index <= Math.max(0, named) && open[step])?.step ?? 'repository'
  );
}

/** The address with the token in it, where one was typed and the address can hold one. */
export function fullAddress({ url, user, token }: StartDraft): string {
  const address = url.trim();
  if (token.trim() === '') return address;
  const who = `${encodeURIComponent(user.trim() === '' ? 'token' : user.trim())}:${encodeURIComponent(token.trim())}`;
  return address.replace(/^(https?:\/\/)(?:[^/@]*@)?/i, `$1${who}@`);
}

/** Whether an address can hold a token. */
export function takesToken(url: string): boolean {
  return /^https?:\/\//i.test(url.trim());
}

/** A name for the pipeline: that of the repository, and of the file where it is not the usual one. */
export function suggestedName({ url, path }: Pick<StartDraft, 'url' | 'path'>): string {
  const repository = /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(url.trim())?.[1] ?? '';
  const file = /([^/]+?)\.ya?ml$/i.exec(path)?.[1] ?? '';
  const usual = /^\.?azure-pipelines?$/i.test(file);
  const words =
    usual || file === '' ? repository : `${repository} ${file.replace(/^\.?azure-pipelines?[-.]?/i, '')}`;
  return words.replaceAll(/["/:<>\\|?@*]/g, ' ').trim();
}
