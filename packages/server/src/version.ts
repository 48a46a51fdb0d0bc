/** The version of this server; one number for every package. */
export const VERSION = '0.1.0';
