import type { NotificationTargetView } from '@signalbox/api';
import type { ReactElement } from 'react';
import type { SubscriptionForm as Form } from '../../view-models/manage/subscription-form.ts';

interface Props {
  readonly form: Form;
  /** What the server has already of this kind; secrets that are not typed stay. */
  readonly known: NotificationTargetView | undefined;
  readonly change: (part: Partial<Form>) => void;
}

/** Where to tell it: what each kind of target needs. */
export function TargetFields(props: Props): ReactElement {
  return props.form.kind === 'email' ? <Mail {...props} /> : <Address {...props} />;
}

function Address(props: Props): ReactElement {
  const { form, known, change } = props;
  return (
    <>
      <label>
        Address
        <input
          type="url"
          required={known === undefined}
          value={form.url}
          placeholder={known === undefined ? 'https://…' : `kept: ${known.shown}; type to replace it`}
          onChange={({ target }) => change({ url: target.value })}
          autoComplete="off"
        />
      </label>
      {form.kind === 'webhook' && (
        <>
          <Proof {...props} />
          <label>
            Key that signs each call
            <input
              type="password"
              minLength={16}
              value={form.signingKey}
              placeholder={known?.isSigned === true ? 'kept; type to replace it' : 'none'}
              onChange={({ target }) => change({ signingKey: target.value })}
              autoComplete="new-password"
            />
            <span className="hint">At least 16 characters; the receiver checks HMAC-SHA256 with it.</span>
          </label>
        </>
      )}
    </>
  );
}

function Mail(props: Props): ReactElement {
  const { form, change } = props;
  return (
    <>
      <label>
        Mail server
        <input
          required
          value={form.host}
          placeholder="mail.example.org"
          onChange={({ target }) => change({ host: target.value })}
        />
      </label>
      <Proof {...props} />
      <div className="form-pair">
        <label>
          From
          <input
            type="email"
            required
            value={form.from}
            onChange={({ target }) => change({ from: target.value })}
          />
        </label>
        <label>
          To, with commas between them
          <input required value={form.to} onChange={({ target }) => change({ to: target.value })} />
        </label>
      </div>
    </>
  );
}

function Proof({ form, known, change }: Props): ReactElement {
  return (
    <div className="form-pair">
      <label>
        User
        <input
          value={form.user}
          onChange={({ target }) => change({ user: target.value })}
          autoComplete="off"
        />
      </label>
      <label>
        Password
        <input
          type="password"
          value={form.password}
          placeholder={known?.hasPassword === true ? 'kept; type to replace it' : 'none'}
          onChange={({ target }) => change({ password: target.value })}
          autoComplete="new-password"
        />
      </label>
    </div>
  );
}
