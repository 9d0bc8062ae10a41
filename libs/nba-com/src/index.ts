export { NbaComFetcher } from './nba-com-fetcher';
export { NbaComClient, type NbaComClientOptions } from './nba-com-client';
export { REQUEST_HEADERS } from './request-headers';
export type { FetchOptions, FetchProgress, FetchedDocument, MissingGame, SeasonFetch } from './season-fetch';
export { NBA_COM_FETCHER } from './service-identifiers';
