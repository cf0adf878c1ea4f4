/** The release, as packages and answers name it. */
export const version = '0.1.0';
