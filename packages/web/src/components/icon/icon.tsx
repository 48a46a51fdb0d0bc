import type { ReactElement } from 'react';
import type { Mark, Tone } from '../../view-models/mark.ts';
import type { IconName } from './glyphs.tsx';
import { GLYPHS } from './glyphs.tsx';

/** A drawing beside a text; it says nothing that the text does not. */
export function Icon(props: { readonly name: IconName; readonly tone?: Tone }): ReactElement {
  const tone = props.tone === undefined ? '' : ` tone-${props.tone}`;
  return (
    <svg className={`icon${tone}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {GLYPHS[props.name]}
    </svg>
  );
}

/** A state as icon; its word is there for whoever does not see the icon. */
export function MarkIcon(props: { readonly mark: Mark }): ReactElement {
  return (
    <span className="mark" title={props.mark.label}>
      <Icon name={props.mark.icon} tone={props.mark.tone} />
      <span className="hidden">{props.mark.label}</span>
    </span>
  );
}
