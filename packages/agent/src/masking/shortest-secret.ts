/** No job may ignore secrets of as many characters as this (SEC-3). */
const CAP = 6;

/** The knob of the service's agents, as a variable of the job or of the agent's environment. */
export const SHORTEST_SECRET_KNOB = 'AZP_IGNORE_SECRETS_SHORTER_THAN';

/** How many characters a secret needs to be masked, by the text of the knob; what is no number asks for none (SEC-3). */
export function shortestSecret(knob: string | undefined): number {
  return /^\d{1,9}$/.test(knob?.trim() ?? '') ? Math.min(CAP, Number(knob)) : 0;
}
