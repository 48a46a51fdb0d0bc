import { remembered } from './remembered.ts';

/** Under which name this browser keeps whether it tells of what happens. */
export const NOTICES = 'notices';

/** Asks the browser whether pages may notify; the sentence says why not, and is empty when they may. */
export async function askToNotify(): Promise<string> {
  if (!('Notification' in globalThis)) return 'This browser knows no notices.';
  const answer = await Notification.requestPermission();
  return answer === 'granted'
    ? ''
    : 'The browser does not allow it. Allow notices for this address in its settings, then try again.';
}

/** Tells of news while nobody looks at the page, if this browser is to. */
export function notify(news: string): void {
  if (!document.hidden || remembered(NOTICES) === undefined) return;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  // One notice at a time: the next one takes its place.
  new Notification('Signalbox', { body: news, tag: 'signalbox' });
}
