/** What `fail` of a navigation gets. DingTalk documents almost no numbers; 2 is its "invalid parameter" elsewhere. */
export class NavigationError extends Error {
  constructor(
    message: string,
    readonly error = 2,
  ) {
    super(message);
  }
}
