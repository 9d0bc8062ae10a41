const BELONGS = /^(?:package\.json|README\.md|LICENSE|dist\/(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:js|d\.ts))$/;
/** Of tests, though they look like code. */
const OF_TESTS = /\.(?:spec|fixture)\.(?:js|d\.ts)$/;

/** The files of a tarball that are none of a consumer's business: tests, sources, source maps, what the compiler notes. */
export const findStrangers = (files: readonly string[]): string[] => files.filter((file) => !BELONGS.test(file) || OF_TESTS.test(file));
