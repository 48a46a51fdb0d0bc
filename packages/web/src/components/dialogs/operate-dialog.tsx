import type { ReactElement } from 'react';
import { useLocks } from '../../data/queries.ts';
import { requestName, requestOf } from '../../view-models/lock-acts.ts';
import { Dialog } from './dialog.tsx';
import { FreezeForm } from './freeze-form.tsx';
import { RequestForm } from './request-form.tsx';

interface Props {
  readonly lock: number;
  /** Absent: the lock itself is meant. */
  readonly request: number | undefined;
  readonly close: () => void;
}

/** What an operator can do with a lock, or with one of its requests, as it is now. */
export function OperateDialog(props: Props): ReactElement {
  const { close } = props;
  const lock = useLocks().data?.find(({ id }) => id === props.lock);
  if (lock === undefined) return <Gone close={close}>This lock is gone.</Gone>;
  if (props.request === undefined) {
    return (
      <Dialog title={`Lock ${lock.name}`} kind="small" close={close}>
        <FreezeForm lock={lock} close={close} />
      </Dialog>
    );
  }
  const request = requestOf(lock, props.request);
  if (request === undefined)
    return <Gone close={close}>It neither holds {lock.name} nor waits for it now.</Gone>;
  return (
    <Dialog title={requestName(request)} kind="small" close={close}>
      <RequestForm lock={lock} request={request} close={close} />
    </Dialog>
  );
}

function Gone(props: {
  readonly close: () => void;
  readonly children: readonly string[] | string;
}): ReactElement {
  return (
    <Dialog title="Too late" kind="small" close={props.close}>
      <p>{props.children}</p>
    </Dialog>
  );
}
