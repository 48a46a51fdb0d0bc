import { useSyncExternalStore } from 'react';

const PARAMETER = 'project';
const CHANGED = 'signalbox:project';

/** The project in the address, so that a link leads to the same page; and the way to another one. */
export function useProjectInAddress(): readonly [string | undefined, (project: string) => void] {
  const project = useSyncExternalStore(subscribe, read);
  return [project, write];
}

function read(): string | undefined {
  return new URLSearchParams(location.search).get(PARAMETER) ?? undefined;
}

function write(project: string): void {
  const address = new URL(location.href);
  address.searchParams.set(PARAMETER, project);
  address.hash = '';
  history.pushState(undefined, '', address);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}
