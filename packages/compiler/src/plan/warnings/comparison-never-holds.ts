import { didYouMean } from '@signalbox/expressions';
import type { CallNode, Expression } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { callsIn, literalText, pathUnder, variableName } from './expression-parts.ts';
import type { Site } from './sites.ts';

/** Warns where something whose values are known is compared with text that is none of them. */
export function warnOfComparison({ tree, at }: Pick<Site, 'tree' | 'at'>, report: Report): void {
  for (const call of callsIn(tree)) {
    const found = impossible(call);
    if (found !== undefined) report('comparison-never-holds', at, found.message, found.help);
  }
}

interface Finding {
  readonly message: string;
  readonly help: string;
}

/** What a value can be: one of a few words, or text of a form. */
interface Domain {
  readonly values?: readonly string[];
  readonly couldBe: (text: string) => boolean;
  readonly couldBegin: (text: string) => boolean;
  readonly help: string;
}

/** The values of PVAR-1 and CTX-6. */
const VARIABLES: ReadonlyMap<string, Domain> = new Map([
  ['build.sourcebranch', refs()],
  ['build.sourcebranchname', lastSegment()],
  [
    'build.reason',
    words(
      'Manual',
      'IndividualCI',
      'BatchedCI',
      'Schedule',
      'ValidateShelveset',
      'CheckInShelveset',
      'PullRequest',
      'BuildCompletion',
      'ResourceTrigger',
    ),
  ],
  ['agent.os', words('Windows_NT', 'Darwin', 'Linux')],
  ['agent.jobstatus', words('Succeeded', 'SucceededWithIssues', 'Failed', 'Canceled')],
]);

const RESULTS = words('Succeeded', 'SucceededWithIssues', 'Skipped', 'Failed', 'Canceled', 'Abandoned');

function impossible({ name, args }: CallNode): Finding | undefined {
  const isList = name === 'in' || name === 'notIn';
  if (isList || name === 'eq' || name === 'ne') {
    const [left, ...right] = args;
    const swapped = !isList && literalText(left) !== undefined;
    return compare(swapped ? right[0] : left, swapped ? [left] : right, 'couldBe');
  }
  return name === 'startsWith' ? compare(args[0], args.slice(1), 'couldBegin') : undefined;
}

/** Several texts are often there to be safe: only when none of them can be, something is wrong. */
function compare(
  subject: Expression | undefined,
  others: readonly (Expression | undefined)[],
  test: 'couldBe' | 'couldBegin',
): Finding | undefined {
  const domain = domainOf(subject);
  const texts = others.map(literalText);
  if (domain === undefined || subject === undefined) return undefined;
  if (texts.some((text) => text === undefined || text === '' || domain[test](text))) return undefined;
  const message = `${quote(nameOf(subject))} is never ${test === 'couldBe' ? '' : 'text that begins with '}${texts.map((text) => quote(text ?? '')).join(' or ')}.`;
  return { message, help: didYouMean(texts[0] ?? '', domain.values ?? []) || domain.help };
}

function domainOf(subject: Expression | undefined): Domain | undefined {
  const variable = variableName(subject);
  if (variable !== undefined) return VARIABLES.get(fold(variable));
  return isResult(subject) ? RESULTS : undefined;
}

/** `dependencies.<node>.result` and `stageDependencies.<stage>.<job>.result` (CTX-3 … CTX-5). */
function isResult(subject: Expression | undefined): boolean {
  const own = pathUnder(subject, 'dependencies');
  if (own !== undefined) return own.length === 2 && own[1] === 'result';
  const path = pathUnder(subject, 'stageDependencies');
  return path !== undefined && (path.length === 2 || path.length === 3) && path.at(-1) === 'result';
}

function nameOf(subject: Expression): string {
  return (
    variableName(subject) ??
    [...(pathUnder(subject, 'dependencies') ?? pathUnder(subject, 'stageDependencies') ?? [])].join('.')
  );
}

function words(...values: readonly string[]): Domain {
  const folded = values.map(fold);
  return {
    values,
    couldBe: (text) => folded.includes(fold(text)),
    couldBegin: (text) => folded.some((one) => one.startsWith(fold(text))),
    help: `It is one of: ${values.join(', ')}.`,
  };
}

/** The full ref of a branch; `$/` begins one of the other kind of repository (PVAR-1). */
function refs(): Domain {
  return {
    couldBe: (text) => fold(text).startsWith('refs/') || text.startsWith('$'),
    couldBegin: (text) =>
      fold('refs/').startsWith(fold(text)) || fold(text).startsWith('refs/') || text.startsWith('$'),
    help: 'It is the full ref: write `refs/heads/` before the name of a branch, or read `Build.SourceBranchName`.',
  };
}

/** The last segment of the ref (PVAR-3). */
function lastSegment(): Domain {
  const noSlash = (text: string): boolean => !text.includes('/');
  return {
    couldBe: noSlash,
    couldBegin: noSlash,
    help: 'It is what stands behind the last `/` of the ref: read `Build.SourceBranch` for all of it.',
  };
}
