import { useEffect, useRef } from 'react';
import { remembered } from '../data/remembered.ts';
import { KEYS_OFF } from '../components/dialogs/help-dialog.tsx';

/** What each key does; `c` is told the run in focus. */
export interface Shortcuts {
  readonly cancel: (run: number) => void;
  readonly queue: () => void;
  readonly search: () => void;
  readonly theme: () => void;
  readonly help: () => void;
}

/** Lets single keys work while no field and no dialog has the keyboard. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isOurs(event)) return;
      const action = actionOf(event.key, latest.current);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

function actionOf(key: string, shortcuts: Shortcuts): (() => void) | undefined {
  if (key === 'ArrowDown') return () => move(1);
  if (key === 'ArrowUp') return () => move(-1);
  if (remembered(KEYS_OFF) !== undefined) return undefined;
  switch (key) {
    case 'j':
      return () => move(1);
    case 'k':
      return () => move(-1);
    case 'c': {
      const run = focusedRun();
      return run === undefined ? undefined : () => shortcuts.cancel(run);
    }
    case 'q':
      return shortcuts.queue;
    case '/':
      return shortcuts.search;
    case 't':
      return shortcuts.theme;
    case '?':
      return shortcuts.help;
    default:
      return undefined;
  }
}

function isOurs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector('dialog[open]') !== null) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  return target.closest('input, textarea, select, pre, [contenteditable]') === null;
}

/** Focus goes to the next place that stands for a run; the browser scrolls it into view. */
function move(by: 1 | -1): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-nav]')];
  const at = places.findIndex((place) => place === document.activeElement);
  const start = by === 1 ? 0 : places.length - 1;
  const next = at === -1 ? start : at + by;
  places[next]?.focus();
}

function focusedRun(): number | undefined {
  const place = document.activeElement?.closest('.run, [data-run]');
  const run = place?.querySelector('[data-run]')?.getAttribute('data-run') ?? place?.getAttribute('data-run');
  return run === null || run === undefined ? undefined : Number(run);
}
