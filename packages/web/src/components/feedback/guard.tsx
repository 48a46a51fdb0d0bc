import type { ReactElement, ReactNode } from 'react';
import { Component } from 'react';
import { Trouble } from './notice.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
  readonly error: unknown;
}

const FINE: State = { failed: false, error: undefined };

/**
 * Keeps the mistake of one part of the page inside of that part: it says so there, with a button that draws it again,
 * and the rest stays. React tells the console, and asks for a class.
 */
export class Guard extends Component<Props, State> {
  override state: State = FINE;

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, error };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return trouble(this.state.error, () => this.setState(FINE));
  }
}

function trouble(error: unknown, again: () => void): ReactElement {
  return <Trouble error={error} again={again} />;
}
