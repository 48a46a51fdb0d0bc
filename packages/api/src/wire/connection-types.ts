/** A type of service connections, and the schemes by which they prove who calls (REST.md §3.8). */
export interface WireConnectionType {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly endpointUrl: { readonly displayName: string; readonly isVisible: string };
  readonly inputDescriptors: readonly WireInputDescriptor[];
  readonly dataSources: readonly never[];
  readonly authenticationSchemes: readonly {
    readonly scheme: string;
    readonly displayName: string;
    readonly inputDescriptors: readonly WireInputDescriptor[];
  }[];
}

/** An input of a scheme, in the published shape. */
export interface WireInputDescriptor {
  readonly id: string;
  readonly name: string;
  readonly inputMode: 'textBox' | 'passwordBox';
  readonly isConfidential: boolean;
  readonly validation: { readonly isRequired: boolean; readonly dataType: 'string' };
}
