import { useEffect, useRef } from 'react';
import { KEYS_OFF } from '../components/dialogs/help-dialog.tsx';
import { remembered } from '../data/remembered.ts';

/** What single keys do, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, () => void>>;

/** A letter after `g` counts within this time. */
const JUMP_MS = 1500;

let jumpUntil = 0;

/**
 * Lets single keys work while no field and no dialog has the keyboard; arrows work also where single keys are off
 * (WCAG 2.1.4). The keys of a page win over those of the frame (`frame: true`).
 */
export function useKeys(keys: Keys, { frame = false }: { readonly frame?: boolean } = {}): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isOurs(event) || event.timeStamp < jumpUntil) return;
      if (!event.key.startsWith('Arrow') && remembered(KEYS_OFF) !== undefined) return;
      const action = latest.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', pressed, { capture: !frame });
    return () => document.removeEventListener('keydown', pressed, { capture: !frame });
  }, [frame]);
}

/** `g` and a letter go to a page: `gr` to the runs. Each is told by its letter. */
export function useJumps(jump: (letter: string) => void): void {
  const latest = useRef(jump);
  useEffect(() => {
    latest.current = jump;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isOurs(event) || event.key.length !== 1 || remembered(KEYS_OFF) !== undefined) return;
      if (event.timeStamp < jumpUntil) {
        jumpUntil = 0;
        event.preventDefault();
        latest.current(event.key);
      } else if (event.key === 'g') {
        jumpUntil = event.timeStamp + JUMP_MS;
        event.preventDefault();
      }
    };
    // At the window, so that it hears a key before every page does.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, []);
}

/** Focus goes to the next, or the previous, place of the page that stands for something; the browser scrolls to it. */
export function moveFocus(by: 1 | -1): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-nav]')];
  const at = places.findIndex((place) => place === document.activeElement);
  const start = by === 1 ? 0 : places.length - 1;
  const next = at === -1 ? start : at + by;
  places[next]?.focus();
}

function isOurs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector('dialog[open]') !== null) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  return target.closest('input, textarea, select, pre, [contenteditable]') === null;
}
