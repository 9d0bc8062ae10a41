import type { Finding } from './processor';

/** A finding in words; that it is only a warning is said first. */
export const describeFinding = ({ severity, message }: Finding): string => (severity === 'warning' ? `warning: ${message}` : message);
