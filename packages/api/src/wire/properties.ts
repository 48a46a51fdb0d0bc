/** Properties, each with the type that clients of the service expect. */
export interface WireProperties {
  readonly count: number;
  readonly value: Readonly<Record<string, WireProperty>>;
}

/** One property. */
export interface WireProperty {
  readonly $type: 'System.String' | 'System.Int32' | 'System.Double' | 'System.Boolean';
  /** @asType string, number, boolean */
  readonly $value: string | number | boolean;
}

/** One step of a JSON patch; the words may be the numbers 0, 1 and 2, too. */
export interface PropertyChange {
  readonly op: 'add' | 'replace' | 'remove' | number;
  /** A slash and the name of the property. */
  readonly path: string;
  /** @asType string, number, boolean, null */
  readonly value?: string | number | boolean | null;
}
