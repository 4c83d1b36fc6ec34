/**
 * The placeholders of card texts: `{name}`; its day, `{name.date}`; of a fact in days, `{name.ago}` ("41 days ago"); of
 * a measure what it was made of, `{name.inputs}`; of a threshold the sourced value, `{name.published}`, beside which
 * the limit of the hospital is named where it has set another.
 */
export const placeholder = /\{([a-z0-9-]+)(?:\.(date|inputs|ago|published))?\}/g;

export type PlaceholderPart = 'date' | 'inputs' | 'ago' | 'published';
