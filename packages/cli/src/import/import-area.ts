import { fold } from '@signalbox/model';
import type { Area, Thing } from './area.ts';
import { differences } from './compare.ts';
import { RemoteProblem } from './remote-problem.ts';
import type { AreaName, Remark, ReportRow } from './report.ts';
import type { Side } from './side.ts';

/** The two servers, and whether the target is only looked at. */
export interface Sides {
  readonly source: Side;
  readonly target: Side;
  readonly dryRun: boolean;
}

/**
 * Brings over one area: makes what is missing, compares what is there. An area that one side does not tell is one line
 * of the report; a side that is silent is a `RemoteProblem`.
 */
export async function importArea(area: Area, sides: Sides): Promise<readonly ReportRow[]> {
  const { source, target } = sides;
  const there = await readable(area.name, 'source', () => area.read(source));
  if (!there.ok) return [there.row];
  const wanted = distinct(there.things);
  source.learn(
    area.name,
    wanted.filter(({ cannot }) => cannot === undefined),
  );
  const here = await readable(area.name, 'target', () => thingsAt(area, target, wanted));
  if (!here.ok) return [here.row];
  target.learn(area.name, here.things);
  const rows: ReportRow[] = [];
  for (const thing of wanted) rows.push(...(await bring(area, sides, { thing, here: here.things })));
  if (rows.some(({ result }) => result === 'created')) target.learn(area.name, await area.read(target));
  return rows;
}

async function thingsAt(area: Area, target: Side, wanted: readonly Thing[]): Promise<readonly Thing[]> {
  if (target.projectId === '') return [];
  return area.twins === undefined ? area.read(target) : area.twins(target, wanted);
}

/** One of each name; what a server lists twice is one thing. */
function distinct(things: readonly Thing[]): readonly Thing[] {
  return [...new Map(things.toReversed().map((thing) => [fold(thing.name), thing])).values()].toReversed();
}

type Read =
  { readonly ok: true; readonly things: readonly Thing[] } | { readonly ok: false; readonly row: ReportRow };

/** What was read, or the line of the report that says why nothing was. */
async function readable(
  area: AreaName,
  side: 'source' | 'target',
  read: () => Promise<readonly Thing[]>,
): Promise<Read> {
  try {
    return { ok: true, things: await read() };
  } catch (error) {
    if (!(error instanceof RemoteProblem) || error.code === 'silent') throw error;
    const mend =
      error.code === 'denied'
        ? 'Give a token that may read this, and import again.'
        : 'Nothing of it is brought over; make by hand what is needed of it.';
    const remark = { code: 'unreadable', what: error.message, mend } as const;
    return { ok: false, row: { result: 'unreadable', area, name: `all at the ${side}`, remark } };
  }
}

interface Bringing {
  readonly thing: Thing;
  readonly here: readonly Thing[];
}

async function bring(area: Area, sides: Sides, { thing, here }: Bringing): Promise<readonly ReportRow[]> {
  const row = (result: ReportRow['result'], remark?: Remark): ReportRow => ({
    result,
    area: area.name,
    name: thing.name,
    ...(remark !== undefined && { remark }),
  });
  const toDo = (thing.remarks ?? []).map((remark) => row('to-do', remark));
  const twin = here.find(({ name }) => fold(name) === fold(thing.name));
  if (twin !== undefined) return [compared(thing, twin, row), ...toDo];
  if (thing.cannot !== undefined) return [row('cannot', thing.cannot)];
  if (thing.byHand !== undefined) return [row('to-do', thing.byHand)];
  const made = (thing.whenMade ?? []).map((remark) => row('to-do', remark));
  if (sides.dryRun) return [row('would-create'), ...toDo, ...made];
  try {
    await area.create(sides.target, thing);
    return [row('created'), ...toDo, ...made];
  } catch (error) {
    if (!(error instanceof RemoteProblem) || error.code === 'silent') throw error;
    return [row('cannot', { code: 'refused', what: error.message, mend: MEND_REFUSED })];
  }
}

const MEND_REFUSED = 'Make it by hand, or change it at the source and import again.';

function compared(
  thing: Thing,
  twin: Thing,
  row: (result: ReportRow['result'], remark?: Remark) => ReportRow,
): ReportRow {
  const found = differences(thing.body, twin.body);
  if (found.length === 0) return row('same');
  const what = `${found.slice(0, 5).join('; ')}${found.length > 5 ? `; and ${found.length - 5} more` : ''}.`;
  const mend = 'What is here stays as it is; change the one or the other.';
  return row('differs', { code: 'differs', what, mend });
}
