/** What nobody reaches from another machine. */
export const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Every address of the machine: for a container, whose network is its own. */
export const ANYWHERE: readonly string[] = ['0.0.0.0', '::'];
