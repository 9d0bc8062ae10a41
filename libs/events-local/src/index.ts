export { LocalEventBus } from './local-event-bus';
