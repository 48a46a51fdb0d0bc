import type { ReactElement, ReactNode } from 'react';
import type { Block, Inline } from '../../view-models/markdown.ts';
import { markdown } from '../../view-models/markdown.ts';

/** Instructions as their author meant them. They become elements one by one; nothing of them is ever read as HTML. */
export function Instructions(props: { readonly text: string }): ReactElement {
  return <div className="instructions">{markdown(props.text).map(block)}</div>;
}

// The blocks of a text never change places, so their numbers name them.
function block(one: Block, index: number): ReactElement {
  switch (one.kind) {
    case 'code':
      return (
        <pre key={index} tabIndex={0}>
          <code>{one.text}</code>
        </pre>
      );
    case 'list': {
      const items = one.items.map((item, at) => <li key={at}>{item.map(piece)}</li>);
      return one.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
    }
    case 'heading':
      return <h4 key={index}>{one.lines.map(line)}</h4>;
    case 'paragraph':
      return <p key={index}>{one.lines.map(line)}</p>;
  }
}

function line(pieces: readonly Inline[], index: number): ReactElement {
  return (
    <span key={index} className="text-line">
      {pieces.map(piece)}
    </span>
  );
}

function piece(one: Inline, index: number): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text;
    case 'strong':
      return <strong key={index}>{one.text}</strong>;
    case 'emphasis':
      return <em key={index}>{one.text}</em>;
    case 'code':
      return <code key={index}>{one.text}</code>;
    case 'link':
      return (
        <a key={index} href={one.href} target="_blank" rel="noopener noreferrer nofollow">
          {one.text}
        </a>
      );
  }
}
