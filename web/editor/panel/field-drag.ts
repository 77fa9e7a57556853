/** What a dragged field is called in a drag's data: other pages' drags mean nothing here. */
export const FIELD_TYPE = "application/x-dingboard-field";
