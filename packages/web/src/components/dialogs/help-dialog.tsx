import type { ReactElement } from 'react';
import { useRemembered } from '../../data/remembered.ts';
import { Dialog } from './dialog.tsx';

/** A key, or several that do the same, and what it does. */
export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

const KEYS: readonly KeyHelp[] = [
  { keys: ['j', '↓'], does: 'next place on the page' },
  { keys: ['k', '↑'], does: 'previous one' },
  { keys: ['Enter'], does: 'open it' },
  { keys: ['/'], does: 'search' },
  { keys: ['t'], does: 'change the theme' },
  { keys: ['?'], does: 'this help' },
  { keys: ['Esc'], does: 'close what is open' },
];

/** The name under which the browser keeps that single keys are off. */
export const KEYS_OFF = 'keys-off';

interface Props {
  /** What the open page knows beside the keys of every page. */
  readonly page: readonly KeyHelp[];
  /** The ways to the other pages. */
  readonly jumps: readonly KeyHelp[];
  readonly close: () => void;
}

/** The keys of the page, and the switch that turns single keys off (WCAG 2.1.4). */
export function HelpDialog(props: Props): ReactElement {
  const [off, setOff] = useRemembered(KEYS_OFF);
  return (
    <Dialog title="Keyboard" kind="small" close={props.close}>
      <KeyList title="Everywhere" keys={KEYS} />
      {props.page.length > 0 && <KeyList title="On this page" keys={props.page} />}
      <KeyList title="Go to" keys={props.jumps} />
      <label className="check">
        <input
          type="checkbox"
          checked={off === undefined}
          onChange={(event) => setOff(event.target.checked ? undefined : 'yes')}
        />{' '}
        Single keys work
      </label>
    </Dialog>
  );
}

function KeyList(props: { readonly title: string; readonly keys: readonly KeyHelp[] }): ReactElement {
  return (
    <section className="key-list">
      <h3>{props.title}</h3>
      <dl className="keys">
        {props.keys.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
