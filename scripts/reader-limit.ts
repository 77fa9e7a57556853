/** What a browser may have to load before a report with charts is drawn, in bytes of script as they travel. */
export const READER_LIMIT = 250 * 1024;
