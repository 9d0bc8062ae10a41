/** What is deployed: each has an image of its own. */
export const APPS = ['handler', 'backfill', 'verifier'] as const;

export type App = (typeof APPS)[number];

export const isApp = (name: string | undefined): name is App => (APPS as readonly (string | undefined)[]).includes(name);
