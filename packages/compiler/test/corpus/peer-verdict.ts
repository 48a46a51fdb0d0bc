import { compile, language } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import { planDifference } from './plan-difference.ts';
import { compilePeer, peerText } from './peer-cases.ts';
import type { PeerCase } from './peer-cases.ts';

/** What a case wanted and the compiler did otherwise, in a few words; nothing when they agree. */
export async function disagreement(one: PeerCase): Promise<string | undefined> {
  if (one.kind === 'complete') return missingKeys(one);
  const result = await compilePeer(one);
  const codes = errorCodes(result);
  if (one.expect.ok === undefined) return lacksOnlyTemplates(codes);
  if (one.expect.phase === 'schema' && one.expect.ok) return wrongBySchema(codes);
  const wanted = (one.expect.ok || isMistakeOfARun(one)) && !isNamedAsRefusal(one);
  if (result.ok !== wanted) return result.ok ? 'compiles, should be refused' : `refused: ${codes.join(', ')}`;
  return result.ok ? otherPlanThanNormalForm(one, result.plan) : undefined;
}

/** An editor's schema knows keys and shapes, but no values: what parameters hold, which functions there are. */
function wrongBySchema(codes: readonly string[]): string | undefined {
  const found = codes.filter((code) => code !== 'expression-invalid');
  return found.length === 0 ? undefined : `refused: ${found.join(', ')}`;
}

function errorCodes(result: CompileResult): readonly string[] {
  return result.ok
    ? []
    : result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** The service accepted these files and only the run failed: a branch that is not there, a macro in a condition. */
function isMistakeOfARun({ expect: { phase } }: PeerCase): boolean {
  return phase === 'run' || phase === 'initialize-job';
}

/** Tests of what the parser restricts; that their input comes back unchanged is only how they were extracted. */
function isNamedAsRefusal({ id }: PeerCase): boolean {
  return /_BackCompat_(?:OnlySupports|Restricts)/.test(id);
}

/** Cases of completion want keys that the tables of the language have. */
function missingKeys({ expect: { labelsContain = [] } }: PeerCase): string | undefined {
  const known = new Set([...language().values()].flatMap((keys) => keys.map(({ name }) => name)));
  const missing = labelsContain.filter((label) => !known.has(label));
  return missing.length === 0 ? undefined : `no keys: ${missing.join(', ')}`;
}

/** The corpus has not got the templates of cases without outcome: that, and nothing else, is wrong with them. */
function lacksOnlyTemplates(codes: readonly string[]): string | undefined {
  const others = codes.filter((code) => code !== 'template-not-found' && code !== 'repository-unavailable');
  if (codes.length === 0) return 'compiles without its templates';
  return others.length === 0 ? undefined : `refused: ${others.join(', ')}`;
}

/** The normal form of 2018 must make the same plan, where it is a pipeline today. */
async function otherPlanThanNormalForm(one: PeerCase, plan: Plan): Promise<string | undefined> {
  if (one.expect.normalForm2018 === undefined) return undefined;
  const text = peerText(one, one.expect.normalForm2018);
  const expected = await compile({ files: { read: async () => text }, path: one.entryPath.slice(1) });
  return expected.ok ? planDifference(expected.plan, plan) : undefined;
}
