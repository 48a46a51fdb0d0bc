import type { ReactElement } from 'react';
import { useRemembered } from '../../data/remembered.ts';
import { Dialog } from './dialog.tsx';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['j', '↓'], does: 'next run or place in a line' },
  { keys: ['k', '↑'], does: 'previous one' },
  { keys: ['Enter'], does: 'open or close it' },
  { keys: ['c'], does: 'cancel the run (asks first)' },
  { keys: ['q'], does: 'queue a run' },
  { keys: ['/'], does: 'filter the runs' },
  { keys: ['t'], does: 'change the theme' },
  { keys: ['?'], does: 'this help' },
  { keys: ['Esc'], does: 'close what is open' },
];

/** The name under which the browser keeps that single keys are off. */
export const KEYS_OFF = 'keys-off';

/** The keys of the page, and the switch that turns single keys off (WCAG 2.1.4). */
export function HelpDialog(props: { readonly close: () => void }): ReactElement {
  const [off, setOff] = useRemembered(KEYS_OFF);
  return (
    <Dialog title="Keyboard" kind="small" close={props.close}>
      <dl className="keys">
        {KEYS.map(({ keys, does }) => (
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
      <label className="check">
        <input
          type="checkbox"
          checked={off === undefined}
          onChange={(event) => setOff(event.target.checked ? undefined : 'yes')}
        />{' '}
        Single keys work on this page
      </label>
    </Dialog>
  );
}
