import type { ReactElement, ReactNode } from 'react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import { useAddress } from '../../app/navigation.tsx';
import type { LogAddress, OpenLog } from '../../data/log.ts';
import { useOpenLog, WHOLE } from '../../data/log.ts';
import { useRemembered } from '../../data/remembered.ts';
import type { Group, LogRows } from '../../view-models/log/log-rows.ts';
import { groupsOf, logRows } from '../../view-models/log/log-rows.ts';
import { rowsDrawn, ROW } from '../../view-models/log/log-window.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';
import { LogRow } from './log-row.tsx';
import { LogTools } from './log-tools.tsx';
import { useLogFind } from './use-log-find.ts';
import type { LogScroll } from './use-log-scroll.ts';
import { useLogScroll } from './use-log-scroll.ts';

interface Props extends LogAddress {
  readonly running: boolean;
  /** How the step stands, in a word. */
  readonly state: string;
}

const LINE = /^L(\d+)$/;
const NO_GROUPS: readonly Group[] = [];

/** The log of one step, or of a check; it follows the end until somebody scrolls up. */
export function LogView({ run, log, running, state }: Props): ReactElement {
  const address = { run, log };
  const open = useOpenLog(address, running);
  const lines = useWholeLog(open);
  const folded = useFolded(open, lines);
  const { rows } = folded;
  const target = useTarget();
  const scroll = useLogScroll(rows.length, running && target === undefined);
  const find = useLogFind(address, open, lines);
  const [times, setTimes] = useRemembered('log-times');
  const goTo = (line: number | undefined): void => {
    if (line !== undefined) scroll.goTo(rows.rowOf(line));
  };
  const { ready } = open;
  useEffect(() => {
    if (ready) goTo(target);
    // Only another line of the address is gone to, not every line that comes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [target, ready]);
  useKeys({ f: () => goTo(find.error), n: () => goTo(find.step(1)), N: () => goTo(find.step(-1)) });
  return (
    <>
      <LogTools
        address={address}
        running={running}
        state={state}
        find={find}
        goTo={goTo}
        following={scroll.following}
        follow={scroll.follow}
        times={times === undefined}
        setTimes={(on) => setTimes(on ? undefined : 'off')}
      />
      <div
        className={`log-body${times === undefined ? '' : ' log-untimed'}`}
        ref={scroll.box}
        onScroll={scroll.scrolled}
        tabIndex={0}
        role="region"
        aria-label="Log lines"
      >
        {open.error !== null && <Trouble error={open.error} again={open.again} />}
        {!ready && open.error === null && <Skeleton what="the log" rows={8} />}
        {ready && <LogNote count={open.store.count()} running={running} />}
        <DrawnRows
          open={open}
          folded={folded}
          scroll={scroll}
          shown={find.current ?? target}
          hits={find.hits}
        />
      </div>
    </>
  );
}

interface DrawnProps {
  readonly open: OpenLog;
  readonly folded: Folded;
  readonly scroll: LogScroll;
  /** The line that was gone to. */
  readonly shown: number | undefined;
  readonly hits: readonly number[];
}

/** The rows in sight and a few more, at their place in a box as high as the log. */
function DrawnRows({ open, folded, scroll, shown, hits }: DrawnProps): ReactElement {
  const { store, version } = open;
  const { rows } = folded;
  const { from, to } = rowsDrawn(rows.length, scroll.top, scroll.view);
  useEffect(() => {
    // What cannot be read now is asked for again as soon as something changes.
    if (to > from) store.want(rows.lineAt(from), rows.lineAt(to - 1)).catch(() => undefined);
  }, [store, rows, from, to, version]);
  const offset = scroll.window.scrollTo(scroll.top) - (scroll.top - from) * ROW;
  return (
    <div className="log-scroll" style={{ height: scroll.window.height }}>
      <div className="log-rows" style={{ transform: `translateY(${offset}px)` }}>
        {Array.from({ length: to - from }, (_, index) => {
          const line = rows.lineAt(from + index);
          const found = hits.includes(line) ? 'found' : undefined;
          return (
            <LogRow
              key={line}
              number={line}
              text={store.line(line)}
              group={folded.groupAt(line)}
              toggle={folded.toggle}
              sign={line === shown ? 'target' : found}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The rows of a log whose groups fold. */
interface Folded {
  readonly rows: LogRows;
  /** Whether a line begins a group, and how that is. */
  readonly groupAt: (line: number) => 'open' | 'closed' | undefined;
  readonly toggle: (line: number) => void;
}

function useFolded({ store }: OpenLog, lines: readonly string[] | undefined): Folded {
  const count = store.count();
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const groups = useMemo(() => (lines === undefined ? NO_GROUPS : groupsOf(lines)), [lines]);
  const starts = useMemo(() => new Set(groups.map(({ first }) => first)), [groups]);
  const rows = useMemo(() => logRows(count, groups, closed), [count, groups, closed]);
  const toggle = useCallback((line: number) => setClosed((known) => toggled(known, line)), []);
  const groupAt = (line: number): 'open' | 'closed' | undefined => {
    if (!starts.has(line)) return undefined;
    return closed.has(line) ? 'closed' : 'open';
  };
  return { rows, groupAt, toggle };
}

/** All the lines of a log that is short enough; undefined: it is not, or not all are read. */
function useWholeLog({ store, version }: OpenLog): readonly string[] | undefined {
  return useMemo(() => {
    const count = store.count();
    if (count > WHOLE) return undefined;
    const lines: string[] = [];
    for (let number = 1; number <= count; number += 1) {
      const line = store.line(number);
      if (line === undefined) return undefined;
      lines.push(line);
    }
    return lines;
    // The store is the same object; its version says that it changed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [store, version]);
}

/** The line that the address links to. */
function useTarget(): number | undefined {
  const line = LINE.exec(useAddress().hash)?.[1];
  return line === undefined ? undefined : Number(line);
}

function toggled(known: ReadonlySet<number>, line: number): ReadonlySet<number> {
  const next = new Set(known);
  if (!next.delete(line)) next.add(line);
  return next;
}

function LogNote(props: { readonly count: number; readonly running: boolean }): ReactNode {
  if (props.count > 0) return null;
  return <p className="log-cut">{props.running ? 'No output yet.' : 'It printed nothing.'}</p>;
}
