import type { Client } from '@signalbox/api';
import { ApiError, signInRefusalNamed } from '@signalbox/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSignInProvider, type SignInProvider } from '../../data/sign-in.ts';
import { Trouble } from '../feedback/notice.tsx';
import { ProductMark } from '../icon/semaphore.tsx';

/** Offers the provider that signs people in, if there is one; asks for a token, and says where to find one. */
export function SignIn(props: { readonly client: Client }): ReactElement {
  const queries = useQueryClient();
  const provider = useSignInProvider();
  const [token, setToken] = useState('');
  const signIn = useMutation({
    mutationFn: () => props.client.signIn(token.trim()),
    onSuccess: () => queries.resetQueries(),
  });
  return (
    <main className="sign-in">
      <div className="sign-in-plate">
        <ProductMark />
        <h1>Signalbox</h1>
      </div>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Refusal />
        {provider !== undefined && <ProviderLink {...provider} />}
        <label>
          Access token
          <input
            type="password"
            name="token"
            autoComplete="current-password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            aria-describedby="token-help"
            autoFocus
            required
          />
        </label>
        {signIn.error !== null && <SignInTrouble error={signIn.error} />}
        <button type="submit" className="button button-main" disabled={signIn.isPending}>
          Sign in
        </button>
      </form>
      <div id="token-help" className="sign-in-help">
        <p>
          The quickest way in is the link that <code>signalbox up</code> printed when it started; it works
          once.
        </p>
        <p>
          The administrator&apos;s token was shown in that same terminal at the first start, and is kept in
          the file <code>admin-token</code> of the data folder.
        </p>
      </div>
    </main>
  );
}

function SignInTrouble(props: { readonly error: Error }): ReactElement {
  const refused = props.error instanceof ApiError && props.error.status === 401;
  if (!refused) return <Trouble error={props.error} />;
  return (
    <p className="form-error" role="alert">
      This token is not valid, or no longer. Copy the whole of it, without blanks.
    </p>
  );
}

/** Why the sign-in came to nothing from which the server sent the browser here. */
function Refusal(): ReactElement | null {
  const row = signInRefusalNamed(new URLSearchParams(location.search).get('signin') ?? '');
  if (row === undefined) return null;
  return (
    <p className="form-error" role="alert">
      {row.wrong} {row.mend}
    </p>
  );
}

/** Leads to the provider and back to this page. */
function ProviderLink({ label, url }: SignInProvider): ReactElement {
  const query = new URLSearchParams(location.search);
  query.delete('signin');
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  const to = `${location.pathname}${search}${location.hash}`;
  return (
    <a className="button button-main" href={`${url}?to=${encodeURIComponent(to)}`}>
      Sign in with {label}
    </a>
  );
}
