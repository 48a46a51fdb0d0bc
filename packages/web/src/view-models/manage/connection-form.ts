import type { NewConnection, WireConnection, WireConnectionType, WireInputDescriptor } from '@signalbox/api';

type Scheme = WireConnection['authorization']['scheme'];

/** A service connection as the form has it. */
export interface ConnectionForm {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly scheme: Scheme;
  /** What was typed into the inputs of the scheme, by id. */
  readonly inputs: Readonly<Record<string, string>>;
}

const LABELS: Readonly<Record<string, string>> = {
  None: 'Nothing',
  UsernamePassword: 'User and password',
  Token: 'Token',
};

/** The form of a connection, or of a new one; secrets are never in it. */
export function connectionForm(connection?: WireConnection): ConnectionForm {
  const parameters = connection?.authorization.parameters ?? {};
  const known = Object.entries(parameters).flatMap(([id, value]) => (value === null ? [] : [[id, value]]));
  return {
    name: connection?.name ?? '',
    description: connection?.description ?? '',
    url: connection?.url ?? '',
    scheme: connection?.authorization.scheme ?? 'None',
    inputs: Object.fromEntries(known),
  };
}

/** The ways in which a connection can prove who calls, as the server knows them. */
export function schemes(
  types: readonly WireConnectionType[],
): readonly { readonly scheme: Scheme; readonly label: string }[] {
  return (types[0]?.authenticationSchemes ?? []).flatMap(({ scheme }) =>
    isScheme(scheme) ? [{ scheme, label: schemeLabel(scheme) }] : [],
  );
}

/** A scheme in words. */
export function schemeLabel(scheme: Scheme): string {
  return LABELS[scheme] ?? scheme;
}

/** What a scheme asks for. */
export function inputsOf(
  types: readonly WireConnectionType[],
  scheme: Scheme,
): readonly WireInputDescriptor[] {
  const found = types[0]?.authenticationSchemes.find((one) => one.scheme === scheme);
  return found?.inputDescriptors ?? [];
}

/** The form as the server takes it: a secret that was not typed stays, where it may. */
export function connectionOrder(form: ConnectionForm, inputs: readonly WireInputDescriptor[]): NewConnection {
  const parameters = inputs.flatMap(({ id, isConfidential }) => {
    const value = form.inputs[id] ?? '';
    return isConfidential && value === '' ? [] : [[id, value] as const];
  });
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    type: 'generic',
    url: form.url.trim(),
    authorization: { scheme: form.scheme, parameters: Object.fromEntries(parameters) },
  };
}

function isScheme(scheme: string): scheme is Scheme {
  return Object.hasOwn(LABELS, scheme);
}
