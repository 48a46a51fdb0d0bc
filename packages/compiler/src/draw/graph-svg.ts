import { layOut } from './layout.ts';
import type { Box, Point } from './layout.ts';
import type { GraphNode } from './graph.ts';

/** Sizes in pixels. A character of the font is taken as wide as its widest common ones, so text never overflows. */
const TITLE = { size: 14, width: 9, line: 20 };
const NOTE = { size: 11.5, width: 6.6, line: 16 };
const PADDING = 12;
const MARGIN = 16;
/** Longer lines are cut: a condition can be a page. */
const MAX_CHARACTERS = 60;

/** A drawn piece: its markup, at the origin. */
interface Drawn extends Box {
  readonly markup: string;
}

/** The graph as an SVG image that stands alone: no script, no link, every text escaped, for light and dark pages. */
export function graphSvg(nodes: readonly GraphNode[]): string {
  const { markup, width, height } = drawAll(nodes, 'stage');
  const size = `width="${fixed(width + 2 * MARGIN)}" height="${fixed(height + 2 * MARGIN)}"`;
  const box = `viewBox="${-MARGIN} ${-MARGIN} ${fixed(width + 2 * MARGIN)} ${fixed(height + 2 * MARGIN)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} role="img" aria-label="Pipeline graph">\n${STYLE}\n${markup}\n</svg>\n`;
}

const STYLE = `<style>
  text { font-family: "Segoe UI", system-ui, "DejaVu Sans", sans-serif; fill: #1f2328 }
  .title { font-size: ${TITLE.size}px; font-weight: 600 }
  .note { font-size: ${NOTE.size}px; fill: #59636e }
  rect.stage { fill: #f6f8fa; stroke: #59636e }
  rect.job { fill: #ffffff; stroke: #8c959f }
  path { fill: none; stroke: #59636e; stroke-width: 1.4 }
  path.tip { fill: #59636e; stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .note { fill: #9198a1 } path { stroke: #9198a1 } path.tip { fill: #9198a1 }
    rect.stage { fill: #151b23; stroke: #9198a1 } rect.job { fill: #212830; stroke: #656c76 }
  }
</style>`;

function drawAll(nodes: readonly GraphNode[], kind: 'stage' | 'job'): Omit<Drawn, 'after'> {
  const drawn = nodes.map((node) => draw(node, kind));
  const { corners, lines, width, height } = layOut(drawn);
  const boxes = drawn.map(({ markup }, at) => {
    const { x, y } = corners[at] ?? { x: 0, y: 0 };
    return `<g transform="translate(${fixed(x)} ${fixed(y)})">${markup}</g>`;
  });
  return { markup: [...lines.map(line), ...boxes].join('\n'), width, height };
}

function draw({ title, notes, after, inner }: GraphNode, kind: 'stage' | 'job'): Drawn {
  const rows = [cut(title), ...notes.map(cut)];
  const text = Math.max(...rows.map((row, at) => lengthOf(row) * (at === 0 ? TITLE.width : NOTE.width)));
  const head = PADDING + TITLE.line + notes.length * NOTE.line;
  const jobs = inner.length === 0 ? undefined : drawAll(inner, 'job');
  const width = Math.max(text, jobs?.width ?? 0) + 2 * PADDING;
  const height = head + (jobs === undefined ? PADDING / 2 : jobs.height + 2 * PADDING);
  const parts = [
    `<rect class="${kind}" width="${fixed(width)}" height="${fixed(height)}" rx="6"/>`,
    ...rows.map((row, at) => {
      const y = PADDING + TITLE.size - 1 + (at === 0 ? 0 : TITLE.line + (at - 1) * NOTE.line - 2);
      return `<text class="${at === 0 ? 'title' : 'note'}" x="${PADDING}" y="${fixed(y)}">${escape(row)}</text>`;
    }),
  ];
  if (jobs !== undefined)
    parts.push(`<g transform="translate(${PADDING} ${fixed(head + PADDING / 2)})">${jobs.markup}</g>`);
  return { markup: parts.join(''), width, height, after };
}

/** A smooth line with a tip at its end. */
function line(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let from = first;
  let path = `M${fixed(first.x)} ${fixed(first.y)}`;
  for (const to of rest) {
    const middle = fixed((from.x + to.x) / 2);
    path += `C${middle} ${fixed(from.y)} ${middle} ${fixed(to.y)} ${fixed(to.x)} ${fixed(to.y)}`;
    from = to;
  }
  const tip = `M${fixed(last.x)} ${fixed(last.y)}l-8 -4v8z`;
  return `<path d="${path}"/><path class="tip" d="${tip}"/>`;
}

function cut(text: string): string {
  const signs = Array.from(text.replaceAll(/\p{Cc}+/gu, ' '));
  const shown = signs.length > MAX_CHARACTERS ? [...signs.slice(0, MAX_CHARACTERS - 1), '…'] : signs;
  return shown.join('');
}

/** Characters of East Asian scripts and pictures are twice as wide. */
function lengthOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x10_ff ? 2 : 1), 0);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function fixed(number: number): string {
  return String(Math.round(number * 10) / 10);
}
