import type { ReactElement } from 'react';
import { useOperateRequest } from '../../data/operate.ts';
import type { DoneAct } from '../../view-models/lock/undo.ts';
import { Trouble } from '../feedback/notice.tsx';

const REASON = 'Taken back right after it was done.';

/** Says what was done with a request, and takes it back where that is safe; refused, it says why. */
export function DoneBar(props: { readonly done: DoneAct; readonly over: () => void }): ReactElement {
  const { done, over } = props;
  const { bundle, undo, text } = done;
  const operate = useOperateRequest();
  const order = undo && { bundle, reason: REASON, ...undo };
  return (
    <>
      <div className="said" role="status">
        {text}{' '}
        {order && (
          <button
            type="button"
            className="button button-quiet"
            disabled={operate.isPending}
            onClick={() => operate.mutate(order, { onSuccess: over })}
          >
            Undo
          </button>
        )}
      </div>
      {operate.error !== null && <Trouble error={operate.error} />}
    </>
  );
}
