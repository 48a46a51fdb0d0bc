/** Properties, each with the type that clients of the service expect. */
export interface WireProperties {
  readonly count: number;
  readonly value: Readonly<Record<string, WireProperty>>;
}

/** One property. */
export interface WireProperty {
  readonly $type: 'System.String' | 'System.Int32' | 'System.Double' | 'System.Boolean';
  readonly $value: string | number | boolean;
}
