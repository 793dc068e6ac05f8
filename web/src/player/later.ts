// What a player needs once a film is here. Fetched then: a first visit is light.
export { Readiness } from './readiness';
export { warm } from './warm';
