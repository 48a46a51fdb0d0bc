import type { ComponentProps, MouseEvent, ReactElement } from 'react';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useSession } from '../data/context.tsx';
import type { Address } from './address.ts';
import { pathTo, readAddress } from './address.ts';

const MOVED = 'signalbox:moved';

let moves = 0;

/** Whether the reader has gone to another place since the page was loaded: only then may the page take the focus. */
export function hasMoved(): boolean {
  return moves > 0;
}

/** Where the reader is. */
export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return useMemo(() => readAddress(new URL(href)), [href]);
}

/** Goes to an address of this application; with `replace` the place before is forgotten. */
export function navigate(href: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) {
    history.replaceState(undefined, '', href);
  } else {
    const before = thing(readAddress(location));
    moves += 1;
    history.pushState(undefined, '', href);
    // Another part of the same thing leaves the page where it is.
    if (thing(readAddress(location)) !== before) window.scrollTo(0, 0);
  }
  window.dispatchEvent(new Event(MOVED));
}

function thing({ project, page, rest }: Address): string {
  return [project, page, rest[0]].join('/');
}

/** Makes the address of a place of this project, for example of `runs/51`. */
function useHref(): (to: string) => string {
  const { me, project } = useSession();
  return useCallback((to: string) => pathTo(me.organization, project, to), [me.organization, project]);
}

/** Goes to a place of this project. */
export function useGo(): (to: string, options?: { readonly replace?: boolean }) => void {
  const href = useHref();
  return useCallback((to, options) => navigate(href(to), options), [href]);
}

/** A link to a place of this project; a press with a modifier does what the browser does with it. */
export function Link(props: { readonly to: string } & Omit<ComponentProps<'a'>, 'href'>): ReactElement {
  const { to, onClick, ...rest } = props;
  const href = useHref()(to);
  const clicked = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={clicked} />;
}

function subscribe(listener: () => void): () => void {
  const back = (): void => {
    moves += 1;
    listener();
  };
  window.addEventListener('popstate', back);
  window.addEventListener('hashchange', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', back);
    window.removeEventListener('hashchange', listener);
    window.removeEventListener(MOVED, listener);
  };
}
