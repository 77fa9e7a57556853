/** Where a link card may lead: the contract checks it, and the editor before anything is sent. */
export const LINK_ADDRESS = /^https?:\/\/[^\s<>"]+$/;
