import type { RunView, StageView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Board } from './board.ts';
import type { Dependent, StagePill } from './stage-pill.ts';
import { stageColumns, stagePill } from './stage-pill.ts';

/** Size of a stage in the graph, and the room between two, in CSS pixels. */
export const NODE = { width: 220, height: 78, gapX: 52, gapY: 16 } as const;

/** A stage in the graph. */
export interface GraphNode {
  readonly key: string;
  /** The name behind `stage:`. */
  readonly name: string;
  readonly pill: StagePill;
  /** `2 of 3 checks`, `attempt 2`, `token 41`. */
  readonly facts: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** The stages of a run by layers, dependencies left of what depends on them. */
export interface StageGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly GraphNode[];
  /** As the `d` of an SVG path. */
  readonly edges: readonly { readonly key: string; readonly path: string }[];
}

/** Lays out the stages of a run. A dependency that follows from others is not drawn. */
export function stageGraph(run: RunView, on: Board, now: number): StageGraph {
  const { places, ...sheet } = stageLayout(run.stages);
  return {
    ...sheet,
    nodes: places.map(({ stage, ...place }) => ({
      ...place,
      name: stage.name,
      pill: stagePill(run, stage, on, now),
      facts: factsOf(stage),
    })),
  };
}

/** Where stages stand, of a run or of a file that has none yet. */
export interface StageLayout<T> extends Omit<StageGraph, 'nodes'> {
  readonly places: readonly (Place & { readonly stage: T })[];
}

/** The upper left corner of a stage. */
type Place = Pick<GraphNode, 'key' | 'x' | 'y'>;

/** Finds a place for each stage by what it depends on. */
export function stageLayout<T extends Dependent>(stages: readonly T[]): StageLayout<T> {
  const columns = ordered(stageColumns(stages));
  const tallest = Math.max(1, ...columns.map(({ length }) => length));
  const height = spread(tallest, NODE.height, NODE.gapY);
  const places = columns.flatMap((column, x) => {
    const offset = (height - spread(column.length, NODE.height, NODE.gapY)) / 2;
    return column.map((stage, y) => ({
      key: fold(stage.name),
      stage,
      x: x * (NODE.width + NODE.gapX),
      y: offset + y * (NODE.height + NODE.gapY),
    }));
  });
  return {
    width: spread(columns.length, NODE.width, NODE.gapX),
    height,
    places,
    edges: edgesOf(columns, places),
  };
}

function spread(count: number, size: number, gap: number): number {
  return Math.max(0, count * (size + gap) - gap);
}

function factsOf({ checks = [], attempt, tokens }: StageView): readonly string[] {
  const over = checks.filter(({ status }) => status === 'approved' || status === 'bypassed').length;
  return [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(checks.length === 0 ? [] : [`${over} of ${checks.length} checks`]),
    ...tokens.map(({ lockName }) => `holds ${lockName}`),
  ];
}

/** Within a layer a stage stands near what it depends on, so that lines seldom cross. */
function ordered<T extends Dependent>(columns: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const place = new Map<string, number>();
  return columns.map((column) => {
    const sorted = column
      .map((stage, index) => {
        const above = stage.dependsOn.flatMap((name) => place.get(fold(name)) ?? []);
        const middle = above.reduce((sum, y) => sum + y, 0) / above.length;
        return { stage, at: above.length === 0 ? index : middle };
      })
      .toSorted((left, right) => left.at - right.at)
      .map(({ stage }) => stage);
    for (const [index, stage] of sorted.entries()) place.set(fold(stage.name), index - sorted.length / 2);
    return sorted;
  });
}

function edgesOf(columns: readonly (readonly Dependent[])[], nodes: readonly Place[]): StageGraph['edges'] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const above = new Map<string, Set<string>>();
  return columns.flat().flatMap((stage) => {
    const key = fold(stage.name);
    const direct = stage.dependsOn.map(fold).filter((name) => byKey.has(name) && name !== key);
    const far = new Set(direct.flatMap((name) => [...(above.get(name) ?? [])]));
    above.set(key, new Set([...far, ...direct]));
    return direct
      .filter((name) => !far.has(name))
      .flatMap((name) => {
        const [from, to] = [byKey.get(name), byKey.get(key)];
        return from === undefined || to === undefined
          ? []
          : [{ key: `${name}/${key}`, path: curve(from, to) }];
      });
  });
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const bend = NODE.gapX / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
