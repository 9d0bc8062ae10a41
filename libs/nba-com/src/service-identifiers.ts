/** The name under which the fetcher is bound in a container. A global symbol, so that two copies of this package mean the same. */
export const NBA_COM_FETCHER = Symbol.for('@nba/NbaComFetcher');
