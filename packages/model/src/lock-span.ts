import { fold } from './ids.ts';

/**
 * How long whoever is granted a lock holds it (LOCK-65): for one stage, until the run is over, or until a stage of
 * its pipeline is. `through` maps pipelines to stages; for a pipeline that it does not name it means `stage`.
 */
export type LockSpan = 'stage' | 'run' | { readonly through: Readonly<Record<string, string>> };

/** What `span` means, as Markdown: for the reference, the policy file and its schema. */
export const SPAN_SUMMARY =
  'How long a grant lasts: for one stage, until the run is over, or `through` a later stage of each pipeline named; the later stages of the run pass through what it holds.';

/** When the span of a grant ends: with the run, or once each of these stages is over or can no longer run. */
export type SpanEnd = 'run' | readonly string[];

/** No span beyond the stage that asks. */
const NO_SPAN: SpanEnd = [];

/** Pipelines that one lock may name. */
const MAX_PIPELINES = 64;

/** Characters of the name of a pipeline with its folders. */
const MAX_PIPELINE = 520;

/** The span that a lock gives the runs of a pipeline, `name` or `folder/name`; one named with its folder goes before. */
export function spanEndFor(span: LockSpan, pipeline: string): SpanEnd {
  if (span === 'run') return 'run';
  if (span === 'stage') return NO_SPAN;
  const stageOf = (name: string): string | undefined =>
    Object.entries(span.through).find(([key]) => fold(key) === fold(name))?.[1];
  const stage = stageOf(pipeline) ?? stageOf(pipeline.slice(pipeline.lastIndexOf('/') + 1));
  return stage === undefined ? NO_SPAN : [stage];
}

/** The span that covers all of them: every stage that one of them names, each once, or the run. */
export function joinSpans(spans: readonly SpanEnd[]): SpanEnd {
  const stages = new Map<string, string>();
  for (const span of spans) {
    if (span === 'run') return 'run';
    for (const stage of span) if (!stages.has(fold(stage))) stages.set(fold(stage), stage);
  }
  return [...stages].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, stage]) => stage);
}

/** Whether two spans end at the same time, however their stages are spelt. */
export function sameSpan(a: SpanEnd, b: SpanEnd): boolean {
  return spanKey(a) === spanKey(b);
}

function spanKey(span: SpanEnd): string {
  return span === 'run' ? span : JSON.stringify(span.map(fold).toSorted());
}

/** What is wrong with a span, in one sentence; undefined when nothing is. */
export function spanProblem(value: unknown): string | undefined {
  if (value === 'stage' || value === 'run' || isThrough(value)) return undefined;
  return `'span' of a lock is one of: stage, run, or { through: { PIPELINE: STAGE } } with 1 to ${MAX_PIPELINES} pipelines, each named once, as 'name' or 'folder/name', and with a stage's name.`;
}

function isThrough(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length !== 1) return false;
  const { through } = value;
  if (!isRecord(through)) return false;
  const entries = Object.entries(through);
  const pipelines = new Set(entries.map(([pipeline]) => fold(pipeline)));
  if (entries.length === 0 || entries.length > MAX_PIPELINES || pipelines.size < entries.length) return false;
  return entries.every(([pipeline, stage]) => isPipeline(pipeline) && isStage(stage));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPipeline(name: string): boolean {
  return (
    name.length <= MAX_PIPELINE &&
    !/\p{Cc}/u.test(name) &&
    name.split('/').every((part) => part.trim() === part && part !== '')
  );
}

function isStage(name: unknown): boolean {
  return typeof name === 'string' && /^[A-Za-z_]\w{0,99}$/.test(name);
}

/** A span as people read it: `stage`, `run`, or `through shop: Verify`. */
export function spanText(span: LockSpan): string {
  if (typeof span === 'string') return span;
  const parts = Object.entries(span.through).map(([pipeline, stage]) => `${pipeline}: ${stage}`);
  return `through ${parts.join(', ')}`;
}
