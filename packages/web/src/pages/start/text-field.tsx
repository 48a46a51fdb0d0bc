import type { ReactElement } from 'react';
import { useId } from 'react';

/** A field for one line of text that means itself: nothing is completed, capitalised or corrected. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly longest: number;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly hint?: string;
}): ReactElement {
  const { label, value, set, longest, required, disabled, placeholder, hint } = props;
  const id = useId();
  return (
    <label>
      {label}
      <input
        required={required}
        disabled={disabled}
        maxLength={longest}
        value={value}
        placeholder={placeholder}
        onChange={({ target }) => set(target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-label={label}
        aria-describedby={hint === undefined ? undefined : id}
      />
      {hint !== undefined && (
        <span className="hint" id={id}>
          {hint}
        </span>
      )}
    </label>
  );
}
