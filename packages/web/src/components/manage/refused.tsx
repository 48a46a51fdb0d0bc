import type { ReactElement } from 'react';
import { refusal } from '../../view-models/manage/refusal.ts';
import { Icon } from '../icon/icon.tsx';

/** Why the server refused what a form asked, beside the form; nothing as long as it did not. */
export function Refused(props: { readonly error: unknown }): ReactElement | null {
  if (props.error === null || props.error === undefined) return null;
  const { title, text, code } = refusal(props.error);
  return (
    <div className="refused" role="alert">
      <Icon name="failed" tone="bad" />
      <p>
        <strong>{title}.</strong> {text} {code !== undefined && <code>{code}</code>}
      </p>
    </div>
  );
}
