import type { CoverageStatistic } from '@signalbox/api';
import { childrenOf, descendantsOf, ResultFileError, type XmlElement } from './read-xml.ts';

/** What `JaCoCo` calls a kind of counter, and what people do. */
const COUNTERS: readonly (readonly [type: string, label: string])[] = [
  ['LINE', 'Lines'],
  ['BRANCH', 'Branches'],
  ['INSTRUCTION', 'Instructions'],
  ['METHOD', 'Methods'],
  ['CLASS', 'Classes'],
  ['COMPLEXITY', 'Complexity'],
];

/** The totals of a coverage file, Cobertura or JaCoCo by its root element. */
export function readCoverage(root: XmlElement): readonly CoverageStatistic[] {
  if (root.name === 'coverage') return readCobertura(root);
  if (root.name === 'report') return readJaCoCo(root);
  throw new ResultFileError(`It is no Cobertura or JaCoCo file: it begins with <${root.name}>.`);
}

function readJaCoCo(root: XmlElement): readonly CoverageStatistic[] {
  const counters = childrenOf(root, 'counter');
  return COUNTERS.flatMap(([type, label]) => {
    const counter = counters.find(({ attributes }) => attributes['type'] === type);
    if (counter === undefined) return [];
    const covered = whole(counter.attributes['covered']) ?? 0;
    return [{ label, covered, total: covered + (whole(counter.attributes['missed']) ?? 0) }];
  });
}

function readCobertura(root: XmlElement): readonly CoverageStatistic[] {
  const { attributes } = root;
  const lines = statistic('Lines', attributes['lines-covered'], attributes['lines-valid']);
  const branches = statistic('Branches', attributes['branches-covered'], attributes['branches-valid']);
  return [lines ?? countedLines(root), ...(branches === undefined ? [] : [branches])].filter(
    ({ total }) => total > 0,
  );
}

function statistic(
  label: string,
  covered: string | undefined,
  total: string | undefined,
): CoverageStatistic | undefined {
  const [part, all] = [whole(covered), whole(total)];
  return part === undefined || all === undefined || part > all
    ? undefined
    : { label, covered: part, total: all };
}

/** Older files have only rates in their root: the lines themselves are counted. */
function countedLines(root: XmlElement): CoverageStatistic {
  let [covered, total] = [0, 0];
  for (const klass of descendantsOf(root, 'class')) {
    for (const lines of childrenOf(klass, 'lines')) {
      for (const line of childrenOf(lines, 'line')) {
        total += 1;
        if ((whole(line.attributes['hits']) ?? 0) > 0) covered += 1;
      }
    }
  }
  return { label: 'Lines', covered, total };
}

function whole(text: string | undefined): number | undefined {
  return /^\d{1,12}$/.test(text ?? '') ? Number(text) : undefined;
}
